using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>What must hold before a fit begins.</summary>
internal static class LogisticChecks
{
    /// <summary>The most coefficients: a square of them is one array, whose rows are rounded up to 16.</summary>
    private const int MostCoefficients = 46_336;

    /// <summary>What a look for separated classes takes of a row at the most: a place in a list that has grown to twice its length, and in that of all, a label and a weight.</summary>
    private const int BytesOfLook = 33;

    public static void Check(SampleMatrix samples, Labels labels, LogisticOptions options)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != samples.RowCount)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Count, nameof(samples), samples.RowCount);
        var coefficientCount = samples.FeatureCount + (options.HasIntercept ? 1 : 0);
        if (coefficientCount > MostCoefficients)
        {
            Throw.Argument_Invalid(
                nameof(samples), $"{samples.FeatureCount:N0} columns ask for {coefficientCount:N0} coefficients; a fit has at most {MostCoefficients:N0}. Select columns first.");
        }

        if (options.Plan is { } plan && plan.SourceRowCount != samples.RowCount)
            Throw.Argument_LengthsDiffer(nameof(options.Plan), plan.SourceRowCount, nameof(samples), samples.RowCount);
        if (options.Plan is { Synthetic.Length: > 0 } && !options.Offsets.IsEmpty)
            Throw.Argument_Invalid(nameof(options), "rows that a plan makes have no offset; give Offsets, or a plan that makes rows, not both.");
        if (!(options.RidgePenalty >= 0) || !double.IsFinite(options.RidgePenalty))
            Throw.ArgumentOutOfRange(nameof(options.RidgePenalty), options.RidgePenalty, "0 or more");
        if (!(options.Tolerance > 0))
            Throw.ArgumentOutOfRange(nameof(options.Tolerance), options.Tolerance, "above 0");
        if (options.MaxIterations < 1)
            Throw.ArgumentOutOfRange(nameof(options.MaxIterations), options.MaxIterations, "1 or more");
        CheckMemory(samples.RowCount, coefficientCount, options);
        CheckLength(options.SampleWeights, nameof(options.SampleWeights), samples.RowCount);
        CheckLength(options.Offsets, nameof(options.Offsets), samples.RowCount);
        CheckLength(options.StartCoefficients, nameof(options.StartCoefficients), coefficientCount);
        CheckFinite(options.SampleWeights.Span, nameof(options.SampleWeights));
        CheckFinite(options.Offsets.Span, nameof(options.Offsets));
        CheckFinite(options.StartCoefficients.Span, nameof(options.StartCoefficients));
        CheckWeights(options);
    }

    /// <summary>Compares what a fit keeps beside the rows with what it may take: something of every row, and sums of every thread.</summary>
    private static void CheckMemory(long rowCount, int coefficientCount, LogisticOptions options)
    {
        var ofRow = sizeof(byte)
            + (options.SampleWeights.IsEmpty && options.Plan is null ? 0 : sizeof(double))
            + (options.Offsets.IsEmpty ? 0 : sizeof(double))
            + (options.RidgePenalty > 0 ? 0 : BytesOfLook);
        var rows = options.Plan is { KeptRows: { } kept } ? kept.Length : rowCount;
        var ofThread = (long)coefficientCount * coefficientCount * sizeof(double);
        options.Compute.RequireMemory(
            ((rows + (options.Plan?.Synthetic.Length ?? 0)) * ofRow) + ((1 + ParallelLoop.WorkersOf(options.Compute.ToParallelOptions())) * ofThread),
            $"{coefficientCount:N0} coefficients of {rows:N0} rows");
    }

    private static void CheckWeights(LogisticOptions options)
    {
        var weights = options.SampleWeights.Span;
        for (var row = 0; row < weights.Length; row++)
        {
            if (weights[row] < 0)
                Throw.Argument_Invalid(nameof(options.SampleWeights), $"the weight of row {row:N0} is {weights[row]}; weights are 0 or more.");
        }
    }

    private static void CheckLength(ReadOnlyMemory<double> values, string name, long needed)
    {
        if (!values.IsEmpty && values.Length != needed)
            Throw.Argument_LengthsDiffer(name, values.Length, "what it must match", needed);
    }

    private static void CheckFinite(ReadOnlySpan<double> values, string name)
    {
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsFinite(values[row]))
                Throw.Argument_ValueNotFinite(name, row, values[row]);
        }
    }
}
