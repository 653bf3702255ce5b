using Bench.Comparisons.Measurement;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Rivals;

/// <summary>What a rival is asked to do.</summary>
/// <param name="Files">The arrays.</param>
/// <param name="Metric">The distance.</param>
/// <param name="NeighborCount">k.</param>
/// <param name="Options">How often, on how many threads, for how long.</param>
internal sealed record RivalTask(ArrayFiles Files, Metric Metric, int NeighborCount, MeasureOptions Options)
{
    /// <summary>Gets the name of the metric in messages to other programs.</summary>
    public string MetricName => Metric == Metric.L1 ? "l1" : "l2";
}
