using Bench.Cohorts.Simulated;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Rivals;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Cases;

/// <summary>All cases of the comparison, those of one cohort side by side and the largest last.</summary>
internal static class NeighborCases
{
    private const long Gibibyte = 1L << 30;
    private const int SmoteNeighbors = 5;
    private const double MemoryShare = 0.5;
    private const string BestTree = "best tree";

    private static readonly ArraySize s_twenty = new(20_000, 20_000);
    private static readonly ArraySize s_fortyEight = new(48_000, 48_000);
    private static readonly ArraySize s_stays = new(4_000, 4_000);
    private static readonly ArraySize s_closest = new(200_000, 2_000);
    private static readonly int s_published = (int)DecompensationSimulator.PublishedTrainingRows;

    private static readonly IBar s_memory = new WithinMemory(MemoryShare);
    private static readonly IBar s_fasterThanTrees = new TimesAsFast(1, RivalName.Trees, BestTree);
    private static readonly IBar s_products = new ShareOfRoof(0.75, RoofName.MultiplyAdds);
    private static readonly IBar s_differences = new ShareOfRoof(0.75, RoofName.AbsoluteDifferences);
    private static readonly IBar[] s_hourBars = [Against(RivalName.Faiss, 6), Against(RivalName.ScikitLearn, 6)];
    private static readonly IBar[] s_closestBars = [Against(RivalName.Faiss, 60), Against(RivalName.ScikitLearn, 150), Against(RivalName.Compiled, 5)];

    /// <summary>Gets all.</summary>
    public static IReadOnlyList<NeighborCase> All { get; } =
    [
        Nearest("l2-sim-20k", new LastHours(CohortSource.Simulated), s_twenty, s_hourBars),
        Nearest("l2-sim-48k", new LastHours(CohortSource.Simulated), s_fortyEight, s_hourBars),
        AgainstTrees(Nearest("l2-sim-15", new LastHours(CohortSource.Simulated, 15), s_twenty, s_fasterThanTrees)),
        Nearest("l2-sim-714", new PrefixSummaries(CohortSource.Simulated), s_twenty, Against(RivalName.Faiss, 4)),
        Closest("l1-sim-76", new LastHours(CohortSource.Simulated), s_closestBars),
        AgainstTrees(Closest("l1-sim-20", new LastHours(CohortSource.Simulated, 20), new TimesAsFast(5, RivalName.Trees, BestTree))),
        Nearest("l2-physionet-20k", new LastHours(CohortSource.PhysioNet2012), s_twenty, s_hourBars),
        Nearest("l2-physionet-48k", new LastHours(CohortSource.PhysioNet2012), s_fortyEight, s_hourBars),
        Nearest("l2-physionet-714", new PrefixSummaries(CohortSource.PhysioNet2012), s_twenty, Against(RivalName.Faiss, 4)),
        Nearest("l2-physionet-3648", new FirstHours(CohortSource.PhysioNet2012), s_stays, Against(RivalName.Faiss, 4)),
        Closest("l1-physionet-76", new LastHours(CohortSource.PhysioNet2012), s_closestBars),
        Nearest("l2-sim-3648", new FirstHours(CohortSource.Simulated), s_twenty, Against(RivalName.Faiss, 4)),
        AgainstTrees(Nearest("l2-uniform-15", new UniformRows(15), s_twenty, Against(RivalName.Faiss, 4), s_fasterThanTrees)),
        Nearest("l2-uniform-76", new UniformRows(76), s_twenty, Against(RivalName.Faiss, 2.5), s_products),
        Nearest("l2-uniform-714", new UniformRows(714), s_twenty, Against(RivalName.Faiss, 1.2), s_products),
        Nearest("l1-uniform-76", new UniformRows(76), s_twenty, s_differences) with { Metric = Metric.L1 },
        AgainstTrees(Nearest("l2-lowrank-15", new LowRankRows(15), s_twenty, s_fasterThanTrees)),
        AgainstTrees(Nearest("l2-lowrank-8", new LowRankRows(8), s_twenty, s_fasterThanTrees)),
        AgainstTrees(Closest("l1-lowrank-20", new LowRankRows(20), new TimesAsFast(5, RivalName.Trees, BestTree))),
        Alone("l1-sim-2.4m", new ValidationHours(), new ArraySize(s_published, 20_000), Metric.L1, 1, 25, 4 * Gibibyte),
        Alone("l2-minority-2.4m", new ClassOneRows(areSummaries: false), new ArraySize(s_published, 0), Metric.L2, SmoteNeighbors, 60, 4 * Gibibyte),
        Alone("l2-minority-714-2.4m", new ClassOneRows(areSummaries: true), new ArraySize(s_published, 0), Metric.L2, SmoteNeighbors, 300, 16 * Gibibyte),
    ];

    private static TimesAsFast Against(string rival, double ratio) => new(ratio, [rival]);

    /// <summary>A search as SMOTE makes it, beside all that measure every pair.</summary>
    private static NeighborCase Nearest(string name, IArraySource data, ArraySize size, params ReadOnlySpan<IBar> bars) =>
        new(name, data, size, Metric.L2, SmoteNeighbors) { Rivals = RivalName.Exhaustive, Bars = [.. bars, s_memory] };

    /// <summary>A search for the distance to the closest record.</summary>
    private static NeighborCase Closest(string name, IArraySource data, params ReadOnlySpan<IBar> bars) =>
        new(name, data, s_closest, Metric.L1, 1) { Rivals = RivalName.Exhaustive, Bars = [.. bars, s_memory] };

    private static NeighborCase AgainstTrees(NeighborCase neighborCase) => neighborCase with { Rivals = RivalName.All };

    /// <summary>A search of the published size, which the rivals are not asked to wait for.</summary>
    private static NeighborCase Alone(string name, IArraySource data, ArraySize size, Metric metric, int neighborCount, double seconds, long neededBytes) =>
        new(name, data, size, metric, neighborCount) { Bars = [new WithinSeconds(seconds), s_memory], NeededBytes = neededBytes, IsLarge = true };
}
