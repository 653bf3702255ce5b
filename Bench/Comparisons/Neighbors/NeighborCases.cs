using Bench.Cohorts.Simulated;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Neighbors;

/// <summary>Neighbor searches, those of one cohort side by side and the largest last.</summary>
internal static class NeighborCases
{
    /// <summary>faiss: IndexFlatL2, and IndexFlat with METRIC_L1.</summary>
    public const string Faiss = "faiss";

    /// <summary>scikit-learn: NearestNeighbors by brute force.</summary>
    public const string ScikitLearn = "scikit-learn";

    /// <summary>PyTorch: cdist and topk, in chunks of queries.</summary>
    public const string Torch = "torch";

    /// <summary>SciPy: cKDTree.</summary>
    public const string SciPyTree = "cKDTree";

    /// <summary>A plain tiled loop in C++, compiled for this processor.</summary>
    public const string CompiledLoop = "C++ loop";

    /// <summary>nanoflann: a kd-tree in C++, compiled for this processor.</summary>
    public const string Nanoflann = "nanoflann";

    /// <summary>The engine once more, called through its Python package on NumPy's arrays.</summary>
    public const string EngineFromPython = "engine from Python";

    /// <summary>The engine on rows that lie as a caller laid them, side by side and not padded.</summary>
    public const string EngineOnPlainArrays = "engine on plain arrays";

    private const long Gibibyte = 1L << 30;
    private const int SmoteNeighbors = 5;
    private const double MemoryShare = 0.5;
    private const string BestTree = "best tree";

    /// <summary>Those that measure every pair.</summary>
    private static readonly string[] s_exhaustive = [Faiss, ScikitLearn, Torch, CompiledLoop];

    /// <summary>Those that prune by a tree.</summary>
    private static readonly string[] s_trees = [SciPyTree, Nanoflann];

    private static readonly ArraySize s_twenty = new(20_000, 20_000);
    private static readonly ArraySize s_fortyEight = new(48_000, 48_000);
    private static readonly ArraySize s_stays = new(4_000, 4_000);
    private static readonly ArraySize s_closest = new(200_000, 2_000);
    private static readonly int s_published = (int)DecompensationSimulator.PublishedTrainingRows;

    private static readonly Bar s_memory = Bar.WithinMemory(MemoryShare);
    private static readonly Bar s_fasterThanTrees = Bar.TimesAsFast(1, s_trees, BestTree);
    private static readonly Bar s_products = Bar.ShareOfRoof(0.75, RoofName.MultiplyAdds);
    private static readonly Bar s_differences = Bar.ShareOfRoof(0.75, RoofName.AbsoluteDifferences);
    private static readonly Bar[] s_hourBars = [Against(Faiss, 6), Against(ScikitLearn, 6)];
    private static readonly Bar[] s_closestBars = [Against(Faiss, 60), Against(ScikitLearn, 150), Against(CompiledLoop, 5)];

    /// <summary>Gets the family.</summary>
    public static ComparisonFamily Family { get; } = new(
        new FamilyPage(
            "neighbors",
            "engine-neighbor-comparison",
            "Neighbor search beside other libraries",
            [
                Column.Case, Column.Size, Column.Fact("queries", NeighborWork.Queries), Column.Work, Column.Data, Column.Engine("build + search"),
                .. new[] { EngineOnPlainArrays, EngineFromPython, Faiss, ScikitLearn, Torch, CompiledLoop, SciPyTree, Nanoflann }.Select(Column.Of), Column.Bars,
                new Column("discarded by leaves, in all", Discarded) { IsOnTerminal = true }, Column.Memory, Column.Load,
            ])
        {
            Phases = ["build", "search"],
            Facts = [NeighborWork.Queries, NeighborWork.NeighborCount, NeighborWork.Pairs, NeighborWork.ComparedPairs, NeighborWork.RankedPairs],
        },
        "Time neighbor search beside faiss, scikit-learn, SciPy, PyTorch and C++ programs.",
        MakeAll())
    {
        QuickText = "A tenth of the rows and queries, without the cases of 2.4 million rows.",
        WorkSize = "2 GB",
        Defaults = new MeasureOptions(),
        ReadsPhysioNet2012 = true,
        Python = ("neighbor_rivals.py", [EngineFromPython, Faiss, ScikitLearn, Torch, SciPyTree]),
        Compiled = ("neighbor_rivals.cpp", [CompiledLoop, Nanoflann]),
    };

    private static ComparisonCase[] MakeAll() =>
    [
        AlsoFromPython(Nearest("l2-sim-20k", new LastHours(CohortSource.Simulated), s_twenty, s_hourBars)),
        Nearest("l2-sim-48k", new LastHours(CohortSource.Simulated), s_fortyEight, s_hourBars),
        AgainstTrees(Nearest("l2-sim-15", new LastHours(CohortSource.Simulated, 15), s_twenty, s_fasterThanTrees)),
        Nearest("l2-sim-714", new PrefixSummaries(CohortSource.Simulated), s_twenty, Against(Faiss, 4)),
        AlsoFromPython(Closest("l1-sim-76", new LastHours(CohortSource.Simulated), s_closestBars)),
        AgainstTrees(Closest("l1-sim-20", new LastHours(CohortSource.Simulated, 20), Bar.TimesAsFast(5, s_trees, BestTree))),
        Nearest("l2-physionet-20k", new LastHours(CohortSource.PhysioNet2012), s_twenty, s_hourBars),
        Nearest("l2-physionet-48k", new LastHours(CohortSource.PhysioNet2012), s_fortyEight, s_hourBars),
        Nearest("l2-physionet-714", new PrefixSummaries(CohortSource.PhysioNet2012), s_twenty, Against(Faiss, 4)),
        Nearest("l2-physionet-3648", new FirstHours(CohortSource.PhysioNet2012), s_stays, Against(Faiss, 4)),
        Closest("l1-physionet-76", new LastHours(CohortSource.PhysioNet2012), s_closestBars),
        Nearest("l2-sim-3648", new FirstHours(CohortSource.Simulated), s_twenty, Against(Faiss, 4)),
        AgainstTrees(Nearest("l2-uniform-15", new UniformRows(15), s_twenty, Against(Faiss, 4), s_fasterThanTrees)),
        Nearest("l2-uniform-76", new UniformRows(76), s_twenty, Against(Faiss, 2.5), s_products),
        Nearest("l2-uniform-714", new UniformRows(714), s_twenty, Against(Faiss, 1.2), s_products),
        Nearest("l1-uniform-76", Metric.L1, new UniformRows(76), s_twenty, s_differences),
        AgainstTrees(Nearest("l2-lowrank-15", new LowRankRows(15), s_twenty, s_fasterThanTrees)),
        AgainstTrees(Nearest("l2-lowrank-8", new LowRankRows(8), s_twenty, s_fasterThanTrees)),
        AgainstTrees(Closest("l1-lowrank-20", new LowRankRows(20), Bar.TimesAsFast(5, s_trees, BestTree))),
        Paths("l2-paths-48k", new LastHours(CohortSource.Simulated), s_fortyEight, Metric.L2, SmoteNeighbors),
        Paths("l1-paths-2.4m", new ValidationHours(), new ArraySize(s_published, 20_000), Metric.L1, 1) with { NeededBytes = 8 * Gibibyte, IsLarge = true },
        Alone("l1-sim-2.4m", new ValidationHours(), new ArraySize(s_published, 20_000), Metric.L1, 1, 25, 4 * Gibibyte),
        Alone("l2-minority-2.4m", new ClassOneRows(areSummaries: false), new ArraySize(s_published, 0), Metric.L2, SmoteNeighbors, 60, 4 * Gibibyte),
        Alone("l2-minority-714-2.4m", new ClassOneRows(areSummaries: true), new ArraySize(s_published, 0), Metric.L2, SmoteNeighbors, 300, 16 * Gibibyte),
    ];

    private static Bar Against(string rival, double ratio) => Bar.TimesAsFast(ratio, [rival]);

    /// <summary>A search as SMOTE makes it, beside all that measure every pair.</summary>
    private static ComparisonCase Nearest(string name, IArraySource data, ArraySize size, params ReadOnlySpan<Bar> bars) => Nearest(name, Metric.L2, data, size, bars);

    private static ComparisonCase Nearest(string name, Metric metric, IArraySource data, ArraySize size, params ReadOnlySpan<Bar> bars) =>
        Of(name, data, size, metric, SmoteNeighbors) with { Rivals = s_exhaustive, Bars = [.. bars, s_memory] };

    /// <summary>A search for the distance to the closest record.</summary>
    private static ComparisonCase Closest(string name, IArraySource data, params ReadOnlySpan<Bar> bars) =>
        Of(name, data, s_closest, Metric.L1, 1) with { Rivals = s_exhaustive, Bars = [.. bars, s_memory] };

    /// <summary>A search beside the same one from Python, which is measured first: right after the engine on such arrays. A copy of them would add all of their memory.</summary>
    private static ComparisonCase AlsoFromPython(ComparisonCase search) => search with
    {
        Prepare = (wanted, context) => ((NeighborWork)search.Prepare(wanted, context)).AlsoOnPlainArrays(),
        Rivals = [EngineFromPython, .. search.Rivals],
        Bars = [.. search.Bars, Bar.AddsSeconds(0.02, EngineFromPython, EngineOnPlainArrays), Bar.AddsMemory(0.1, EngineFromPython)],
    };

    private static ComparisonCase AgainstTrees(ComparisonCase search) => search with { Rivals = [.. s_exhaustive, .. s_trees] };

    /// <summary>A search of the published size, which the rivals are not asked to wait for.</summary>
    private static ComparisonCase Alone(string name, IArraySource data, ArraySize size, Metric metric, int neighborCount, double seconds, long neededBytes) =>
        Of(name, data, size, metric, neighborCount) with { Bars = [Bar.WithinSeconds(seconds), s_memory], NeededBytes = neededBytes, IsLarge = true };

    /// <summary>A search of rows that users wrap, choose, scale and map, beside one of rows in own memory.</summary>
    private static ComparisonCase Paths(string name, IArraySource data, ArraySize size, Metric metric, int neighborCount) => new(
        name,
        $"{metric}, k = {neighborCount}, of views",
        data.Description,
        size,
        (wanted, context) => new SearchPathsWork(data.Make(wanted, context.Shelf, context.Cancellation), metric, neighborCount, context))
    {
        Bars = Bar.OfPaths,
    };

    /// <summary>Makes a case.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="data">What makes the arrays.</param>
    /// <param name="size">How large they are.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="neighborCount">k.</param>
    public static ComparisonCase Of(string name, IArraySource data, ArraySize size, Metric metric, int neighborCount) => new(
        name,
        $"{metric}, k = {neighborCount}",
        data.Description,
        size,
        (wanted, context) => new NeighborWork(data.Make(wanted, context.Shelf, context.Cancellation), metric, neighborCount));

    /// <summary>Shows the pairs that no code of the engine looked at, and those whose distance it did not compute.</summary>
    private static string Discarded(CaseResult result)
    {
        if (!result.Facts.TryGetValue(NeighborWork.Pairs, out var pairs))
            return CaseText.Nothing;
        // A leaf that is not full is compared as if it were: without any discarded, more than all pairs are.
        var ranked = (double)result.Facts[NeighborWork.RankedPairs] / pairs;
        return $"{CaseText.Percent(Math.Max(0, 1 - ((double)result.Facts[NeighborWork.ComparedPairs] / pairs)))}, {CaseText.Percent(1 - ranked)}";
    }
}
