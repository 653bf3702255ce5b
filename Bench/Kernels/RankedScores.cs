using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Engine.Data;
using Engine.Metrics;

namespace Bench.Kernels;

/// <summary>The AUROC of 60,000 scores, few enough for one thread: a sort and a walk. The engine computes its other metrics with it; TensorPrimitives has no sort.</summary>
public class RankedScores : KernelSuite
{
    private float[] _sorted = [];
    private byte[] _classes = [];
    private float[] _scores = [];
    private Labels _labels = null!;

    private int RowCount => 60_000 / SmallerBy;

    /// <inheritdoc/>
    internal override KernelWork Work => new(RowCount, (double)RowCount * (sizeof(float) + sizeof(byte)), 0, PeakOperation.None);

    /// <inheritdoc/>
    private protected override double Tolerance => 1e-12;

    /// <summary>The sort of .NET on copies of scores and labels; equal scores count by half.</summary>
    [Benchmark(Baseline = true)]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Scalar()
    {
        _scores.CopyTo(_sorted.AsSpan());
        _labels.Values.CopyTo(_classes);
        Array.Sort(_sorted, _classes);
        var (sorted, classes) = (_sorted, _classes);
        var (below, halves) = (0L, 0L);
        for (var first = 0; first < RowCount;)
        {
            var (end, positives) = (first, 0L);
            for (; end < RowCount && sorted[end] == sorted[first]; end++)
                positives += classes[end];
            var negatives = end - first - positives;
            halves += positives * ((2 * below) + negatives);
            below += negatives;
            first = end;
        }

        return halves / (2.0 * _labels.PositiveCount * _labels.NegativeCount);
    }

    /// <summary>All metrics of the engine.</summary>
    [Benchmark]
    public double Engine() => MetricSet.Compute<float>(_scores, _labels).Require(ScoreMetric.Auroc);

    /// <inheritdoc/>
    internal override void RunEngine() => Engine();

    private protected override void Create()
    {
        (_scores, _labels) = (KernelData.Uniform(RowCount), Labels.From(KernelData.Labels(RowCount)));
        (_sorted, _classes) = (new float[RowCount], new byte[RowCount]);
    }

    private protected override IEnumerable<(string Form, double[] Result)> Compute() => [(nameof(Scalar), [Scalar()]), (nameof(Engine), [Engine()])];
}
