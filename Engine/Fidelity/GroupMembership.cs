using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Metrics;

namespace Engine.Fidelity;

/// <summary>Whether synthetic rows look like the group that they were made for: probabilities of a random forest that tells the minority from the majority.</summary>
/// <remarks>
/// <para><b>Computes</b>: a share of the real rows of each group, drawn by the seed, is held out; a forest grows on the others. Its probabilities of "minority" of three sets of rows, and their kernel densities
/// over 0 to 1, are the curves of figure 4.</para>
/// <para><b>Source</b>: Smolyak et al. 2024, section 3.1 and figure 4, which leaves the forest's settings and the share open.</para>
/// </remarks>
public sealed record GroupMembership
{
    /// <summary>The number of points of a density.</summary>
    public const int PointCount = 201;

    /// <summary>Gets the probabilities of the synthetic rows.</summary>
    public required ReadOnlyMemory<double> Synthetic { get; init; }

    /// <summary>Gets the probabilities of the held-out rows of the minority.</summary>
    public required ReadOnlyMemory<double> Minority { get; init; }

    /// <summary>Gets the probabilities of the held-out rows of the majority.</summary>
    public required ReadOnlyMemory<double> Majority { get; init; }

    /// <summary>Gets how well the forest tells held-out rows of the two groups apart; null unless two of each are held out.</summary>
    public required AurocEstimate? Auroc { get; init; }

    /// <summary>Gets the points of the densities, 0 to 1.</summary>
    public required ReadOnlyMemory<double> Grid { get; init; }

    /// <summary>Gets the density of the synthetic rows at each point; null where all have one probability.</summary>
    public required ReadOnlyMemory<double>? SyntheticDensity { get; init; }

    /// <summary>Gets the density of the held-out minority, likewise.</summary>
    public required ReadOnlyMemory<double>? MinorityDensity { get; init; }

    /// <summary>Gets the density of the held-out majority, likewise.</summary>
    public required ReadOnlyMemory<double>? MajorityDensity { get; init; }

    /// <summary>Gets where the mean synthetic probability lies between those of the held-out majority, 0, and minority, 1; undefined where these are equal.</summary>
    public FidelityScore Position
    {
        get
        {
            var (minority, majority) = (MeanOf(Minority.Span), MeanOf(Majority.Span));
            return minority == majority
                ? FidelityScore.Undefined("the forest gives both groups the same mean probability")
                : FidelityScore.Of((MeanOf(Synthetic.Span) - majority) / (minority - majority));
        }
    }

    /// <summary>Measures encoded rows.</summary>
    /// <param name="minority">Real rows of the group that the synthetic rows were made for, finite, two at least.</param>
    /// <param name="majority">Real rows of the other group, finite, two at least.</param>
    /// <param name="synthetic">The synthetic rows, finite, one at least.</param>
    /// <param name="holdoutShare">The share of each group that is held out, above 0, below 1; default .3.</param>
    /// <param name="forest">What forest to grow; its seed draws the rows that are held out.</param>
    /// <param name="confidence">Of the interval, above 0, below 1.</param>
    /// <returns>The probabilities.</returns>
    /// <exception cref="ArgumentException">Shapes disagree, a value is not finite, or there are too few rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A share or an option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static GroupMembership Compute(
        SampleMatrix minority, SampleMatrix majority, SampleMatrix synthetic, double holdoutShare = .3, RandomForestOptions? forest = null, double confidence = .95)
    {
        ArgumentNullException.ThrowIfNull(minority);
        ArgumentNullException.ThrowIfNull(majority);
        ArgumentNullException.ThrowIfNull(synthetic);
        MetricArguments.CheckConfidence(confidence);
        forest ??= new RandomForestOptions();
        if (!(holdoutShare > 0 && holdoutShare < 1))
            Throw.ArgumentOutOfRange(nameof(holdoutShare), holdoutShare, "above 0, below 1");
        if (minority.RowCount < 2 || majority.RowCount < 2 || synthetic.RowCount < 1)
            Throw.Argument_Invalid(nameof(minority), $"there are {minority.RowCount:N0} rows of the minority, {majority.RowCount:N0} of the majority and {synthetic.RowCount:N0} synthetic ones; two, two and one are needed.");
        if (minority.FeatureCount != majority.FeatureCount)
            Throw.Argument_FeatureCountsDiffer(nameof(majority), majority.FeatureCount, nameof(minority), minority.FeatureCount);
        var (heldMinority, keptMinority) = Divide(minority, holdoutShare, forest.Seed, 0);
        var (heldMajority, keptMajority) = Divide(majority, holdoutShare, forest.Seed, 1);
        var labels = new byte[keptMinority.RowCount + keptMajority.RowCount];
        labels.AsSpan(0, (int)keptMinority.RowCount).Fill(1);
        var grown = RandomForest.Fit(JoinedRows.Join(keptMinority, keptMajority), Labels.From(labels), forest);
        var compute = forest.Compute;
        var (ofSynthetic, ofMinority, ofMajority) =
            (grown.PredictProbability(synthetic, compute), grown.PredictProbability(heldMinority, compute), grown.PredictProbability(heldMajority, compute));
        var grid = new double[PointCount];
        for (var point = 0; point < PointCount; point++)
            grid[point] = (double)point / (PointCount - 1);
        return new GroupMembership
        {
            Synthetic = ofSynthetic,
            Minority = ofMinority,
            Majority = ofMajority,
            Auroc = EstimateAuroc(ofMinority, ofMajority, confidence),
            Grid = grid,
            SyntheticDensity = DensityOf(ofSynthetic, grid, compute),
            MinorityDensity = DensityOf(ofMinority, grid, compute),
            MajorityDensity = DensityOf(ofMajority, grid, compute),
        };
    }

    private static (SampleMatrix Held, SampleMatrix Kept) Divide(SampleMatrix rows, double share, ulong seed, ulong group)
    {
        var count = (int)rows.RowCount;
        var held = Math.Clamp((int)Math.Round(share * count), 1, count - 1);
        var order = SeededOrder.Of(count, seed, SeededOrder.GroupSplit + (group << 48));
        return (Select(rows, order[..held]), Select(rows, order[held..]));
    }

    private static SampleMatrix Select(SampleMatrix rows, int[] some) => rows.SelectRows(some.Order().Select(static row => (long)row).ToArray());

    private static AurocEstimate? EstimateAuroc(double[] minority, double[] majority, double confidence)
    {
        var labels = new byte[minority.Length + majority.Length];
        labels.AsSpan(0, minority.Length).Fill(1);
        return DeLong.TryEstimate<double>([.. minority, .. majority], Labels.From(labels), out var estimate, confidence) ? estimate : null;
    }

    private static ReadOnlyMemory<double>? DensityOf(double[] probabilities, double[] grid, ComputeOptions compute) =>
        KernelDensity.TryCompute(probabilities, grid, out var density, compute) ? density : null;

    private static double MeanOf(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }
}
