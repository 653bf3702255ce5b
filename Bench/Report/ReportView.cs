using Bench.Cohorts;
using Bench.Studies;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Report;

/// <summary>What a reader looks at first: one split, everyone and the prioritized group.</summary>
internal sealed class ReportView
{
    private readonly MainJobResult _result;

    /// <summary>Chooses what to show of a result.</summary>
    public ReportView(MainJobResult result)
    {
        _result = result;
        // A cohort without test rows can still be judged on validation rows; the split is named wherever numbers are shown.
        var judged = result.Methods.SelectMany(method => method.Tables.Keys).Distinct().ToArray();
        Split = judged.Contains(CohortSplit.Test) ? CohortSplit.Test : CohortSplit.Validation;
        Methods = [.. result.Methods.Where(method => method.Tables.ContainsKey(Split))];
        Groups = Methods.Count == 0 ? [] : [.. Methods[0].Tables[Split].Rows.Where(row => row.Metrics.RowCount > 0).Select(row => row.Group)];
        Prioritized = Find(result.Cohort.Groups.Names, result.PrioritizedGroup ?? result.Options.Group);
        Focus = [.. new[] { Find(Groups, Prioritized), Find(Groups, Cohort.Everyone) }.OfType<string>()];
    }

    /// <summary>Gets the split that is shown: test, or validation when there are no test rows.</summary>
    public CohortSplit Split { get; }

    /// <summary>Gets the methods that were judged on it.</summary>
    public IReadOnlyList<MethodResult> Methods { get; }

    /// <summary>Gets the groups that have rows in it, in the order of the cohort.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>Gets the group that DP served or was asked to serve, as the cohort spells it; null when there is none.</summary>
    public string? Prioritized { get; }

    /// <summary>Gets the groups of the first pictures, those that have rows: the prioritized one, then everyone.</summary>
    public IReadOnlyList<string> Focus { get; }

    /// <summary>Gets the split whose representation is shown: the rows that models are fitted on, where there are any.</summary>
    public CohortSplit? RepresentationSplit => _result.Bias.Count == 0 ? null : _result.Bias.Keys.Min();

    /// <summary>Gets the model that every method trained.</summary>
    public StudyModel Model => _result.Model;

    /// <summary>Gets what is counted where rows of one patient belong together, in the plural.</summary>
    public string StayNoun => _result.StayNoun;

    /// <summary>Returns the name of a method for readers.</summary>
    public string TitleOf(MethodResult method) => TitleOf(method.Method);

    /// <summary>Returns the name of a method for readers.</summary>
    public string TitleOf(string method) => ResamplingMethod.TitleOf(method, _result.UnitSearch?.ChosenUnits);

    /// <summary>Returns how many rows and stays a group has in the split.</summary>
    public BiasRow CountsOf(string group) => _result.Bias[Split].First(row => row.Group == group);

    /// <summary>Returns a metric of a method for a group; null where it says nothing: see <see cref="JudgedMetric"/>.</summary>
    public double? ValueOf(MethodResult method, string group, ScoreMetric metric) => JudgedMetric.ForReaders(MetricsOf(method, group), metric);

    /// <summary>Returns the interval of a metric; null where there is none, or the metric says nothing.</summary>
    public MetricInterval? IntervalOf(MethodResult method, string group, ScoreMetric metric) =>
        Split == CohortSplit.Test && ValueOf(method, group, metric).HasValue ? Find(method.Intervals, group)?[metric] : null;

    /// <summary>Returns the interval of a metric less that of no resampling; null where there is none.</summary>
    public MetricInterval? DifferenceOf(MethodResult method, string group, ScoreMetric metric) =>
        Split == CohortSplit.Test ? Find(method.Differences, group)?[metric] : null;

    /// <summary>Returns the metrics of a method for a group.</summary>
    public MetricSet MetricsOf(MethodResult method, string group) => method.Tables[Split][group];

    private static BootstrapTable? Find(IReadOnlyList<SubgroupIntervals> intervals, string group) => intervals.FirstOrDefault(one => one.Group == group)?.Table;

    // A group asked for on the command line may differ in case from the cohort's name.
    private static string? Find(IReadOnlyList<string> groups, string? name) => groups.FirstOrDefault(group => string.Equals(group, name, StringComparison.OrdinalIgnoreCase));
}
