using Bench.Cohorts;
using Bench.Cohorts.Simulated;
using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>Summaries of random prefixes of stays, 714 standardized columns; see <see cref="HourlySummary"/> for what they stand in for.</summary>
/// <param name="source">Where the stays come from.</param>
internal sealed class PrefixSummaries(CohortSource source) : IArraySource
{
    /// <inheritdoc/>
    public string Description => $"{CohortSourceName.Of(source)} prefixes, summarized";

    /// <inheritdoc/>
    public CaseArrays Make(ArraySize size, CohortShelf shelf, CancellationToken cancellation)
    {
        var cohort = shelf.Get(source, cancellation);
        var prefixes = source == CohortSource.Simulated ? TrainingPrefixes(cohort) : AllPrefixes(cohort.Episodes!);
        var (reference, queries) = RandomRows.Draw(prefixes.Length, size);
        SampleMatrix Summarize(int[] places) => SummaryRows.Summarize(cohort.Episodes!, places.Select(place => prefixes[place]).ToArray(), cancellation);
        var arrays = new CaseArrays(Summarize(reference), Summarize(queries));
        var scaler = FeatureScaler.Fit(arrays.Reference, cancellation);
        SummaryRows.Standardize(arrays.Reference, scaler, cancellation);
        SummaryRows.Standardize(arrays.Queries, scaler, cancellation);
        return arrays;
    }

    private static PrefixSample[] TrainingPrefixes(Cohort cohort) => [.. cohort.RowsOf(CohortSplit.Train).Select(row => cohort.Prefixes![(int)row])];

    private static PrefixSample[] AllPrefixes(EpisodeStore episodes) =>
    [
        .. Enumerable.Range(0, episodes.StayCount).SelectMany(stay => Enumerable
            .Range(StayPlan.FirstSampleHour, Math.Max(0, episodes.HoursOf(stay) - StayPlan.FirstSampleHour + 1))
            .Select(hours => new PrefixSample(stay, hours))),
    ];
}
