using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis.Measurement;
using Bench.Comparisons.Resampling.Checks;
using Engine.Data;
using Engine.Logistic;
using Engine.Numerics;

namespace Bench.Comparisons.Prognosis.Work;

/// <summary>One fit without a penalty, converged to 1e-8 standard errors.</summary>
internal sealed class FitWork : PreparedWork
{
    /// <summary>A step that would still be taken, in standard errors: far more than rounding, far less than anyone sees.</summary>
    private const double LargestStep = 1e-6;

    private readonly SampleMatrix _samples;
    private readonly Labels _labels;
    private readonly WorkContext _context;
    private LogisticFit? _fit;

    private FitWork(SampleMatrix samples, Labels labels, WorkContext context) => (_samples, _labels, _context) = (samples, labels, context);

    /// <inheritdoc/>
    public override int FeatureCount => _samples.FeatureCount;

    /// <inheritdoc/>
    public override long DataBytes => _samples.RowCount * _samples.FeatureCount * sizeof(float);

    /// <inheritdoc/>
    public override string RivalTask => "fit";

    /// <summary>Gets the coefficients, intercept first, and the deviance.</summary>
    public override double[] Expected => [.. _fit!.Coefficients, _fit.Deviance];

    /// <inheritdoc/>
    public override double RivalTolerance => 1e-6;

    /// <summary>Generates rows.</summary>
    public static FitWork Prepare(int rowCount, int featureCount, WorkContext context)
    {
        var (samples, labels) = GeneratedRows.Make(rowCount, featureCount, context);
        return new FitWork(samples, labels, context);
    }

    /// <inheritdoc/>
    public override void Run() => _fit = LogisticRegression.Fit(_samples, _labels, new() { Compute = _context.Compute });

    /// <inheritdoc/>
    public override IReadOnlyList<CheckResult> Check() =>
    [
        CheckResult.Of("status", 1, _fit!.Status == FitStatus.Converged ? null : $"the fit ended as {_fit.Status}"),
        CheckGradient(),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<RateUnderRoof> RatesAt(double seconds)
    {
        // Counted in a run of its own, so that nothing stands between the timed ones and the engine.
        var counted = new CountingBackend();
        LogisticRegression.Fit(_samples, _labels, new() { Compute = _context.Compute with { Backend = counted } });
        var (rows, columns) = ((double)counted.RowCount, (double)FeatureCount);
        return
        [
            new RateUnderRoof(RoofName.MemoryBandwidth, rows * columns * sizeof(float) / seconds, MemoryBandwidth.Measure(_context.Threads), "GB/s"),
            new RateUnderRoof(
                RoofName.DoubleMultiplyAdds, counted.HessianRowCount * columns * (columns + 1) / 2 / counted.HessianSeconds, ArithmeticPeak.MultiplyAdds<double>(_context.Threads), "G/s"),
        ];
    }

    /// <inheritdoc/>
    public override void WriteFiles(string folder)
    {
        NpyFile.Write(Path.Combine(folder, "samples.npy"), _samples);
        NpyFile.Write(Path.Combine(folder, "labels.npy"), _labels.Values);
    }

    /// <summary>At the optimum the residuals are orthogonal to every column: added up by plain code, row by row.</summary>
    private CheckResult CheckGradient()
    {
        var gradient = new double[FeatureCount + 1];
        var row = new float[FeatureCount];
        for (var i = 0; i < _labels.Count; i++)
        {
            if (i % SampleMatrix.RowsPerBlock == 0)
                _context.Cancellation.ThrowIfCancellationRequested();
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
