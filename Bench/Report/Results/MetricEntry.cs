using Bench.Studies;
using Bench.Studies.MainJob;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Report.Results;

/// <summary>The metrics of one method for one group of one split.</summary>
internal sealed record MetricEntry : MetricFields
{
    private MetricEntry(MetricSet metrics, BiasRow counts)
        : base(metrics, counts, metric => JudgedMetric.Of(metrics, metric))
    {
    }

    /// <summary>Gets the resampling method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the group.</summary>
    public required string Group { get; init; }

    /// <summary>Gets the split, "validation" or "test".</summary>
    public required string Split { get; init; }

    /// <summary>Lists every method, split and group.</summary>
    public static IEnumerable<MetricEntry> ListOf(MainJobResult result) =>
        from method in result.Methods
        from table in method.Tables.OrderBy(table => table.Key)
        from row in table.Value.Rows.Zip(result.Bias[table.Key])
        select new MetricEntry(row.First.Metrics, row.Second)
        {
            Method = method.Method,
            Model = result.Model.Kind.Name,
            Group = row.First.Group,
            Split = SplitName.Of(table.Key),
        };
}
