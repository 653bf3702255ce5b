using Bench.Cohorts;
using Engine.Data;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies;

/// <summary>A cohort that is fitted in milliseconds: five features, two of them with effect, a group that needs the second one the other way round.</summary>
internal static class SmallCohort
{
    public const int RowCount = 1500;

    /// <summary>Makes the cohort with train, validation and test rows.</summary>
    public static Cohort Create() => Create(row => (row % 5) switch { 3 => CohortSplit.Validation, 4 => CohortSplit.Test, _ => CohortSplit.Train });

    /// <summary>Makes the cohort with a split of the test's choice.</summary>
    public static Cohort Create(Func<int, CohortSplit> splitOf)
    {
        var (samples, stream) = (Tables.Normal(RowCount, 5, 81), new RandomStream(82, 1));
        var isBlack = Enumerable.Range(0, RowCount).Select(row => stream.UniformDouble((ulong)row) < .4).ToArray();
        var labels = Enumerable.Range(0, RowCount).Select(row =>
        {
            var risk = -1.8 + samples.Row(row)[0] + ((isBlack[row] ? -1 : 1) * samples.Row(row)[1]);
            return stream.UniformDouble(RowCount + (ulong)row) < 1 / (1 + Math.Exp(-risk));
        }).ToArray();
        var groups = new Subgroups(RowCount);
        groups.Add(Cohort.Everyone, RowMask.All(RowCount));
        groups.Add("white", RowMask.From(RowCount, row => !isBlack[row]));
        groups.Add("black", RowMask.From(RowCount, row => isBlack[row]));
        return new Cohort
        {
            Name = "Small",
            PositiveMeaning = "drawn",
            FeatureNames = ["a", "b", "c", "d", "e"],
            Samples = samples,
            Labels = Labels.From(labels),
            Groups = groups,
            Splits = [.. Enumerable.Range(0, RowCount).Select(splitOf)],
            RidgePenalty = 1,
            IsSimulated = true,
        };
    }

    /// <summary>Says of which stay every row is, so that rows are hours of stays.</summary>
    public static Cohort WithStays(Cohort cohort, Func<int, int> stayOf) =>
        cohort with { Prefixes = [.. Enumerable.Range(0, cohort.Labels.Count).Select(row => new PrefixSample(stayOf(row), 5 + row))] };

    /// <summary>Makes a cohort of which only classes, groups and splits matter.</summary>
    /// <param name="rows">Groups, class and split of every row; a count of equal rows each.</param>
    public static Cohort Of(params (string[] Groups, int Label, CohortSplit Split, int Count)[] rows)
    {
        var all = rows.SelectMany(row => Enumerable.Repeat(row, row.Count)).ToArray();
        var groups = new Subgroups(all.Length);
        groups.Add(Cohort.Everyone, RowMask.All(all.Length));
        foreach (var name in rows.SelectMany(row => row.Groups).Distinct())
            groups.Add(name, RowMask.From(all.Length, row => all[row].Groups.Contains(name)));
        return Create() with
        {
            Samples = Tables.Normal(all.Length, 5, 83),
            Labels = Labels.From(all.Select(row => row.Label).ToArray()),
            Groups = groups,
            Splits = [.. all.Select(row => row.Split)],
        };
    }
}
