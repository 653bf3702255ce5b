using Engine.Data;
using Engine.Features;

namespace Bench.Cohorts.Channels;

/// <summary>A cohort of the MIMIC-III benchmark with the 714 features of the benchmark's logistic regression in place of the last hour.</summary>
internal static class PrefixCohort
{
    private const string Note =
        "Features are the 714 of the benchmark's logistic regression: six statistics of seven sub-periods of each of the 17 channels, from the measurements of the whole prefix; "
        + "a missing one becomes the mean of its column.";

    /// <summary>Computes the features of every sample.</summary>
    /// <param name="cohort">A cohort with measurements.</param>
    /// <param name="progress">Told of the samples done so far, on the threads that compute.</param>
    /// <param name="rowsToHold">Chooses, once everything but features is known of the cohort, the rows whose features are read, ascending; all of them when null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The same samples, 2.9 KB each.</returns>
    /// <exception cref="ArgumentException">The cohort has no measurements.</exception>
    /// <exception cref="CohortFormatException">A file is no longer as it was.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static Cohort From(Cohort cohort, IProgress<CohortProgress>? progress = null, Func<Cohort, long[]>? rowsToHold = null, CancellationToken cancellation = default)
    {
        var stays = cohort.Measurements
            ?? throw new ArgumentException($"{cohort.Name} has no measurements at their times, from which the 714 features are made; take the last hour, or a cohort of the MIMIC-III benchmark.");
        var rows = rowsToHold?.Invoke(cohort);
        PrefixSample[] prefixes = rows is null ? [.. cohort.Prefixes!] : Array.ConvertAll(rows, row => cohort.Prefixes![(int)row]);
        MemoryNeed.Require((double)sizeof(float) * prefixes.Length * PrefixFeatures.CountFor(stays.ChannelCount), $"the 714 features of {prefixes.Length:N0} rows");
        var samples = SampleMatrix.Create(prefixes.Length, PrefixFeatures.CountFor(stays.ChannelCount));
        var options = new PrefixFeatureOptions
        {
            Compute = new() { CancellationToken = cancellation, Progress = progress is null ? null : new RowProgress(progress, prefixes.Length) },
        };
        PrefixTable.Write(stays, prefixes, samples, options);
        return cohort with
        {
            Samples = rows is null ? samples : SampleMatrix.OfHeldRows(samples, rows, cohort.Prefixes!.Count),
            FeatureNames = PrefixFeatures.NamesFor([.. BenchmarkChannels.All.Select(channel => channel.Name)]),
            Imputation = Imputation.Mean,
            Notes = [.. cohort.Notes, Note],
        };
    }

    private sealed class RowProgress(IProgress<CohortProgress> progress, long rowCount) : IProgress<long>
    {
        public void Report(long value) => progress.Report(new CohortProgress("summarizing prefixes", value, rowCount, "rows"));
    }
}
