using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Engine.Compute;
using Tensors = System.Numerics.Tensors.TensorPrimitives;

namespace Bench.Kernels;

/// <summary>Synthetic rows between two parents: 131,072 rows of 76 columns, 126 MB with their parents.</summary>
public class Interpolation : KernelSuite
{
    private float[] _rows = [];
    private float[] _neighbors = [];
    private float[] _factors = [];
    private float[] _made = [];
    private int _stride;

    private int RowCount => 131_072 / SmallerBy;

    /// <inheritdoc/>
    internal override KernelWork Work => new(RowCount, 3.0 * RowCount * Columns * sizeof(float), (double)RowCount * Columns, PeakOperation.MultiplyAdds);

    /// <summary>The same bits: subtract, multiply and add round one by one in all forms.</summary>
    private protected override double Tolerance => 0;

    /// <summary>Number by number.</summary>
    [Benchmark(Baseline = true)]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float[] Scalar()
    {
        for (var row = 0; row < RowCount; row++)
        {
            var factor = _factors[row];
            var start = _rows.AsSpan(row * _stride, _stride);
            var neighbor = _neighbors.AsSpan(row * _stride, _stride);
            var made = _made.AsSpan(row * _stride, _stride);
            for (var i = 0; i < made.Length; i++)
                made[i] = start[i] + (factor * (neighbor[i] - start[i]));
        }

        return _made;
    }

    /// <summary>Three calls a row: there is no single one that rounds the same way.</summary>
    [Benchmark]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float[] TensorPrimitives()
    {
        for (var row = 0; row < RowCount; row++)
        {
            var start = _rows.AsSpan(row * _stride, _stride);
            var made = _made.AsSpan(row * _stride, _stride);
            Tensors.Subtract(_neighbors.AsSpan(row * _stride, _stride), start, made);
            Tensors.Multiply(made, _factors[row], made);
            Tensors.Add(made, start, made);
        }

        return _made;
    }

    /// <summary>The kernel of the engine.</summary>
    [Benchmark]
    public float[] Engine()
    {
        SimdBackend.Instance.Interpolate(_rows, _neighbors, _factors, _stride, _made);
        return _made;
    }

    /// <inheritdoc/>
    internal override void RunEngine() => Engine();

    private protected override void Create()
    {
        var rows = KernelData.Rows(RowCount, Columns);
        _stride = rows.Stride;
        (_rows, _neighbors, _factors) = (KernelData.Padded(rows), KernelData.Padded(KernelData.Rows(RowCount, Columns, part: 1)), KernelData.Uniform(RowCount));
        _made = new float[_rows.Length];
    }

    private protected override IEnumerable<(string Form, double[] Result)> Compute() =>
        [(nameof(Scalar), Widen(Scalar())), (nameof(TensorPrimitives), Widen(TensorPrimitives())), (nameof(Engine), Widen(Engine()))];

    private static double[] Widen(float[] values) => Array.ConvertAll(values, static value => (double)value);
}
