using Bench.Cohorts;
using Bench.Studies.Arms;
using Bench.Studies.Claims;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Studies.Prioritized.Claims;

/// <summary>The claims of paper P, each with the test that was written down before anything was measured.</summary>
/// <remarks>Borders are those of the paper where it names one; where it says "by far" or "drastically", they lie below what it reports. Wording: <see cref="ClaimTexts"/>.</remarks>
internal static class PaperClaims
{
    /// <summary>Missed C1 over missed C0 that is "by far": the paper has 36.6.</summary>
    public const double FarTimes = 5;

    /// <summary>The accuracy that the paper calls high.</summary>
    public const double HighAccuracy = .85;

    /// <summary>A C1 recall below this misses most.</summary>
    public const double LowRecall = .5;

    /// <summary>A gap between groups that matters; the paper has .46 between ages, and calls .13 relatively low.</summary>
    public const double GroupGap = .1;

    /// <summary>A change of C1 precision, relative to the original, that is "drastic": the paper has -27.7 % to -78.1 %.</summary>
    public const double DrasticChange = -.25;

    /// <summary>A change of an area of C0 that is not substantial.</summary>
    public const double SmallChange = .05;

    /// <summary>A distance of the share of C1 from one half.</summary>
    public const double AwayFromHalf = .05;

    /// <summary>A change of C1 precision over the later numbers of units, relative to the first of them, that is substantial.</summary>
    public const double SubstantialFall = -.1;

    /// <summary>Below so many test patients with C1, draws repeat a handful of patients, and an interval knows too little of the others.</summary>
    public const int FewestPatients = 10;

    private const double HalfWidth = 1.959963984540054;

    private static readonly string[] s_byDistance = ["nearmiss-1", "nearmiss-3", "distant"];

    private static readonly ScoreMetric[] s_ofGroupAlone = [ScoreMetric.RecallC1, ScoreMetric.BalancedAccuracy, ScoreMetric.TrapezoidPrC1];

    /// <summary>Gets all claims, in the order of the paper.</summary>
    public static IReadOnlyList<Claim<JudgedStudy>> All { get; } =
    [
        Of("c1-missed", Agreement.Every, Agreement.Every, MissedTimes),
        Of("accuracy-hides", Agreement.Every, Agreement.Most, HiddenByAccuracy),
        Of("groups-differ", Agreement.Every, Agreement.Most, GapsBetweenGroups),
        Of("sampling-raises-recall", Agreement.Most, Agreement.Most, study => OfServed(study, group => FromOriginal(study, group, ScoreMetric.RecallC1, ClaimSide.Above))),
        Of("sampling-lowers-precision", Agreement.Most, Agreement.Most, study => OfServed(study, group => PrecisionLost(study, group))),
        Of("distance-is-worst", Agreement.Every, Agreement.Most, study => OfServed(study, group => ByDistance(study, group))),
        Of("c0-unchanged", Agreement.Every, Agreement.Most, study => OfServed(study, group => ChangeOfC0(study, group))),
        Of("dp-raises-recall", Agreement.Every, Agreement.Most, study => OfServed(study, group =>
            [ClaimMeasure.OfInterval("C1 recall of DP less that of the original", ClaimSide.Above, 0, study.DifferenceOf(study.PrioritizedFor(group), study.Original, group, ScoreMetric.RecallC1))])),
        Of("dp-precision-highest", Agreement.Every, Agreement.Most, study => OfServed(study, group => FromPrioritized(study, group, ScoreMetric.PrecisionC1, ClaimSide.Below))),
        Of("dp-divergence-lowest", Agreement.Every, Agreement.Most, study => OfServed(study, group => Divergences(study, group))),
        Of("matching-model-best", Agreement.Every, Agreement.Most, study => OfServed(study, group => MatchingModel(study, group))),
        Of("group-alone-worse", Agreement.Most, Agreement.Most, study => OfServed(study, group => GroupAlone(study, group))),
        Of("not-one-to-one", Agreement.Every, Agreement.Most, study => OfServed(study, group => [DistanceFromHalf(study, group)])),
        Of("recall-plateaus", Agreement.Every, Agreement.Most, study => OfServed(study, group => LaterUnits(study, group))),
        Of("gains-where-few", Agreement.Every, Agreement.Every, study => [(null, [GainOfFew(study)])]),
    ];

    /// <summary>Judges every claim.</summary>
    public static IReadOnlyList<JudgedClaim> Judge(JudgedStudy study) => [.. All.Select(claim => claim.Judge(study, group => WhyNot(study, group)))];

    private static Claim<JudgedStudy> Of(string id, Agreement withinAnswer, Agreement overall, Func<JudgedStudy, IEnumerable<(string? Group, IEnumerable<ClaimMeasure> Measures)>> measure) =>
        new(id, ClaimTexts.Of(id), withinAnswer, overall, measure);

    private static string? WhyNot(JudgedStudy study, string? group) =>
        group is not null && study.Groups.Contains(group) && study.CountsOf(CohortSplit.Test, group).PositiveClusterCount < FewestPatients
            ? $"fewer than {FewestPatients} test {study.Result.PatientNoun} with C1"
            : null;

    private static IEnumerable<(string? Group, IEnumerable<ClaimMeasure> Measures)> OfServed(JudgedStudy study, Func<string, IEnumerable<ClaimMeasure>> measure) =>
        study.Result.Served.Select(group => ((string?)group, measure(group)));

    private static IEnumerable<(string? Group, IEnumerable<ClaimMeasure> Measures)> MissedTimes(JudgedStudy study)
    {
        var (recall, specificity) = (OfOriginal(study, Cohort.Everyone, ScoreMetric.RecallC1), OfOriginal(study, Cohort.Everyone, ScoreMetric.RecallC0));
        // Both ends at their worst: wider than an interval of the ratio itself.
        yield return (Cohort.Everyone,
        [
            ClaimMeasure.OfRange(
                "missed share of C1 / missed share of C0",
                ClaimSide.Above,
                FarTimes,
                specificity?.Estimate < 1 ? (1 - recall?.Estimate) / (1 - specificity?.Estimate) : null,
                specificity?.Lower < 1 ? (1 - recall?.Upper) / (1 - specificity?.Lower) : null,
                (1 - recall?.Lower) / (1 - specificity?.Upper)),
        ]);
    }

    private static IEnumerable<(string? Group, IEnumerable<ClaimMeasure> Measures)> HiddenByAccuracy(JudgedStudy study) =>
        study.Result.Served.Prepend(Cohort.Everyone).Select(group => ((string?)group, (IEnumerable<ClaimMeasure>)
        [
            ClaimMeasure.OfInterval("accuracy", ClaimSide.Above, HighAccuracy, OfOriginal(study, group, ScoreMetric.Accuracy)),
            ClaimMeasure.OfInterval("C1 recall", ClaimSide.Below, LowRecall, OfOriginal(study, group, ScoreMetric.RecallC1)),
        ]));

    private static IEnumerable<(string? Group, IEnumerable<ClaimMeasure> Measures)> GapsBetweenGroups(JudgedStudy study)
    {
        foreach (var (trait, groups) in study.Families.Where(family => family.Name != "sex"))
        {
            // Too few patients have the extremes by chance.
            var recalls = groups
                .Where(group => study.CountsOf(CohortSplit.Test, group).PositiveClusterCount >= FewestPatients)
                .Select(group => (Group: group, Interval: OfOriginal(study, group, ScoreMetric.RecallC1)))
                .Where(one => one.Interval.HasValue)
                .Select(one => (one.Group, Interval: one.Interval!.Value))
                .OrderBy(one => one.Interval.Estimate)
                .ToArray();
            if (recalls.Length < 2)
                continue;
            var (worst, best) = (recalls[0], recalls[^1]);
            var gap = best.Interval.Estimate - worst.Interval.Estimate;
            // Patients of one are none of the other's: their errors are independent.
            var half = HalfWidth * Math.Sqrt((best.Interval.StandardError * best.Interval.StandardError) + (worst.Interval.StandardError * worst.Interval.StandardError));
            yield return (trait, [ClaimMeasure.OfRange($"C1 recall of {best.Group} less that of {worst.Group}", ClaimSide.Above, GroupGap, gap, gap - half, gap + half)]);
        }
    }

    private static IEnumerable<ClaimMeasure> FromOriginal(JudgedStudy study, string group, ScoreMetric metric, ClaimSide side) =>
        study.Rivals.Select(name => ClaimMeasure.OfInterval($"{TitleOf(name)} less the original", side, 0, study.DifferenceOf(name, study.Original, group, metric)));

    private static IEnumerable<ClaimMeasure> PrecisionLost(JudgedStudy study, string group)
    {
        var original = study.Original is { } name ? study.MeanOf(name, group, ScoreMetric.PrecisionC1) : null;
        foreach (var method in study.Rivals)
        {
            var change = original > 0 ? study.DifferenceOf(method, study.Original, group, ScoreMetric.PrecisionC1) : null;
            yield return ClaimMeasure.OfRange($"{TitleOf(method)}, change / precision of the original", ClaimSide.Below, DrasticChange, change?.Estimate / original, change?.Lower / original, change?.Upper / original);
        }
    }

    private static IEnumerable<ClaimMeasure> ByDistance(JudgedStudy study, string group)
    {
        var others = study.Rivals.Where(name => !s_byDistance.Contains(name.Method)).Select(name => study.DifferenceOf(name, study.Original, group, ScoreMetric.TrapezoidPrC1)?.Estimate).ToArray();
        var border = others.Length > 0 && others.All(value => value.HasValue) ? others.Min() : null;
        return s_byDistance.Select(method => study.Find(method, null)).OfType<ArmName>().Select(name => ClaimMeasure.OfInterval(
            $"C1 AUC-PR of {TitleOf(name)} less the original, beside the lowest other method", ClaimSide.Below, border, study.DifferenceOf(name, study.Original, group, ScoreMetric.TrapezoidPrC1)));
    }

    private static IEnumerable<ClaimMeasure> ChangeOfC0(JudgedStudy study, string group)
    {
        var original = study.Original is { } name ? study.MeanOf(name, group, ScoreMetric.TrapezoidPrC0) : null;
        return study.Rivals.Select(method => ClaimMeasure.OfValue(
            $"C0 AUC-PR of {TitleOf(method)}, distance from the original",
            ClaimSide.Below,
            SmallChange,
            study.MeanOf(method, group, ScoreMetric.TrapezoidPrC0) - original is { } change ? Math.Abs(change) : null));
    }

    private static IEnumerable<ClaimMeasure> FromPrioritized(JudgedStudy study, string group, ScoreMetric metric, ClaimSide side) =>
        study.Rivals.Select(name => ClaimMeasure.OfInterval($"{TitleOf(name)} less DP", side, 0, study.DifferenceOf(name, study.PrioritizedFor(group), group, metric)));

    private static IEnumerable<ClaimMeasure> Divergences(JudgedStudy study, string group) => FromPrioritized(study, group, ScoreMetric.DivergenceDual, ClaimSide.Above).Append(
        ClaimMeasure.OfInterval("DP less the original", ClaimSide.Below, 0, study.DifferenceOf(study.PrioritizedFor(group), study.Original, group, ScoreMetric.DivergenceDual)));

    private static IEnumerable<ClaimMeasure> MatchingModel(JudgedStudy study, string group)
    {
        if (study.PrioritizedFor(group) is not { } matching)
            yield break;
        var family = study.Families.FirstOrDefault(family => family.Groups.Contains(group)).Groups ?? [group];
        var others = family.Where(other => other != group).Select(study.PrioritizedFor).Append(study.Original).OfType<ArmName>().ToArray();
        foreach (var (metric, title) in new[] { (ScoreMetric.RecallC1, "C1 recall"), (ScoreMetric.BalancedAccuracy, "balanced accuracy") })
        {
            var best = others.Select(other => study.MeanOf(other, group, metric)).Max();
            yield return ClaimMeasure.OfInterval($"{title} of the matching model", ClaimSide.Above, best, study.IntervalOf(matching, group, metric));
        }
    }

    private static IEnumerable<ClaimMeasure> GroupAlone(JudgedStudy study, string group)
    {
        var alone = study.Find(ResamplingMethod.GroupAlone, group);
        (string Title, ArmName? Arm)[] others = alone is null ? [] : [("the original", study.Original), ("DP", study.PrioritizedFor(group))];
        return others.SelectMany(other => s_ofGroupAlone.Select(metric => ClaimMeasure.OfInterval(
            $"{MetricTitle(metric)} of the group alone less {other.Title}", ClaimSide.Below, 0, study.DifferenceOf(alone, other.Arm, group, metric))));
    }

    private static ClaimMeasure DistanceFromHalf(JudgedStudy study, string group)
    {
        const string Statistic = "distance of the group's C1 share after DP from one half";
        var chosen = study.PrioritizedFor(group) is { } name ? study.RepeatsOf(name).Select(arm => arm.Search?.ChosenUnits).OfType<int>().ToArray() : [];
        // Where no number of units that was tried comes near one half, the choice says nothing of it.
        var isReachable = study.Result.Options.Units.Append(1).Select(units => study.SharesWith(group, units).OfGroup).Max() >= .5 - AwayFromHalf;
        if (chosen.Length == 0 || !isReachable)
            return ClaimMeasure.OfRange(Statistic, ClaimSide.Above, AwayFromHalf, null, null, null);
        var distances = chosen.Select(units => Math.Abs(study.SharesWith(group, units).OfGroup!.Value - .5)).ToArray();
        return ClaimMeasure.OfRange(Statistic, ClaimSide.Above, AwayFromHalf, distances.Average(), distances.Min(), distances.Max());
    }

    private static IEnumerable<ClaimMeasure> LaterUnits(JudgedStudy study, string group)
    {
        var units = study.Result.Options.Units.Order().ToArray();
        if (units.Length < 3 || study.PrioritizedFor(group) is not { } name)
            yield break;
        var (middle, last) = (units[units.Length / 2], units[^1]);
        var recall = Mean(last, UnitOutcomes.RecallOf) - Mean(middle, UnitOutcomes.RecallOf);
        var (before, after) = (Mean(middle, UnitOutcomes.PrecisionOf), Mean(last, UnitOutcomes.PrecisionOf));
        yield return ClaimMeasure.OfValue($"C1 recall, {last} units less {middle}", ClaimSide.Below, SmallChange, recall);
        yield return ClaimMeasure.OfValue($"C1 precision, change from {middle} to {last} units / that at {middle}", ClaimSide.Below, SubstantialFall, before > 0 ? (after - before) / before : null);

        double? Mean(int count, Func<UnitScore, double?> valueOf)
        {
            var values = study.RepeatsOf(name).Select(arm => arm.Search?.Scores.FirstOrDefault(score => score.Units == count) is { } score ? valueOf(score) : null).ToArray();
            return values.All(value => value.HasValue) ? values.Average() : null;
        }
    }

    private static ClaimMeasure GainOfFew(JudgedStudy study)
    {
        var gains = study.Result.Served
            .Where(group => study.CountsOf(CohortSplit.Test, group).PositiveClusterCount >= FewestPatients)
            .Select(group => (Count: study.CountsOf(CohortSplit.Train, group).PositiveClusterCount, Gain: study.DifferenceOf(study.PrioritizedFor(group), study.Original, group, ScoreMetric.RecallC1)))
            .Where(one => one.Gain.HasValue)
            .Select(one => (one.Count, Gain: one.Gain!.Value))
            .OrderBy(one => one.Count)
            .ToArray();
        const string Statistic = "gain in C1 recall by DP of the half of the groups with fewer C1, less that of the half with more";
        if (gains.Length < 2)
            return ClaimMeasure.OfRange(Statistic, ClaimSide.Above, 0, null, null, null);
        var (few, many) = (gains[..(gains.Length / 2)], gains[^(gains.Length / 2)..]);
        var difference = few.Average(one => one.Gain.Estimate) - many.Average(one => one.Gain.Estimate);
        var half = HalfWidth * Math.Sqrt(few.Concat(many).Sum(one => one.Gain.StandardError * one.Gain.StandardError)) / few.Length;
        return ClaimMeasure.OfRange(Statistic, ClaimSide.Above, 0, difference, difference - half, difference + half);
    }

    private static MetricInterval? OfOriginal(JudgedStudy study, string group, ScoreMetric metric) => study.Original is { } name ? study.IntervalOf(name, group, metric) : null;

    private static string TitleOf(ArmName name) => ResamplingMethod.TitleOf(name.Method);

    private static string MetricTitle(ScoreMetric metric) => metric switch
    {
        ScoreMetric.RecallC1 => "C1 recall",
        ScoreMetric.BalancedAccuracy => "balanced accuracy",
        _ => "C1 AUC-PR",
    };
}
