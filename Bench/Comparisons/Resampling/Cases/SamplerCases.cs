using Bench.Cohorts.Simulated;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Resampling.Methods;
using Bench.Comparisons.Resampling.Rivals;
using Bench.Comparisons.Resampling.Rows;

namespace Bench.Comparisons.Resampling.Cases;

/// <summary>All cases of the comparison: beside imbalanced-learn, at the size of in-hospital mortality, at the size of decompensation.</summary>
internal static class SamplerCases
{
    private const long Gibibyte = 1L << 30;
    private const int RivalRows = 250_000;
    private const int MortalityStays = 14_681;
    private const double MortalitySeconds = 10;
    private const double SecondsWithoutSearch = 1;
    private const double SecondsOfSearch = 90;
    private const double SecondsOfFarthest = 150;
    private const double SmoteRatio = 10;
    private const double SearchRatio = 5;

    private static readonly int s_published = (int)DecompensationSimulator.PublishedTrainingRows;

    private static readonly ILabeledSource s_rare = new RareClassHours();
    private static readonly ILabeledSource s_stays = new StayRows();
    private static readonly ILabeledSource s_hours = new TrainingHours();

    private static readonly IBar s_memory = new WithinMemory(0.4);

    /// <summary>Gets all.</summary>
    public static IReadOnlyList<SamplerCase> All { get; } =
    [
        Beside(SamplerMethods.Smote, SmoteRatio),
        Beside(SamplerMethods.Adasyn, SearchRatio),
        Beside(SamplerMethods.NearMiss1, SearchRatio),
        Beside(SamplerMethods.NearMiss3, SearchRatio),
        .. SamplerMethods.All.Select(method => new SamplerCase($"ihm-{method.Name}", method, s_stays, MortalityStays)
        {
            Bars = [new WithinSeconds(MortalitySeconds), s_memory],
            NeededBytes = 3 * Gibibyte,
        }),
        .. SamplerMethods.All.Select(method => new SamplerCase($"sim-{method.Name}", method, s_hours, s_published)
        {
            HasRival = method == SamplerMethods.Smote,
            Bars = [.. PublishedBars(method), s_memory],
            // imbalanced-learn holds the table, the resampled table, and about as much again in between.
            NeededBytes = (method == SamplerMethods.Smote ? 10 : 4) * Gibibyte,
            // Every majority row asks for rows nearer than its nearest minority row: more work than all other methods together.
            IsLarge = method == SamplerMethods.EditedNearestNeighbors,
        }),
    ];

    private static SamplerCase Beside(SamplerMethod method, double ratio) => new($"250k-{method.Name}", method, s_rare, RivalRows)
    {
        HasRival = true,
        Bars = [new TimesAsFast(ratio, [ImbalancedLearn.Name]), s_memory],
        NeededBytes = 2 * Gibibyte,
    };

    /// <summary>What is asked at the published size; of a method without a bar nothing but memory.</summary>
    private static IBar[] PublishedBars(SamplerMethod method) => method.Name switch
    {
        _ when method == SamplerMethods.RandomUnder || method == SamplerMethods.RandomOver || method == SamplerMethods.DoublePrioritizedUnits =>
            [new WithinSeconds(SecondsWithoutSearch)],
        _ when method == SamplerMethods.Smote => [new TimesAsFast(SmoteRatio, [ImbalancedLearn.Name]), new ShareOfRoof(0.5, RoofName.MemoryBandwidth)],
        _ when method == SamplerMethods.Adasyn || method == SamplerMethods.NearMiss1 || method == SamplerMethods.NearMiss3 || method == SamplerMethods.Distant =>
            [new WithinSeconds(SecondsOfSearch)],
        _ when method == SamplerMethods.NearMiss2 => [new WithinSeconds(SecondsOfFarthest)],
        _ => [],
    };
}
