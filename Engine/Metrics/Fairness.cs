using Engine.Diagnostics;

namespace Engine.Metrics;

/// <summary>Demographic parity, equalized odds and equal opportunity: how far the predictions of groups lie apart, from their confusion counts.</summary>
/// <remarks>
/// <para><b>Computes</b> with the rates r of each group, which are the selection rate, the recall, or recall and false positive rate:</para>
/// <code>
///                     difference                  ratio
/// Compare             r(group) - r(reference)     r(group) / r(reference)       one rate: the sign says who is served how
///                     |r(group) - r(reference)|   min(q, 1 / q) of that ratio   equalized odds, of each of the two rates
/// BetweenGroups       largest - smallest r        smallest r / largest r
/// ToOverall           largest |r - r(overall)|    smallest min(q, 1 / q), q = r / r(overall)
/// </code>
/// <para><b>Undefined</b> where a rate is: no rows, or for recall and false positive rate none of the class. Ratios are undefined where they would divide by 0, also 0 by 0. fairlearn takes 0 for the rates of a class
/// that is not there; else <c>BetweenGroups</c> and <c>ToOverall</c> are its <c>method='between_groups'</c> and <c>'to_overall'</c>, and <see cref="OddsAggregation"/> its <c>agg</c>.</para>
/// <para><b>Error</b>: a few roundings, at most 1e-15.</para>
/// <para><b>Source</b>: Hardt, Price, Srebro, "Equality of opportunity in supervised learning", NeurIPS 2016; Agarwal et al., "A reductions approach to fair classification", ICML 2018;
/// Bird et al., "Fairlearn: a toolkit for assessing and improving fairness in AI", 2020.</para>
/// </remarks>
public static class Fairness
{
    /// <summary>Compares a group with a reference, such as everyone, all other rows, or another group.</summary>
    /// <param name="metric">One of the named metrics.</param>
    /// <param name="group">The counts of the group.</param>
    /// <param name="reference">The counts of the reference.</param>
    /// <param name="value">Differences of one rate: -1 to 1, above 0 where the group has more; ratios of one rate: 0 or more, above 1 where it has more. Equalized odds: 0 to 1, without a direction.</param>
    /// <param name="aggregation">How equalized odds join their two rates.</param>
    /// <returns>False where a rate of either is undefined, or a ratio would divide by 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="metric"/> or <paramref name="aggregation"/> is not one of the named.</exception>
    public static bool TryCompare(
        FairnessMetric metric, ConfusionCounts group, ConfusionCounts reference, out double value, OddsAggregation aggregation = OddsAggregation.WorstCase) =>
        TryGet(Join(metric, aggregation, rate => (rate(group.Mass), rate(reference.Mass)) switch
        {
            ({ } own, { } other) when !IsRatio(metric) => IsOfTwoRates(metric) ? Math.Abs(own - other) : own - other,
            ({ } own, { } other) => IsOfTwoRates(metric) ? Folded(own, other) : Quotient(own, other),
            _ => null,
        }), out value);

    /// <summary>Compares groups with each other: the largest rate with the smallest.</summary>
    /// <param name="metric">One of the named metrics.</param>
    /// <param name="groups">The counts of one group or more, such as those of all age groups.</param>
    /// <param name="value">0 to 1; without a difference 0, or 1 of a ratio.</param>
    /// <param name="aggregation">How equalized odds join their two rates.</param>
    /// <returns>False where a rate of a group is undefined (leave the group out to compare the others), or a ratio would divide by 0.</returns>
    /// <exception cref="ArgumentException"><paramref name="groups"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="metric"/> or <paramref name="aggregation"/> is not one of the named.</exception>
    public static bool TryComputeBetweenGroups(
        FairnessMetric metric, IReadOnlyCollection<ConfusionCounts> groups, out double value, OddsAggregation aggregation = OddsAggregation.WorstCase)
    {
        CheckGroups(groups);
        return TryGet(Join(metric, aggregation, rate => RatesOf(groups, rate) is not { } rates ? null : IsRatio(metric) ? Quotient(rates.Min(), rates.Max()) : rates.Max() - rates.Min()), out value);
    }

    /// <summary>Compares groups with everyone: the group that lies farthest off.</summary>
    /// <param name="metric">One of the named metrics.</param>
    /// <param name="groups">The counts of one group or more.</param>
    /// <param name="overall">The counts of everyone, whether in a group or not.</param>
    /// <param name="value">0 to 1; without a difference 0, or 1 of a ratio.</param>
    /// <param name="aggregation">How equalized odds join their two rates.</param>
    /// <returns>False where a rate of a group or of everyone is undefined, or a ratio would divide by 0.</returns>
    /// <exception cref="ArgumentException"><paramref name="groups"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="metric"/> or <paramref name="aggregation"/> is not one of the named.</exception>
    public static bool TryComputeToOverall(
        FairnessMetric metric, IReadOnlyCollection<ConfusionCounts> groups, ConfusionCounts overall, out double value, OddsAggregation aggregation = OddsAggregation.WorstCase)
    {
        CheckGroups(groups);
        return TryGet(Join(metric, aggregation, rate => (RatesOf(groups, rate), rate(overall.Mass)) switch
        {
            ({ } rates, { } whole) when !IsRatio(metric) => rates.Max(own => Math.Abs(own - whole)),
            ({ } rates, { } whole) => Smallest([.. rates.Select(own => Folded(own, whole))]),
            _ => null,
        }), out value);
    }

    private static bool IsRatio(FairnessMetric metric) => metric is FairnessMetric.DemographicParityRatio or FairnessMetric.EqualizedOddsRatio or FairnessMetric.EqualOpportunityRatio;

    private static bool IsOfTwoRates(FairnessMetric metric) => metric is FairnessMetric.EqualizedOddsDifference or FairnessMetric.EqualizedOddsRatio;

    /// <summary>Measures each rate of a metric, and joins them where there are two.</summary>
    private static double? Join(FairnessMetric metric, OddsAggregation aggregation, Func<Func<ConfusionMass, double?>, double?> measure)
    {
        if (!Enum.IsDefined(metric))
            Throw.ArgumentOutOfRange(nameof(metric), metric, "a named metric");
        if (!Enum.IsDefined(aggregation))
            Throw.ArgumentOutOfRange(nameof(aggregation), aggregation, "a named aggregation");
        if (metric is FairnessMetric.DemographicParityDifference or FairnessMetric.DemographicParityRatio)
            return measure(static mass => mass.SelectionRate);
        var ofRecall = measure(static mass => mass.Recall);
        if (!IsOfTwoRates(metric))
            return ofRecall;
        return (ofRecall, measure(static mass => mass.FalsePositiveRate)) switch
        {
            ({ } one, { } other) => aggregation == OddsAggregation.Mean ? (one + other) / 2 : IsRatio(metric) ? Math.Min(one, other) : Math.Max(one, other),
            _ => null,
        };
    }

    private static double[]? RatesOf(IReadOnlyCollection<ConfusionCounts> groups, Func<ConfusionMass, double?> rate)
    {
        double?[] rates = [.. groups.Select(group => rate(group.Mass))];
        return rates.Contains(null) ? null : Array.ConvertAll(rates, static one => one!.Value);
    }

    private static double? Quotient(double part, double whole) => whole == 0 ? null : part / whole;

    /// <summary>Returns the smaller over the larger of two rates.</summary>
    private static double? Folded(double own, double other) => Quotient(Math.Min(own, other), Math.Max(own, other));

    private static double? Smallest(double?[] values) => values.Contains(null) ? null : values.Min();

    private static bool TryGet(double? result, out double value)
    {
        value = result.GetValueOrDefault();
        return result.HasValue;
    }

    private static void CheckGroups(IReadOnlyCollection<ConfusionCounts> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0)
            Throw.Argument_Invalid(nameof(groups), "a comparison of groups needs at least one; name the groups to compare.");
    }
}

/// <summary>How unequally predictions fall on groups, by name; <see cref="Fairness"/> computes them.</summary>
public enum FairnessMetric
{
    /// <summary>Difference of selection rates; 0 is parity.</summary>
    DemographicParityDifference,

    /// <summary>Ratio of selection rates; 1 is parity.</summary>
    DemographicParityRatio,

    /// <summary>Differences of recalls (true positive rates) and of false positive rates, joined by <see cref="OddsAggregation"/>; 0 is parity.</summary>
    EqualizedOddsDifference,

    /// <summary>Ratios of recalls and of false positive rates, joined by <see cref="OddsAggregation"/>; 1 is parity.</summary>
    EqualizedOddsRatio,

    /// <summary>Difference of recalls; 0 is parity.</summary>
    EqualOpportunityDifference,

    /// <summary>Ratio of recalls; 1 is parity.</summary>
    EqualOpportunityRatio,
}

/// <summary>How equalized odds join recalls and false positive rates.</summary>
public enum OddsAggregation
{
    /// <summary>The larger difference; the smaller ratio.</summary>
    WorstCase,

    /// <summary>The mean of the two.</summary>
    Mean,
}
