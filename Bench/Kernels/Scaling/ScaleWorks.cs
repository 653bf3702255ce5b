using Bench.Comparisons.Arrays;
using Bench.Comparisons.Neighbors;
using Bench.Comparisons.Prognosis;
using Bench.Comparisons.Resampling;
using Bench.Comparisons.Resampling.Checks;
using Engine.Numerics.Distances;
using Engine.Resampling;

namespace Bench.Kernels.Scaling;

/// <summary>The works whose growth is measured: those of <c>compare</c>, with its checks.</summary>
internal static class ScaleWorks
{
    /// <summary>A cohort, the rows drawn from it, and what a copy of columns takes.</summary>
    private const int CopiesOfArrays = 3;

    private const int FloatsOfPadding = 16;

    /// <summary>Gets all of them; those that need no rows of the others come last, and let go of them, so that their memory is their own.</summary>
    public static IReadOnlyList<ScaleWork> All { get; } =
    [
        new ScaleWork(
            "search L2, each row's nearest others", "simulated hours", 20_000, static (size, data, context) =>
            {
                var reference = data.Arrays(size.Rows, size.Columns, context).Reference;
                return new NeighborWork(new CaseArrays(reference, reference, [.. Enumerable.Range(0, size.Rows).Select(static row => (long)row)]), Metric.L2, size.Neighbors);
            })
        {
            Growth =
            [
                new(ScaleAxis.Rows, 2, 1, "all pairs, less what bounds spare"), new(ScaleAxis.Columns, 1, 1, "a distance"),
                new(ScaleAxis.Neighbors, 1, 1, "a list of k"), new(ScaleAxis.Threads, -1, 1, "nothing is shared"),
            ],
            NeededBytes = static size => ArrayBytes(size) + (24.0 * size.Rows * (size.Neighbors + 1)),
        },
        new ScaleWork(
            "search L1, 1,000 queries", "simulated hours", 20_000, static (size, data, context) => new NeighborWork(data.Arrays(size.Rows, size.Columns, context), Metric.L1, size.Neighbors))
        {
            Growth =
            [
                new(ScaleAxis.Rows, 1, 1, "all pairs, and an index of the rows"), new(ScaleAxis.Columns, 1, 1, "a distance"),
                new(ScaleAxis.Neighbors, 1, 1, "a list of k"), new(ScaleAxis.Threads, -1, 1, "nothing is shared"),
            ],
            NeededBytes = ArrayBytes,
        },
        new ScaleWork("SMOTE, planned and made", "simulated hours, one in ten of the rarer class", 20_000, static (size, data, context) => new SamplerWork(
            data.Labeled(size.Rows, size.Columns, context),
            new SamplerMethod("smote", _ => new Smote { Seed = CohortShelf.Seed, NeighborCount = size.Neighbors }, new NearbySegments(size.Neighbors).Run)))
        {
            Growth =
            [
                new(ScaleAxis.Rows, 2, 1, "all pairs of the rarer class, less what bounds spare"), new(ScaleAxis.Columns, 1, 1, "a distance, a made row"),
                new(ScaleAxis.Neighbors, 1, 1, "a list of k"), new(ScaleAxis.Threads, -1, 1, "nothing is shared"),
            ],
            NeededBytes = static size => ArrayBytes(size) + (50.0 * size.Rows),
        },
        new ScaleWork("logistic regression", "generated rows", 100_000, static (size, data, context) =>
        {
            data.Release();
            return new FitWork(size.Rows, size.Columns, context);
        })
        {
            Growth =
            [
                new(ScaleAxis.Rows, 1, 1, "passes over the rows, few of them"), new(ScaleAxis.Columns, 2, 2, "a Hessian"),
                new(ScaleAxis.Threads, -1, 1, "nothing is shared"),
            ],
            NeededBytes = static size => 1.2 * sizeof(float) * size.Rows * (size.Columns + FloatsOfPadding),
        },
        new ScaleWork("metrics of 15 groups", "scores of a generated model", 1_000_000, static (size, data, context) =>
        {
            data.Release();
            return new SubgroupMetricsWork(size.Rows, context);
        })
        {
            Growth = [new(ScaleAxis.Rows, 1, 1, "a radix sort and a walk a group"), new(ScaleAxis.Threads, -1, 1, "nothing is shared")],
            NeededBytes = static size => 120.0 * size.Rows,
        },
        new ScaleWork("features of all prefixes", "simulated stays, simulated on the way", 1_000, static (size, data, _) =>
        {
            data.Release();
            return CohortFeaturesWork.OfStays(size.Rows);
        })
        {
            Growth = [new(ScaleAxis.Stays, 1, 1, "a walk a stay"), new(ScaleAxis.Threads, -1, 1, "nothing is shared")],
            NeededBytes = static size => 400e6 + (300.0 * size.Rows),
            HoldsRows = false,
        },
    ];

    private static double ArrayBytes(ScaleSize size) => (double)CopiesOfArrays * sizeof(float) * (size.Rows + ScaleData.Queries) * (size.Columns + FloatsOfPadding);
}
