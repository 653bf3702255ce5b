using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>What forest to grow; the defaults are those of scikit-learn's RandomForestClassifier.</summary>
public sealed record RandomForestOptions
{
    /// <summary>Gets the number of trees, 1 or more; default 100.</summary>
    public int TreeCount { get; init; } = 100;

    /// <summary>Gets the number of columns that are looked at for each split; 0, the default, for the whole part of the root of their number.</summary>
    public int ColumnsPerSplit { get; init; }

    /// <summary>Gets the largest number of splits above a leaf; 0, the default, for no limit.</summary>
    public int MaxDepth { get; init; }

    /// <summary>Gets the smallest number of different rows of a leaf, 1 or more; default 1.</summary>
    public int FewestRowsOfLeaf { get; init; } = 1;

    /// <summary>Gets whether each tree grows on as many rows drawn with replacement; default true.</summary>
    public bool DrawsRows { get; init; } = true;

    /// <summary>Gets the seed of all draws.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets how the machine may be used; no bit of a forest depends on it.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}

/// <summary>A random forest that estimates the probability of class 1.</summary>
/// <remarks>
/// <para><b>Computes</b>: for every tree, rows drawn with replacement; at every node, among some columns drawn without replacement, the split between two neighboring values of the node that leaves the least
/// weighted Gini impurity, at their mean, of equal ones the first met; nodes are split until they are pure. Where all columns drawn are constant, more are drawn until one is not.
/// A probability is the mean over trees of the share of class 1 in the leaf.</para>
/// <para><b>Exact</b>: every split between any two values is looked at, none is binned away.</para>
/// <para><b>Determinism</b>: draws are functions of (seed, tree, node); the same forest for any number of threads.</para>
/// <para><b>Cost</b>: memory one byte a value of columns of up to 256 different values, four of others, and 16 bytes a node.</para>
/// <para><b>Source</b>: Breiman, Random forests, Machine Learning 45 (2001); choices of scikit-learn 1.2.1.</para>
/// </remarks>
public sealed class RandomForest
{
    private const int RowsPerTree = 1024;

    private readonly TreeNode[][] _trees;
    private readonly int _featureCount;

    private RandomForest(TreeNode[][] trees, int featureCount) => (_trees, _featureCount) = (trees, featureCount);

    /// <summary>Gets the number of trees.</summary>
    public int TreeCount => _trees.Length;

    /// <summary>Gets the number of nodes of all trees, leaves included.</summary>
    public long NodeCount => _trees.Sum(static tree => (long)tree.Length);

    /// <summary>Grows a forest.</summary>
    /// <param name="samples">n x p, finite, at least one row.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="options">What to grow.</param>
    /// <returns>The forest.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite, or there is no row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static RandomForest Fit(SampleMatrix samples, Labels labels, RandomForestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new RandomForestOptions();
        if (labels.Count != samples.RowCount)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Count, nameof(samples), samples.RowCount);
        if (samples.RowCount == 0)
            Throw.Argument_Invalid(nameof(samples), "samples has no rows; a forest grows on one at least.");
        if (options.TreeCount < 1)
            Throw.ArgumentOutOfRange(nameof(options.TreeCount), options.TreeCount, "1 or more");
        if (options.ColumnsPerSplit < 0 || options.ColumnsPerSplit > samples.FeatureCount)
            Throw.ArgumentOutOfRange(nameof(options.ColumnsPerSplit), options.ColumnsPerSplit, $"0 to {samples.FeatureCount:N0}, the number of columns");
        if (options.MaxDepth < 0)
            Throw.ArgumentOutOfRange(nameof(options.MaxDepth), options.MaxDepth, "1 or more, or 0 for no limit");
        if (options.FewestRowsOfLeaf < 1)
            Throw.ArgumentOutOfRange(nameof(options.FewestRowsOfLeaf), options.FewestRowsOfLeaf, "1 or more");
        samples.EnsureFinite(nameof(samples));
        var parallel = options.Compute.ToParallelOptions();
        var columns = RankedColumn.Of(samples, parallel);
        var trees = new TreeNode[options.TreeCount][];
        ParallelLoop.For(
            0,
            trees.Length,
            parallel,
            () => new TreeGrowth(columns, labels, options),
            (tree, _, growth) =>
            {
                trees[tree] = growth.Grow(tree);
                return growth;
            },
            static _ => { });
        return new RandomForest(trees, samples.FeatureCount);
    }

    /// <summary>Estimates the probability of class 1 of rows.</summary>
    /// <param name="samples">m x p rows of the columns that were fitted, finite.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <returns>One probability a row, 0 to 1.</returns>
    /// <exception cref="ArgumentException">Columns differ.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public double[] PredictProbability(SampleMatrix samples, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.FeatureCount != _featureCount)
            Throw.Argument_FeatureCountsDiffer(nameof(samples), samples.FeatureCount, "the forest", _featureCount);
        var probabilities = new double[samples.RowCount];
        using var hold = samples.Hold();
        // Many rows go down one tree before the next: a tree takes much of a cache.
        ParallelLoop.For(
            0L,
            (samples.RowCount + RowsPerTree - 1) / RowsPerTree,
            (compute ?? ComputeOptions.Default).ToParallelOptions(),
            () => new float[RowsPerTree * samples.FeatureCount],
            (step, _, rows) =>
            {
                var first = step * RowsPerTree;
                var sums = probabilities.AsSpan((int)first, (int)Math.Min(RowsPerTree, samples.RowCount - first));
                samples.CopyRows(first, sums.Length, rows, samples.FeatureCount);
                foreach (var tree in _trees)
                {
                    for (var row = 0; row < sums.Length; row++)
                        sums[row] += LeafOf(tree, rows.AsSpan(row * samples.FeatureCount, samples.FeatureCount));
                }

                foreach (ref var sum in sums)
                    sum /= _trees.Length;
                return rows;
            },
            static _ => { });
        return probabilities;
    }

    private static double LeafOf(TreeNode[] tree, ReadOnlySpan<float> row)
    {
        var node = 0;
        while (tree[node].Column >= 0)
            node = row[tree[node].Column] <= tree[node].Value ? node + 1 : tree[node].Right;
        return tree[node].Value;
    }
}

/// <summary>A node of a tree; its left child, of values up to the threshold, follows it.</summary>
/// <param name="Value">The threshold; of a leaf, the share of class 1.</param>
/// <param name="Column">The column that is compared; -1 for a leaf.</param>
/// <param name="Right">The other child.</param>
internal readonly record struct TreeNode(double Value, int Column, int Right);
