using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Engine.Data;
using Engine.Logistic;
using Tensors = System.Numerics.Tensors.TensorPrimitives;

namespace Bench.Kernels;

/// <summary>The log odds of 100,000 rows of 76 columns under sixteen logistic regressions, in one pass over the rows.</summary>
public class ManyPredictions : KernelSuite
{
    private const int FittedRows = 4_096;
    private const int FitCount = 16;

    private readonly double[] _wide = new double[Columns];
    private double[] _logOdds = [];
    private SampleMatrix _samples = null!;
    private float[] _padded = [];
    private LogisticFit[] _fits = [];
    private double[][] _coefficients = [];

    private int RowCount => 100_000 / SmallerBy;

    /// <inheritdoc/>
    internal override KernelWork Work => new(
        RowCount,
        (double)RowCount * ((Columns * sizeof(float)) + (FitCount * sizeof(double))),
        (double)RowCount * FitCount * Columns,
        PeakOperation.DoubleMultiplyAdds);

    /// <inheritdoc/>
    private protected override double Tolerance => 1e-12;

    /// <summary>Ends the rows.</summary>
    [GlobalCleanup]
    public void End() => _samples.Dispose();

    /// <summary>Number by number.</summary>
    [Benchmark(Baseline = true)]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] Scalar()
    {
        for (var row = 0; row < RowCount; row++)
        {
            var values = _padded.AsSpan(row * _samples.Stride, Columns);
            var wide = _wide.AsSpan();
            for (var i = 0; i < wide.Length; i++)
                wide[i] = values[i];
            for (var fit = 0; fit < FitCount; fit++)
            {
                var coefficients = _coefficients[fit];
                var sum = 0.0;
                for (var i = 0; i < coefficients.Length; i++)
                    sum += coefficients[i] * wide[i];
                _logOdds[(fit * RowCount) + row] = _fits[fit].Intercept + sum;
            }
        }

        return _logOdds;
    }

    /// <summary>A row is widened once, then a dot product a fit.</summary>
    [Benchmark]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double[] TensorPrimitives()
    {
        for (var row = 0; row < RowCount; row++)
        {
            Tensors.ConvertChecked<float, double>(_padded.AsSpan(row * _samples.Stride, Columns), _wide);
            for (var fit = 0; fit < FitCount; fit++)
                _logOdds[(fit * RowCount) + row] = _fits[fit].Intercept + Tensors.Dot<double>(_coefficients[fit], _wide);
        }

        return _logOdds;
    }

    /// <summary>The kernel of the engine.</summary>
    [Benchmark]
    public double[] Engine()
    {
        LogisticFit.PredictLogOdds(_fits, _samples, _logOdds, OneThread);
        return _logOdds;
    }

    /// <inheritdoc/>
    internal override void RunEngine() => Engine();

    private protected override void Create()
    {
        _samples = KernelData.Rows(RowCount, Columns);
        _padded = KernelData.Padded(_samples);
        _logOdds = new double[FitCount * RowCount];
        using var fitted = KernelData.Rows(FittedRows, Columns, part: 1);
        _fits = [.. Enumerable.Range(0, FitCount).Select(part => LogisticRegression.Fit(fitted, Labels.From(KernelData.Labels(FittedRows, part)), new() { Compute = OneThread }))];
        _coefficients = Array.ConvertAll(_fits, static fit => fit.FeatureCoefficients.ToArray());
    }

    private protected override IEnumerable<(string Form, double[] Result)> Compute()
    {
        yield return (nameof(Scalar), [.. Scalar()]);
        yield return (nameof(TensorPrimitives), [.. TensorPrimitives()]);
        yield return (nameof(Engine), [.. Engine()]);
    }
}
