using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Engine.Data;
using Engine.Logistic;
using Engine.Numerics;

namespace Bench.Comparisons.Prognosis;

/// <summary>One fit without a penalty, converged to 1e-8 standard errors.</summary>
internal sealed class FitWork : PreparedWork
{
    /// <summary>Just above half a million, from where a fit starts from a sample.</summary>
    public const int SampledRows = 530_000;

    /// <summary>A step that would still be taken, in standard errors: far more than rounding, far less than anyone sees.</summary>
    private const double LargestStep = 1e-6;

    private const double RivalTolerance = 1e-6;

    private const int WidestSampled = 76;

    /// <summary>Of fewer rows the classes may be separated.</summary>
    private const int RowsPerColumn = 30;

    private readonly SampleMatrix _samples;
    private readonly Labels _labels;
    private LogisticFit? _fit;

    /// <summary>Generates rows.</summary>
    public FitWork(int rowCount, int featureCount, WorkContext context) => (_samples, _labels) = GeneratedRows.Make(rowCount, featureCount, context);

    /// <inheritdoc/>
    public override long RowCount => _samples.RowCount;

    /// <inheritdoc/>
    public override int FeatureCount => _samples.FeatureCount;

    /// <summary>Gets the coefficients, intercept first, and the deviance.</summary>
    private double[] Found => [.. _fit!.Coefficients, _fit.Deviance];

    /// <summary>Generates fewer rows: a large fit starts from a sample of rows, another path; of wide rows it would take longer than it is worth.</summary>
    public override PreparedWork MakeSmall(WorkContext context) =>
        new FitWork((int)Math.Min(RowCount, FeatureCount > WidestSampled ? RowsPerColumn * FeatureCount : SampledRows), FeatureCount, context);

    /// <inheritdoc/>
    public override void Run(WorkContext context, PhaseClock clock) => _fit = LogisticRegression.Fit(_samples, _labels, new() { Compute = context.Compute });

    /// <inheritdoc/>
    public override IEnumerable<CheckResult> Check(WorkContext context) =>
    [
        CheckResult.Of("status", 1, _fit!.Status == FitStatus.Converged ? null : $"the fit ended as {_fit.Status}"),
        CheckGradient(context.Cancellation),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<RateUnderRoof> RatesAt(double[] seconds, WorkContext context)
    {
        // Counted in a run of its own, so that nothing stands between the timed ones and the engine.
        var counted = new CountingBackend();
        LogisticRegression.Fit(_samples, _labels, new() { Compute = context.Compute with { Backend = counted } });
        var (rows, columns) = ((double)counted.RowCount, (double)FeatureCount);
        return
        [
            new RateUnderRoof(RoofName.MemoryBandwidth, rows * columns * sizeof(float) / seconds[0], MemoryBandwidth.Measure(context.Threads), "GB/s"),
            new RateUnderRoof(
                RoofName.DoubleMultiplyAdds, counted.HessianRowCount * columns * (columns + 1) / 2 / counted.HessianSeconds, ArithmeticPeak.MultiplyAdds<double>(context.Threads), "G/s"),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> WriteTask(string folder)
    {
        NpyFile.Write(Path.Combine(folder, "samples.npy"), _samples);
        NpyFile.Write(Path.Combine(folder, "labels.npy"), _labels.Values);
        return SameNumbers.WriteTask("fit", folder, Found, RivalTolerance);
    }

    /// <inheritdoc/>
    public override Agreement Compare(string rival, string answer, WorkContext context) => SameNumbers.Check(rival, Found, answer, RivalTolerance);

    /// <summary>At the optimum the residuals are orthogonal to every column: added up by plain code, row by row.</summary>
    private CheckResult CheckGradient(CancellationToken cancellation)
    {
        var gradient = new double[FeatureCount + 1];
        var row = new float[FeatureCount];
        for (var i = 0; i < _labels.Count; i++)
        {
            if (i % SampleMatrix.RowsPerBlock == 0)
                cancellation.ThrowIfCancellationRequested();
            _samples.CopyRow(i, row);
            var predictor = _fit!.Intercept;
            for (var column = 0; column < row.Length; column++)
                predictor += _fit.FeatureCoefficients[column] * row[column];
            var residual = _labels[i] - PortableMath.Logistic(predictor);
            gradient[0] += residual;
            for (var column = 0; column < row.Length; column++)
                gradient[column + 1] += residual * row[column];
        }

        var steps = gradient.Select((slope, coefficient) => Math.Abs(slope) * _fit!.StandardErrorOf(coefficient)).ToArray();
        var worst = Array.IndexOf(steps, steps.Max());
        return CheckResult.Of(
            "gradient by plain code", _labels.Count, steps[worst] <= LargestStep ? null : FormattableString.Invariant($"coefficient {worst} is {steps[worst]:G3} standard errors off"));
    }
}
