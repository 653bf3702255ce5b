using System.Globalization;
using Bench.Studies;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Metrics;

namespace Bench.Report;

/// <summary>Says in a few sentences how DP served its group, better or worse, and no more than the intervals allow.</summary>
internal sealed class Headline
{
    private readonly ReportView _view;
    private readonly string _group;
    private readonly MethodResult _without;
    private readonly MethodResult _prioritized;

    private Headline(ReportView view, string group, MethodResult without, MethodResult prioritized) =>
        (_view, _group, _without, _prioritized) = (view, group, without, prioritized);

    /// <summary>Writes the sentences; none unless both DP and no resampling were judged on the group.</summary>
    public static IReadOnlyList<string> Of(ReportView view)
    {
        var without = view.Methods.FirstOrDefault(method => method.Method == ResamplingMethod.None);
        var prioritized = view.Methods.FirstOrDefault(method => method.Method == ResamplingMethod.DoublePrioritized);
        return without is null || prioritized is null || view.Prioritized is not { } group || !view.Groups.Contains(group)
            ? []
            : new Headline(view, group, without, prioritized).Write();
    }

    private List<string> Write()
    {
        var counts = _view.CountsOf(_group);
        var sentences = new List<string>
        {
            $"{GroupName.TitleOf(_group)}: {counts.PositiveClusterCount:N0} of {counts.ClusterCount:N0} {_view.StayNoun} of the {SplitName.Of(_view.Split)} rows have C1"
                + (counts.ClusterCount == counts.RowCount ? "." : $" ({counts.PositiveCount:N0} of {counts.RowCount:N0} rows)."),
        };
        if (!JudgedMetric.HasBothClasses(_view.MetricsOf(_without, _group)))
        {
            sentences.Add("Without rows of both classes nothing can be said of how well it is served.");
            return sentences;
        }

        sentences.Add($"{_view.TitleOf(_prioritized)} finds {Value(_prioritized, ScoreMetric.RecallC1)} of its C1 rows, {Lower(_view.TitleOf(_without))} {Value(_without, ScoreMetric.RecallC1)}{Verdict(ScoreMetric.RecallC1)}.");
        sentences.Add($"Its precision of C1 is {Value(_prioritized, ScoreMetric.PrecisionC1)}, {Lower(_view.TitleOf(_without))} {Value(_without, ScoreMetric.PrecisionC1)}{Verdict(ScoreMetric.PrecisionC1)}.");
        if (BestOther() is { } other)
        {
            sentences.Add($"Of the other methods, {_view.TitleOf(other)} has the highest balanced accuracy here, {Value(other, ScoreMetric.BalancedAccuracy)} against {Value(_prioritized, ScoreMetric.BalancedAccuracy)} of DP: "
                + $"it finds {Value(other, ScoreMetric.RecallC1)} with a precision of {Value(other, ScoreMetric.PrecisionC1)}.");
        }

        sentences.Add($"In brackets: 95 % intervals of {MethodIntervals.ReplicateCount:N0} draws of whole {_view.StayNoun}.");
        return sentences;
    }

    private MethodResult? BestOther() => _view.Methods
        .Where(method => method != _prioritized && method != _without && _view.ValueOf(method, _group, ScoreMetric.BalancedAccuracy).HasValue)
        .MaxBy(method => _view.ValueOf(method, _group, ScoreMetric.BalancedAccuracy));

    private string Value(MethodResult method, ScoreMetric metric) => _view.ValueOf(method, _group, metric) is { } value
        ? _view.IntervalOf(method, _group, metric) is { } interval ? $"{Text(value)} [{Text(interval.Lower)}, {Text(interval.Upper)}]" : Text(value)
        : "undefined (nothing is predicted C1)";

    private string Verdict(ScoreMetric metric)
    {
        if (_view.ValueOf(_prioritized, _group, metric) is null || _view.ValueOf(_without, _group, metric) is null || _view.DifferenceOf(_prioritized, _group, metric) is not { } difference)
            return string.Empty;
        var range = $"{Signed(difference.Estimate)} [{Signed(difference.Lower)}, {Signed(difference.Upper)}]";
        return difference.Lower > 0 ? $": more, by {range}"
            : difference.Upper < 0 ? $": less, by {range}"
            : $"; the difference of {range} may be chance";
    }

    private static string Lower(string title) => char.ToLowerInvariant(title[0]) + title[1..];

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
