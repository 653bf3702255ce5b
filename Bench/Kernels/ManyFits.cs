using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Engine.Data;
using Engine.Logistic;
using Engine.Prognosis;
using Tensors = System.Numerics.Tensors.TensorPrimitives;

namespace Bench.Kernels;

/// <summary>Nine logistic regressions of 524,288 rows of 15 columns, the fewest whose gradients the engine sums in the same passes; they repeat class 1 rows of a group 1 to 9 times.</summary>
/// <remarks>The gradients of many models have no public entry of their own: whole fits are timed. The work that is counted is one pass with a Hessian and one gradient of each other model; fits need several.</remarks>
public class ManyFits : KernelSuite
{
    private const int FewColumns = 15;
    private const int Coefficients = FewColumns + 1;
    private const int Models = 9;
    private const int RowsPerMember = 5;

    /// <summary>Newton's method ends after a step of so few standard errors.</summary>
    private const double SmallestStep = 1e-8;

    private readonly double[] _wide = new double[Coefficients];
    private readonly double[] _gradient = new double[Coefficients];
    private readonly double[] _information = new double[Coefficients * Coefficients];
    private SampleMatrix _samples = null!;
    private float[] _padded = [];
    private Labels _labels = null!;
    private bool[] _group = [];
    private LogisticOptions[] _options = [];

    private int RowCount => 524_288 / SmallerBy;

    /// <inheritdoc/>
    internal override KernelWork Work => new(
        RowCount,
        2.0 * RowCount * FewColumns * sizeof(float),
        (double)RowCount * ((Models * 2 * Coefficients) + (Coefficients * (Coefficients + 1) / 2)),
        PeakOperation.DoubleMultiplyAdds);

    /// <summary>All fits end within 1e-8 standard errors of their optimum.</summary>
    private protected override double Tolerance => 1e-8;

    /// <summary>Numbers of a row, one by one or by calls; a type argument, so that no form pays for a call through a delegate.</summary>
    private interface ISpans
    {
        static abstract double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y);

        static abstract void AddScaled(ReadOnlySpan<double> x, double factor, Span<double> sums);
    }

    /// <summary>Ends the rows.</summary>
    [GlobalCleanup]
    public void End() => _samples.Dispose();

    /// <summary>Newton's method, one model after the other from the one before, number by number.</summary>
    [Benchmark(Baseline = true)]
    public double[][] Scalar() => FitAll<ScalarSpans>();

    /// <summary>The same by calls for the products of a row.</summary>
    [Benchmark]
    public double[][] TensorPrimitives() => FitAll<TensorSpans>();

    /// <summary>The engine, one fit after the other from the one before.</summary>
    [Benchmark]
    public double[][] OneByOne()
    {
        var fits = new double[Models][];
        for (var model = 0; model < Models; model++)
            fits[model] = [.. LogisticRegression.Fit(_samples, _labels, model == 0 ? _options[0] : _options[model] with { StartCoefficients = fits[model - 1] }).Coefficients];
        return fits;
    }

    /// <summary>The engine, gradients of all models in the same passes.</summary>
    [Benchmark]
    public double[][] Engine() => [.. LogisticRegression.FitMany(_samples, _labels, _options).Select(static fit => fit.Coefficients.ToArray())];

    /// <inheritdoc/>
    internal override void RunEngine() => Engine();

    private protected override void Create()
    {
        _samples = KernelData.Rows(RowCount, FewColumns);
        (_padded, _labels) = (KernelData.Padded(_samples), Labels.From(KernelData.Labels(RowCount)));
        _group = [.. Enumerable.Range(0, RowCount).Select(static row => row % RowsPerMember == 0)];
        var group = RowMask.From(RowCount, row => _group[row]);
        _options = [.. Enumerable.Range(1, Models).Select(units => new LogisticOptions { Plan = DoublePrioritized.Plan(_labels, group, units), Compute = OneThread })];
    }

    private protected override IEnumerable<(string Form, double[] Result)> Compute() =>
    [
        (nameof(Scalar), [.. Scalar().SelectMany(static fit => fit)]),
        (nameof(TensorPrimitives), [.. TensorPrimitives().SelectMany(static fit => fit)]),
        (nameof(OneByOne), [.. OneByOne().SelectMany(static fit => fit)]),
        (nameof(Engine), [.. Engine().SelectMany(static fit => fit)]),
    ];

    private double[][] FitAll<TSpans>()
        where TSpans : struct, ISpans
    {
        var fits = new double[Models][];
        var coefficients = new double[Coefficients];
        for (var model = 0; model < Models; model++)
        {
            double[] step;
            do
            {
                Pass<TSpans>(coefficients, units: model + 1);
                step = Solve();
                Tensors.Add(coefficients, step, coefficients);
            }
            while (Math.Sqrt(Tensors.Dot<double>(step, _gradient)) > SmallestStep);
            fits[model] = [.. coefficients];
        }

        return fits;
    }

    // The intercept is coefficient 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass<TSpans>(double[] coefficients, int units)
        where TSpans : struct, ISpans
    {
        Array.Clear(_gradient);
        Array.Clear(_information);
        var wide = _wide.AsSpan();
        var labels = _labels.Values;
        wide[0] = 1;
        for (var row = 0; row < RowCount; row++)
        {
            Tensors.ConvertChecked(_padded.AsSpan(row * _samples.Stride, FewColumns), wide[1..]);
            var weight = labels[row] == 1 && _group[row] ? units : 1.0;
            var probability = 1 / (1 + Math.Exp(-TSpans.Dot(coefficients, wide)));
            TSpans.AddScaled(wide, weight * (labels[row] - probability), _gradient);
            var curvature = weight * probability * (1 - probability);
            for (var i = 0; i < wide.Length; i++)
                TSpans.AddScaled(wide[..(i + 1)], curvature * wide[i], _information.AsSpan(i * Coefficients, i + 1));
        }
    }

    /// <summary>Solves for Newton's step by Cholesky's factors, which take the place of the information.</summary>
    private double[] Solve()
    {
        var (factor, step) = (_information, (double[])_gradient.Clone());
        for (var i = 0; i < Coefficients; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = factor[(i * Coefficients) + j] - Tensors.Dot<double>(factor.AsSpan(i * Coefficients, j), factor.AsSpan(j * Coefficients, j));
                factor[(i * Coefficients) + j] = i == j ? Math.Sqrt(rest) : rest / factor[(j * Coefficients) + j];
            }

            step[i] = (step[i] - Tensors.Dot<double>(factor.AsSpan(i * Coefficients, i), step.AsSpan(0, i))) / factor[(i * Coefficients) + i];
        }

        for (var i = Coefficients - 1; i >= 0; i--)
        {
            step[i] /= factor[(i * Coefficients) + i];
            for (var j = 0; j < i; j++)
                step[j] -= factor[(i * Coefficients) + j] * step[i];
        }

        return step;
    }

    private readonly struct ScalarSpans : ISpans
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            var sum = 0.0;
            for (var i = 0; i < x.Length; i++)
                sum += x[i] * y[i];
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void AddScaled(ReadOnlySpan<double> x, double factor, Span<double> sums)
        {
            for (var i = 0; i < x.Length; i++)
                sums[i] += factor * x[i];
        }
    }

    private readonly struct TensorSpans : ISpans
    {
        public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Tensors.Dot(x, y);

        public static void AddScaled(ReadOnlySpan<double> x, double factor, Span<double> sums) => Tensors.MultiplyAdd(x, factor, sums, sums);
    }
}
