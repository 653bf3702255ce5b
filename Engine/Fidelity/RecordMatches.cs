using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Metrics;

namespace Engine.Fidelity;

/// <summary>Synthetic rows that are real rows, or almost.</summary>
/// <remarks>
/// <para><b>Computes</b>: two rows match where the same values are missing, all levels are equal, and every number differs by at most a share of its real range; with share 0, where they are equal.</para>
/// <para><b>Source</b>: hitting rate of SynthEval, with 1/30 of the range; NewRowSynthesis of SDMetrics is 1 - the share of identical rows with tolerance 0.</para>
/// </remarks>
/// <param name="Identical">How many synthetic rows equal a real row in every value.</param>
/// <param name="NearlyIdentical">How many synthetic rows match a real row within the tolerance.</param>
/// <param name="HitRate">How many real rows match a synthetic row within the tolerance, which is SynthEval's hitting rate.</param>
/// <param name="RepeatedInSynthetic">How many synthetic rows equal an earlier synthetic row.</param>
/// <param name="Tolerance">The tolerance, as a share of the real range of a column.</param>
public sealed record RecordMatches(SuccessRate Identical, SuccessRate NearlyIdentical, SuccessRate HitRate, SuccessRate RepeatedInSynthetic, double Tolerance)
{
    /// <summary>The tolerance of SynthEval.</summary>
    public const double DefaultTolerance = 1.0 / 30;

    /// <summary>Looks for matches.</summary>
    /// <param name="real">n real rows, 1 or more.</param>
    /// <param name="synthetic">m rows of the same columns, 1 or more.</param>
    /// <param name="tolerance">The largest difference of two numbers, as a share of the real range of their column, 0 or more.</param>
    /// <param name="confidence">Of the intervals, above 0, below 1.</param>
    /// <param name="compute">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentException">A table has no row, or the columns differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance or the confidence is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <remarks><b>Cost</b>: a sort of each table, then for each row a look at those with the same levels whose most telling number is within reach: few in clinical tables,
    /// a tenth of all where there are no levels and numbers crowd in the middle of their range.</remarks>
    public static RecordMatches Compute(
        SchemaTable real, SchemaTable synthetic, double tolerance = DefaultTolerance, double confidence = .95, ComputeOptions? compute = null)
    {
        TablePair.Check(real, synthetic);
        MetricArguments.CheckConfidence(confidence);
        if (!(tolerance >= 0 && double.IsFinite(tolerance)))
            Throw.ArgumentOutOfRange(nameof(tolerance), tolerance, "0 or more, finite");
        var parallel = (compute ?? ComputeOptions.Default).ToParallelOptions();
        var columns = real.Schema.Columns;
        var moments = ColumnMoments.Of(real.Rows, [.. Enumerable.Range(0, columns.Count)], parallel);
        var near = MatchRule.Within(real.Schema, moments, tolerance);
        var equal = MatchRule.AllEqual(columns.Count);
        var ofReal = MatchIndex.Build(real.Rows, near, parallel);
        var nearly = ofReal.CountMatched(synthetic.Rows, parallel);
        var hits = MatchIndex.Build(synthetic.Rows, near, parallel).CountMatched(real.Rows, parallel);
        var identical = MatchIndex.Build(real.Rows, equal, parallel).CountMatched(synthetic.Rows, parallel);
        var repeated = synthetic.RowCount - DistinctRows.Of(synthetic.Rows, parallel).Length;
        return new RecordMatches(
            SuccessRate.Of(synthetic.RowCount, identical, confidence)!,
            SuccessRate.Of(synthetic.RowCount, nearly, confidence)!,
            SuccessRate.Of(real.RowCount, hits, confidence)!,
            SuccessRate.Of(synthetic.RowCount, repeated, confidence)!,
            tolerance);
    }
}
