using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Engine.Data;
using Engine.Metrics;
using Engine.Numerics;

namespace Bench.Comparisons.Prognosis;

/// <summary>Every metric of everyone and 14 groups, from scores that the model of <see cref="GeneratedRows"/> might give.</summary>
internal sealed class SubgroupMetricsWork : PreparedWork
{
    private const int GroupCount = 15;
    private const int ScoreColumns = 4;
    private const ulong FirstGroupStream = 100;
    private const double LargestGroup = 0.6;
    private const double GroupFactor = 0.75;
    private const double RivalTolerance = 1e-9;

    /// <summary>Enough for every group to have both classes.</summary>
    private const int WarmUpRows = 4_000;

    /// <summary>What other libraries are asked for, in this order.</summary>
    private static readonly ScoreMetric[] s_compared =
    [
        ScoreMetric.Auroc, ScoreMetric.AveragePrecisionC1, ScoreMetric.BalancedAccuracy, ScoreMetric.PrecisionC0, ScoreMetric.PrecisionC1, ScoreMetric.RecallC0,
        ScoreMetric.RecallC1, ScoreMetric.F1C0, ScoreMetric.F1C1,
    ];

    private readonly float[] _scores;
    private readonly Labels _labels;
    private readonly Subgroups _groups;
    private SubgroupTable? _table;

    /// <summary>Generates scores and groups.</summary>
    public SubgroupMetricsWork(int rowCount, WorkContext context)
    {
        (var samples, _labels) = GeneratedRows.Make(rowCount, ScoreColumns, context);
        _scores = new float[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            var sum = 0f;
            foreach (var value in samples.GetWritableRow(row))
                sum += value;
            _scores[row] = (float)PortableMath.Logistic(sum);
        }

        _groups = new Subgroups(rowCount);
        _groups.Add("all", RowMask.All(rowCount));
        for (var group = 1; group < GroupCount; group++)
        {
            var share = LargestGroup * Math.Pow(GroupFactor, group - 1);
            var random = new RandomStream(CohortShelf.Seed, FirstGroupStream + (ulong)group);
            _groups.Add($"group {group}", RowMask.From(rowCount, row => random.UniformDouble((ulong)row) < share));
        }
    }

    /// <inheritdoc/>
    public override long RowCount => _scores.Length;

    /// <inheritdoc/>
    public override int FeatureCount => 1;

    /// <inheritdoc/>
    public override long DataBytes => (long)_scores.Length * (sizeof(float) + sizeof(byte));

    /// <inheritdoc/>
    public override PreparedWork MakeSmall(WorkContext context) => new SubgroupMetricsWork(Math.Min(_scores.Length, WarmUpRows), context);

    /// <summary>Gets the metrics of everyone.</summary>
    private double[] Found => [.. s_compared.Select(metric => _table!.Rows[0].Metrics[metric]!.Value)];

    /// <inheritdoc/>
    public override void Run(WorkContext context, PhaseClock clock) => _table = SubgroupMetrics.Compute(_scores, _labels, _groups, maxThreadCount: context.Threads);

    /// <summary>Compares the smallest group with its rows alone.</summary>
    public override IEnumerable<CheckResult> Check(WorkContext context)
    {
        var group = _groups.Names[^1];
        var rows = _groups[group].ToRows();
        var alone = MetricSet.Compute([.. rows.Select(row => _scores[row])], _labels.Select(rows));
        var difference = s_compared.Cast<ScoreMetric?>().FirstOrDefault(metric => alone[metric!.Value] != _table![group][metric.Value]);
        return [CheckResult.Of("metrics of the smallest group beside its rows alone", rows.Length, difference is { } metric ? $"{metric} differs" : null)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> WriteTask(string folder)
    {
        NpyFile.Write(Path.Combine(folder, "scores.npy"), SampleMatrix.Wrap(_scores, _scores.Length, 1));
        NpyFile.Write(Path.Combine(folder, "labels.npy"), _labels.Values);
        return SameNumbers.WriteTask("metrics", folder, Found, RivalTolerance);
    }

    /// <inheritdoc/>
    public override Agreement Compare(string rival, string answer, WorkContext context) => SameNumbers.Check(rival, Found, answer, RivalTolerance);
}
