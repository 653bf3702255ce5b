using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Engine.Compute;
using Engine.Data;
using Tensors = System.Numerics.Tensors.TensorPrimitives;

namespace Bench.Kernels;

/// <summary>One pass of a logistic regression: log-likelihood and gradient, with the Hessian or without, over 100,000 rows of 76 columns and an intercept.</summary>
public class FitPass : KernelSuite
{
    private const int Coefficients = Columns + 1;

    private readonly double[] _wide = new double[Coefficients];
    private SampleMatrix _samples = null!;
    private float[] _padded = [];
    private byte[] _labels = [];
    private double[] _coefficients = [];
    private NormalEquations _sums = null!;
    private IFitRows _rows = null!;

    /// <summary>Gets or sets whether the Hessian is summed too.</summary>
    [Params(false, true)]
    public bool Hessian { get; set; }

    private int RowCount => 100_000 / SmallerBy;

    /// <inheritdoc/>
    internal override KernelWork Work => new(
        RowCount,
        (double)RowCount * Columns * sizeof(float),
        (double)RowCount * ((2 * Coefficients) + (Hessian ? Coefficients * (Coefficients + 1) / 2 : 0)),
        PeakOperation.DoubleMultiplyAdds);

    /// <inheritdoc/>
    private protected override double Tolerance => 1e-9;

    /// <summary>Ends the engine's rows.</summary>
    [GlobalCleanup]
    public void End()
    {
        _rows.Dispose();
        _samples.Dispose();
    }

    /// <summary>Number by number.</summary>
    [Benchmark(Baseline = true)]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Scalar()
    {
        _sums.Clear();
        var coefficients = _coefficients.AsSpan();
        var gradient = _sums.Gradient.AsSpan();
        for (var row = 0; row < RowCount; row++)
        {
            Widen(row);
            var wide = _wide.AsSpan();
            var predictor = 0.0;
            for (var i = 0; i < wide.Length; i++)
                predictor += coefficients[i] * wide[i];
            var (residual, curvature) = AddLikelihood(row, predictor);
            for (var i = 0; i < wide.Length; i++)
                gradient[i] += residual * wide[i];
            if (!Hessian)
                continue;
            for (var i = 0; i < wide.Length; i++)
            {
                var weighted = curvature * wide[i];
                var sums = _sums.Hessian.AsSpan(i * _sums.Stride, i + 1);
                for (var j = 0; j < sums.Length; j++)
                    sums[j] += weighted * wide[j];
            }
        }

        return _sums.LogLikelihood;
    }

    /// <summary>A dot product, then a call for the gradient and one for each row of the Hessian.</summary>
    [Benchmark]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double TensorPrimitives()
    {
        _sums.Clear();
        var gradient = _sums.Gradient.AsSpan(0, Coefficients);
        for (var row = 0; row < RowCount; row++)
        {
            Widen(row);
            var (residual, curvature) = AddLikelihood(row, Tensors.Dot<double>(_coefficients, _wide));
            Tensors.MultiplyAdd(_wide, residual, gradient, gradient);
            if (!Hessian)
                continue;
            for (var i = 0; i < Coefficients; i++)
            {
                var sums = _sums.Hessian.AsSpan(i * _sums.Stride, i + 1);
                Tensors.MultiplyAdd(_wide.AsSpan(0, i + 1), curvature * _wide[i], sums, sums);
            }
        }

        return _sums.LogLikelihood;
    }

    /// <summary>The kernel of the engine.</summary>
    [Benchmark]
    public double Engine()
    {
        _sums.Clear();
        _rows.Accumulate(_coefficients, _sums);
        return _sums.LogLikelihood;
    }

    /// <inheritdoc/>
    internal override void RunEngine() => Engine();

    private protected override void Create()
    {
        _samples = KernelData.Rows(RowCount, Columns);
        (_padded, _labels, _coefficients) = (KernelData.Padded(_samples), KernelData.Labels(RowCount), KernelData.Coefficients(Coefficients));
        _sums = new NormalEquations(Coefficients, Hessian);
        _rows = SimdBackend.Instance.PrepareFit(new FitRequest(_samples, _labels), OneThread);
    }

    private protected override IEnumerable<(string Form, double[] Result)> Compute()
    {
        Scalar();
        yield return (nameof(Scalar), Sums());
        TensorPrimitives();
        yield return (nameof(TensorPrimitives), Sums());
        Engine();
        yield return (nameof(Engine), Sums());
    }

    private double[] Sums()
    {
        var hessian = Enumerable.Range(0, Hessian ? Coefficients : 0).SelectMany(i => _sums.Hessian.AsSpan(i * _sums.Stride, i + 1).ToArray());
        return [_sums.LogLikelihood, .. _sums.Gradient.AsSpan(0, Coefficients), .. hessian];
    }

    private void Widen(int row)
    {
        Tensors.ConvertChecked<float, double>(_padded.AsSpan(row * _samples.Stride, Columns), _wide);
        _wide[Columns] = 1;
    }

    /// <summary>Adds a row's term of the log-likelihood.</summary>
    /// <returns>What the gradient and the Hessian weigh it by.</returns>
    private (double Residual, double Curvature) AddLikelihood(int row, double predictor)
    {
        var odds = Math.Exp(-Math.Abs(predictor));
        var probability = predictor >= 0 ? 1 / (1 + odds) : odds / (1 + odds);
        _sums.LogLikelihood += (_labels[row] * predictor) - Math.Max(predictor, 0) - Math.Log(1 + odds);
        return (_labels[row] - probability, probability * (1 - probability));
    }
}
