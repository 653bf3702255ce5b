using Bench.Cohorts.Parquet;
using Engine.Collectives;
using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Resampling;

namespace Bench.Ranks;

/// <summary>Works on one table that is divided among ranks.</summary>
/// <param name="collective">The ranks; one alone works on the table as it is.</param>
/// <param name="compute">How each rank uses its machine; with a memory limit the table stays in its file, and every pass reads it.</param>
/// <param name="repeats">How often each work is done; its time is the median.</param>
internal sealed class RankedWork(MeasuredCollective collective, ComputeOptions compute, int repeats)
{
    private const ulong SmoteSeed = 7;
    private const int RowsPerCluster = 48;

    private readonly DigestedWork _works = new(collective, repeats, hasLimit: compute.MemoryLimit is not null);

    /// <summary>Does what the files allow.</summary>
    /// <param name="table">Rows of float32, .npy.</param>
    /// <param name="labels">One byte a row, 0 or 1, .npy; null for no fit and no SMOTE.</param>
    /// <param name="queries">Rows to search neighbors of, .npy; null for no search.</param>
    /// <param name="neighborCount">k.</param>
    /// <param name="withNetworks">Whether networks are trained as well.</param>
    public void Run(string table, string? labels, string? queries, int neighborCount, bool withNetworks)
    {
        using var mapped = ParquetInput.IsParquet(table) ? ParquetSamples.Map(table, cancellation: compute.CancellationToken) : SampleMatrix.Map(table);
        var divided = collective.Size == 1 ? mapped : mapped.DivideAmongRanks(collective);
        using var samples = StaysInFile ? divided : divided.Copy();
        using var use = new ProcessUse();
        _works.Say($"{samples.RowCount:N0} rows of {samples.FeatureCount:N0} columns");
        var scaler = _works.Do("scaler", () => FeatureScaler.Fit(samples, compute.CancellationToken), static scaler => [.. DigestedWork.Bytes(scaler.Means), .. DigestedWork.Bytes(scaler.Deviations)]);
        var classes = labels is null ? null : Labels.From(NpyFile.Read<byte>(labels).Values);
        if (classes is not null)
            DoWithLabels(samples, classes);
        if (queries is not null)
            DoWithQueries(samples, queries, neighborCount);
        if (withNetworks && classes is not null)
            new RankedNetworks(_works, compute).Run(StaysInFile ? scaler.Transform(samples) : scaler.Transform(samples).Copy(), classes);
        if (StaysInFile)
            _works.Say($"at most {use.PeakMemory:N0} bytes of memory, without pages of the file");
    }

    private bool StaysInFile => compute.MemoryLimit is not null;

    /// <summary>Value by value: what lies between them in memory is anything.</summary>
    private static IEnumerable<byte[]> PartsOf(ResamplingPlan plan) =>
        DigestedWork.PartsOf(plan.Synthetic.Length, i => plan.Synthetic[i].Row)
            .Concat(DigestedWork.PartsOf(plan.Synthetic.Length, i => plan.Synthetic[i].Neighbor))
            .Concat(DigestedWork.PartsOf(plan.Synthetic.Length, i => plan.Synthetic[i].Factor));

    private void DoWithLabels(SampleMatrix samples, Labels labels)
    {
        var fit = _works.Do("fit", () => LogisticRegression.Fit(samples, labels, new() { Compute = compute }), static fit => [.. DigestedWork.Bytes(fit.Coefficients), .. DigestedWork.Bytes<double>([fit.LogLikelihood])]);
        _works.Say($"  {fit.Status} after {fit.Iterations} iterations");
        _works.DoInParts("log odds", () => LogOddsOf(fit, samples), static logOdds => DigestedWork.PartsOf(logOdds.Length, i => logOdds[i]));
        _works.Do("robust errors, clusters of 48", () => RobustErrorsOf(fit, samples, labels), static errors => DigestedWork.Bytes<double>(errors));
        _works.Do("metrics of two groups", () => MetricsOf(fit, samples, labels), BytesOf);
        _works.DoInParts("SMOTE plan", () => new Smote { Seed = SmoteSeed }.Plan(new LabeledSamples(labels, samples), compute), PartsOf);
    }

    private static byte[] BytesOf(SubgroupTable table) =>
        DigestedWork.Bytes<double>([.. table.Rows.SelectMany(static row => Enum.GetValues<ScoreMetric>().Select(metric => row.Metrics?[metric] ?? double.NaN))]);

    private void DoWithQueries(SampleMatrix samples, string queries, int neighborCount)
    {
        using var searching = SampleMatrix.Map(queries);
        using var search = NearestNeighbors.Build(samples, Metric.L2, new() { Compute = compute });
        _works.Do($"{neighborCount} nearest of {searching.RowCount:N0} rows", () => search.Search(searching, neighborCount, new() { Compute = compute }), static table => [.. DigestedWork.Bytes(table.Indices.Span), .. DigestedWork.Bytes(table.Distances.Span)]);
    }

    private SubgroupTable MetricsOf(LogisticFit fit, SampleMatrix samples, Labels labels)
    {
        var probabilities = new double[samples.RowCount];
        fit.PredictProbability(samples, probabilities, compute);
        var groups = new Subgroups(labels.Count);
        groups.Add("every third", RowMask.From(labels.Count, static row => row % 3 == 0));
        groups.Add("others", RowMask.From(labels.Count, static row => row % 3 != 0));
        return SubgroupMetrics.Compute<double>(probabilities, labels, groups, maxThreadCount: compute.MaxDegreeOfParallelism);
    }

    private double[] RobustErrorsOf(LogisticFit fit, SampleMatrix samples, Labels labels)
    {
        var clusters = Enumerable.Range(0, labels.Count).Select(static row => row / RowsPerCluster).ToArray();
        var errors = fit.RobustErrors(samples, labels, new() { Clusters = clusters }, new() { Compute = compute });
        return [.. Enumerable.Range(0, fit.Coefficients.Length).Select(errors.StandardErrorOf)];
    }

    private double[] LogOddsOf(LogisticFit fit, SampleMatrix samples)
    {
        var logOdds = new double[samples.RowCount];
        fit.PredictLogOdds(samples, logOdds, compute);
        return logOdds;
    }
}
