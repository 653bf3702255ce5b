using Bench.Comparisons.Checks;
using Bench.Studies.Equity;

namespace Bench.Comparisons.Equity;

/// <summary>Compares the scores of another library with the engine's.</summary>
/// <remarks>
/// <para>Arms without made rows are the same models of the same rows on both sides: every score of every repeat agrees to <see cref="Tolerance"/>. <b>Ties</b>: the engine
/// standardizes to float32, so that two judged rows whose log odds differ by less than that rounds may change places; of a minority of some thousand rows one such pair is more than
/// the tolerance. One score in <see cref="ScoresPerTie"/> may differ by up to <see cref="TieTolerance"/>.</para>
/// <para>Rows are made by each side in its own way, so of arms with made rows the means over n repeats agree, to 1 + 2 / sqrt(n) deviations of the score over the engine's repeats (root
/// mean square of its arms): one for the way, two standard errors for the draws.</para>
/// </remarks>
internal static class SameScores
{
    /// <summary>How far scores of arms without made rows may be apart.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>How far they may be apart where rows change places.</summary>
    public const double TieTolerance = 1e-5;

    /// <summary>How many scores there are at least for each where rows change places.</summary>
    public const int ScoresPerTie = 100;

    private static readonly (string Name, Func<EquityScores, double?> Read)[] s_metrics =
    [
        ("AUROC of the minority", scores => scores.MinorityAuroc),
        ("AUPRC of the minority", scores => scores.MinorityAuprc),
        ("AUROC of the majority", scores => scores.MajorityAuroc),
        ("AUPRC of the majority", scores => scores.MajorityAuprc),
    ];

    /// <summary>Lists scores, minority by minority, repeat by repeat, arm by arm, outcome by outcome, metric by metric; NaN where one is undefined.</summary>
    /// <param name="settings">The scores.</param>
    public static IEnumerable<double> List(IReadOnlyList<EquitySetting> settings) =>
        settings.SelectMany(setting => setting.Repeats).SelectMany(repeat => repeat.Scores).SelectMany(arm => arm).SelectMany(scores => s_metrics.Select(metric => metric.Read(scores) ?? double.NaN));

    /// <summary>Compares.</summary>
    /// <param name="name">The library.</param>
    /// <param name="result">What the engine found.</param>
    /// <param name="repeats">How many of its repeats the library ran, the first ones.</param>
    /// <param name="found">What the library found, in the order of <see cref="List"/>.</param>
    public static IReadOnlyList<CheckResult> Check(string name, EquityResult result, int repeats, double[] found)
    {
        var (same, near) = (new Differences($"scores of arms without made rows beside {name}'s"), new Differences($"mean scores of arms with made rows beside {name}'s"));
        var (arms, outcomes) = (result.Arms.Count, result.Outcomes.Count);
        var count = result.Settings.Count * repeats * arms * outcomes * s_metrics.Length;
        if (found.Length != count)
            return [CheckResult.Of(same.What, count, $"it has {found.Length} where there are {count}")];
        var perSetting = found.Chunk(count / result.Settings.Count).ToArray();
        for (var series = 0; series < count / repeats; series++)
        {
            var (metric, outcome, arm, place) = (series % s_metrics.Length, series / s_metrics.Length % outcomes, series / s_metrics.Length / outcomes % arms, series / s_metrics.Length / outcomes / arms);
            var setting = result.Settings[place];
            var ours = setting.Of(arm, outcome, s_metrics[metric].Read).Select(value => value ?? double.NaN).ToArray();
            var theirs = Enumerable.Range(0, repeats).Select(repeat => perSetting[place][(((((repeat * arms) + arm) * outcomes) + outcome) * s_metrics.Length) + metric]).ToArray();
            var where = $"{s_metrics[metric].Name} {setting.Minority}, {result.Outcomes[outcome]}, {result.Arms[arm].Name}";
            if (result.Arms[arm].Generator is null)
            {
                for (var repeat = 0; repeat < repeats; repeat++)
                    same.Add($"{where}, repeat {repeat + 1}", ours[repeat], theirs[repeat], Tolerance, TieTolerance);
            }
            else
            {
                near.Add(where, Mean(ours[..repeats]), Mean(theirs), (1 + (2 / Math.Sqrt(repeats))) * DeviationOf(setting, arms, outcome, s_metrics[metric].Read));
            }
        }

        return [same.ToResult(), near.ToResult()];
    }

    private static double Mean(double[] values) => values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();

    private static double DeviationOf(EquitySetting setting, int arms, int outcome, Func<EquityScores, double?> metric) =>
        Math.Sqrt(Enumerable.Range(0, arms).Select(arm => EquityStatistics.MeanOf(setting, arm, outcome, metric)).OfType<(double, double Deviation, int)>().Select(one => one.Deviation * one.Deviation).DefaultIfEmpty().Average());

    /// <summary>What was compared, and what differs.</summary>
    private sealed class Differences(string what)
    {
        private readonly List<string> _ties = [];
        private readonly List<string> _wrong = [];
        private int _count;

        public string What => what;

        public void Add(string where, double ours, double theirs, double allowed, double tied = 0)
        {
            _count++;
            var difference = Math.Abs(ours - theirs);
            if (ours.Equals(theirs) || difference <= allowed)
                return;
            (difference <= tied ? _ties : _wrong).Add(FormattableString.Invariant($"{where}: {ours:R}, there {theirs:R}"));
        }

        public CheckResult ToResult() => _ties.Count * (long)ScoresPerTie <= _count
            ? new(what, _count, _ties.Count, _wrong.Count, _wrong.FirstOrDefault())
            : new(what, _count, 0, _wrong.Count + _ties.Count, _wrong.Concat(_ties).First());
    }
}
