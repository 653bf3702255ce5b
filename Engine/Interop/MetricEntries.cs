using System.Runtime.InteropServices;
using Engine.Diagnostics;
using Engine.Metrics;

namespace Engine.Interop;

/// <summary>Entry points of the metrics.</summary>
internal static unsafe class MetricEntries
{
    private const int CountsOfGroup = 6;

    /// <summary>Computes every metric of every group.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="scores">n scores.</param>
    /// <param name="labels">n bytes, 0 or 1.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="masks">Groups x n bytes.</param>
    /// <param name="groupCount">The number of groups.</param>
    /// <param name="threshold">The score from which class 1 is predicted.</param>
    /// <param name="metricCount">The number of metrics that the caller knows: that of <see cref="ScoreMetric"/>, or it was made for another version.</param>
    /// <param name="values">Receives groups x metrics, in the order of <see cref="ScoreMetric"/>; NaN, which no metric is, where there is none.</param>
    /// <param name="counts">Receives groups x (rows, rows of class 1, true positives, false positives, false negatives, true negatives).</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int Subgroups(
        NativeCall* call, double* scores, byte* labels, long rowCount, byte* masks, int groupCount, double threshold, int metricCount, double* values, long* counts) =>
        NativeCall.Run(call, compute =>
        {
            var metrics = Enum.GetValues<ScoreMetric>();
            if (metricCount != metrics.Length)
                Throw.ArgumentOutOfRange(nameof(metricCount), metricCount, $"{metrics.Length} metrics, which this engine has; use the Python package that came with it");
            var table = SubgroupMetrics.Compute<double>(
                NativeArrays.SpanOf(scores, rowCount),
                NativeArrays.LabelsOf(labels, rowCount),
                NativeArrays.GroupsOf(masks, groupCount, rowCount),
                threshold,
                maxThreadCount: compute.MaxDegreeOfParallelism);
            foreach (var (group, row) in table.Rows.Index())
            {
                for (var i = 0; i < metrics.Length; i++)
                    values[(group * metrics.Length) + i] = row.Metrics[metrics[i]] ?? double.NaN;
                var confusion = row.Metrics.Confusion;
                ReadOnlySpan<long> all =
                [
                    row.Metrics.RowCount, row.Metrics.PositiveCount, confusion.TruePositives, confusion.FalsePositives, confusion.FalseNegatives, confusion.TrueNegatives,
                ];
                all.CopyTo(new Span<long>(counts + (group * CountsOfGroup), CountsOfGroup));
            }
        });
}
