using Bench.Cohorts;
using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>The first 48 hours of simulated stays in a row of 3,648 values, as in-hospital mortality has them; class 1 are stays whose last sample is followed by death within a day.</summary>
internal sealed class StayRows : ILabeledSource
{
    /// <summary>About half of them last 48 hours; more at a time would need gigabytes.</summary>
    private const int StaysAtATime = 20_000;

    /// <inheritdoc/>
    public string Description => $"simulated stays, {FirstHours.HourCount} hours in a row";

    /// <inheritdoc/>
    public LabeledSamples Make(int rowCount, CohortShelf shelf, CancellationToken cancellation)
    {
        SampleMatrix? samples = null;
        var (labels, group) = (new byte[rowCount], new bool[rowCount]);
        var filled = 0;
        for (var seed = CohortShelf.Seed; filled < rowCount; seed++)
        {
            var cohort = shelf.SimulateStays(seed, Math.Min(StaysAtATime, rowCount), cancellation);
            var episodes = cohort.Episodes!;
            samples ??= SampleMatrix.Create(rowCount, FirstHours.HourCount * episodes.Hours.FeatureCount);
            var members = cohort.Groups[ILabeledSource.GroupName];
            foreach (var (stay, sample) in LastSamples(cohort))
            {
                if (episodes.HoursOf(stay) < FirstHours.HourCount || filled == rowCount)
                    continue;
                (labels[filled], group[filled]) = (cohort.Labels[sample], members[sample]);
                FirstHours.Flatten(episodes, stay, samples.GetWritableRow(filled++));
            }
        }

        return SamplesOfCase.Of(samples!, Labels.From(labels), RowMask.From(rowCount, row => group[row]));
    }

    /// <summary>Lists the stays that have samples, ascending, with the last sample of each.</summary>
    private static SortedDictionary<int, int> LastSamples(Cohort cohort)
    {
        var last = new SortedDictionary<int, int>();
        for (var sample = 0; sample < cohort.Prefixes!.Count; sample++)
        {
            var (stay, hours) = cohort.Prefixes[sample];
            if (!last.TryGetValue(stay, out var other) || cohort.Prefixes[other].Hours < hours)
                last[stay] = sample;
        }

        return last;
    }
}
