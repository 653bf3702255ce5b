using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Tensors = System.Numerics.Tensors.TensorPrimitives;

namespace Bench.Kernels;

/// <summary>The five nearest of 8,192 rows of 76 columns for 512 queries; the engine's index is built within the time.</summary>
public class NearestRows : KernelSuite
{
    private const int NeighborCount = 5;

    private readonly float[] _difference = new float[Columns];
    private float[] _distances = [];
    private long[] _indices = [];
    private SampleMatrix _reference = null!;
    private SampleMatrix _queries = null!;
    private float[] _rows = [];
    private float[] _searching = [];

    /// <summary>Gets or sets the distance.</summary>
    [Params(Metric.L2, Metric.L1)]
    public Metric Metric { get; set; }

    private protected int RowCount => 8_192 / SmallerBy;

    private protected virtual int QueryCount => 512 / SmallerBy;

    /// <inheritdoc/>
    internal override KernelWork Work => new(
        QueryCount,
        ((double)RowCount + QueryCount) * Columns * sizeof(float),
        (double)RowCount * QueryCount * Columns,
        Metric == Metric.L1 ? PeakOperation.AbsoluteDifferences : PeakOperation.MultiplyAdds);

    /// <summary>Sums of 76 float32 terms in different orders.</summary>
    private protected override double Tolerance => 1e-5;

    /// <summary>Ends the rows, and what was made of them.</summary>
    [GlobalCleanup]
    public void End() => Release();

    /// <summary>Every pair, number by number.</summary>
    [Benchmark(Baseline = true)]
    public float[] Scalar() => Metric == Metric.L1 ? Search<ScalarL1>() : Search<ScalarL2>();

    /// <summary>Every pair, one or two calls each.</summary>
    [Benchmark]
    public float[] TensorPrimitives() => Metric == Metric.L1 ? Search<TensorL1>() : Search<TensorL2>();

    /// <summary>The index of the engine.</summary>
    [Benchmark]
    public float[] Engine() => SearchIndex();

    /// <inheritdoc/>
    internal override void RunEngine() => Engine();

    private protected override void Create()
    {
        (_reference, _queries) = (MakeRows(RowCount, part: 0), MakeRows(QueryCount, part: 1));
        (_distances, _indices) = (new float[QueryCount * NeighborCount], new long[QueryCount * NeighborCount]);
        (_rows, _searching) = (KernelData.Padded(_reference), KernelData.Padded(_queries));
    }

    private protected override IEnumerable<(string Form, double[] Result)> Compute() =>
        [(nameof(Scalar), Widen(Scalar())), (nameof(TensorPrimitives), Widen(TensorPrimitives())), (nameof(Engine), Widen(Engine()))];

    /// <summary>Builds an index and searches it.</summary>
    private protected virtual float[] SearchIndex()
    {
        using var index = Build();
        return Search(index);
    }

    private protected virtual void Release()
    {
        _reference.Dispose();
        _queries.Dispose();
    }

    private protected virtual SampleMatrix MakeRows(int count, int part) => KernelData.Rows(count, Columns, part);

    private protected NearestNeighbors Build() => NearestNeighbors.Build(_reference, Metric, new NeighborIndexOptions { Compute = OneThread });

    private protected float[] Search(NearestNeighbors index)
    {
        index.Search(_queries, NeighborCount, _indices, _distances, new NeighborOptions { Compute = OneThread });
        return _distances;
    }

    private static double[] Widen(float[] values) => Array.ConvertAll(values, static value => (double)value);

    // A few long calls: optimized from the first, as in the other suites.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float[] Search<TDistance>()
        where TDistance : struct, IRowDistance
    {
        var stride = _reference.Stride;
        for (var query = 0; query < QueryCount; query++)
        {
            var searching = _searching.AsSpan(query * stride, Columns);
            var nearest = _distances.AsSpan(query * NeighborCount, NeighborCount);
            nearest.Fill(float.PositiveInfinity);
            for (var row = 0; row < RowCount; row++)
            {
                var distance = TDistance.Of(searching, _rows.AsSpan(row * stride, Columns), _difference);
                if (distance < nearest[^1])
                    Insert(nearest, distance);
            }
        }

        return _distances;
    }

    private static void Insert(Span<float> nearest, float distance)
    {
        var place = nearest.Length - 1;
        for (; place > 0 && nearest[place - 1] > distance; place--)
            nearest[place] = nearest[place - 1];
        nearest[place] = distance;
    }

    /// <summary>A distance between two rows; a type argument, so that no form pays for a call through a delegate.</summary>
    private interface IRowDistance
    {
        static abstract float Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> scratch);
    }

    private readonly struct ScalarL1 : IRowDistance
    {
        public static float Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> scratch)
        {
            var sum = 0f;
            for (var i = 0; i < x.Length; i++)
                sum += Math.Abs(x[i] - y[i]);
            return sum;
        }
    }

    private readonly struct ScalarL2 : IRowDistance
    {
        public static float Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> scratch)
        {
            var sum = 0f;
            for (var i = 0; i < x.Length; i++)
            {
                var difference = x[i] - y[i];
                sum += difference * difference;
            }

            return MathF.Sqrt(sum);
        }
    }

    private readonly struct TensorL1 : IRowDistance
    {
        public static float Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> scratch)
        {
            Tensors.Subtract(x, y, scratch);
            return Tensors.SumOfMagnitudes<float>(scratch);
        }
    }

    private readonly struct TensorL2 : IRowDistance
    {
        public static float Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> scratch) => Tensors.Distance(x, y);
    }
}
