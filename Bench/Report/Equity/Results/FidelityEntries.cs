using Bench.Studies.Equity;
using Engine.Fidelity;
using Engine.Neighbors;

namespace Bench.Report.Equity.Results;

/// <summary>How like real rows the made ones of an arm are, in the first repeat; null where undefined.</summary>
/// <param name="Minority">The minority.</param>
/// <param name="Size">Its rows that train.</param>
/// <param name="Arm">The arm.</param>
/// <param name="RealRows">Rows of the minority that it is compared with.</param>
/// <param name="KsComplement">Mean over columns of numbers of 1 - the Kolmogorov-Smirnov statistic.</param>
/// <param name="TvComplement">Mean over columns of levels of 1 - the total variation distance.</param>
/// <param name="CorrelationDifference">Mean absolute difference of the correlations of every two columns.</param>
/// <param name="CorrelationSimilarity">Mean of 1 - half the difference.</param>
/// <param name="Identical">Share of made rows that equal a row that was shown.</param>
/// <param name="NearlyIdentical">Share of made rows that differ from one by at most 1/30 of the range of every number.</param>
/// <param name="MinorityMedian">Median L1 distance to the closest real row of the minority.</param>
/// <param name="MinorityBaseline">The same of these rows to each other.</param>
/// <param name="MajorityMedian">Median L1 distance to the closest of as many rows of the majority.</param>
/// <param name="MajorityBaseline">The same of these rows to each other.</param>
/// <param name="MembershipAuroc">How well a forest tells held-out rows of both groups apart.</param>
/// <param name="MembershipPosition">Where the mean probability of made rows lies: 0 the majority's, 1 the minority's.</param>
internal sealed record FidelityEntry(
    string Minority,
    int Size,
    string Arm,
    long RealRows,
    double? KsComplement,
    double? TvComplement,
    double? CorrelationDifference,
    double? CorrelationSimilarity,
    double Identical,
    double NearlyIdentical,
    double MinorityMedian,
    double? MinorityBaseline,
    double MajorityMedian,
    double? MajorityBaseline,
    double? MembershipAuroc,
    double? MembershipPosition)
{
    /// <summary>Lists every setting and arm with a generator.</summary>
    public static IEnumerable<FidelityEntry> ListOf(EquityResult result) =>
        from setting in result.Settings
        from rows in setting.Fidelity
        select new FidelityEntry(
            setting.Minority,
            setting.Size,
            rows.Arm.Name,
            rows.RealCount,
            MeanOf(rows, static column => column.KsComplement),
            MeanOf(rows, static column => column.TvComplement),
            rows.Report.Correlations.MeanAbsoluteDifference.Value,
            rows.Report.Correlations.Similarity.Value,
            rows.Report.Matches.Identical.Share,
            rows.Report.Matches.NearlyIdentical.Share,
            rows.ToMinority.Synthetic.Median,
            MedianOf(rows.ToMinority.Real),
            rows.ToMajority.Synthetic.Median,
            MedianOf(rows.ToMajority.Real),
            rows.Membership.Auroc?.Auroc,
            rows.Membership.Position.Value);

    private static double? MedianOf(DistanceSummary? distances) => distances?.Median;

    private static double? MeanOf(EquityFidelity rows, Func<ColumnFidelity, FidelityScore> score) =>
        rows.Report.Columns.Select(column => score(column).Value).OfType<double>().ToArray() is { Length: > 0 } values ? values.Average() : null;
}

/// <summary>A point of the densities of figure 4: of the probability, by a forest, of belonging to the minority.</summary>
/// <param name="Minority">The minority.</param>
/// <param name="Size">Its rows that train.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Probability">The probability.</param>
/// <param name="Synthetic">The density of made rows there; null where they have one probability.</param>
/// <param name="HeldOutMinority">The density of held-out rows of the minority.</param>
/// <param name="HeldOutMajority">The density of held-out rows of the majority.</param>
internal sealed record MembershipEntry(string Minority, int Size, string Arm, double Probability, double? Synthetic, double? HeldOutMinority, double? HeldOutMajority)
{
    /// <summary>Every so many points of the grid are told.</summary>
    private const int PointsBetween = 4;

    /// <summary>Lists every setting, arm with a generator and point.</summary>
    public static IEnumerable<MembershipEntry> ListOf(EquityResult result) =>
        from setting in result.Settings
        from rows in setting.Fidelity
        from point in Enumerable.Range(0, (GroupMembership.PointCount + PointsBetween - 1) / PointsBetween)
        let place = point * PointsBetween
        select new MembershipEntry(
            setting.Minority,
            setting.Size,
            rows.Arm.Name,
            rows.Membership.Grid.Span[place],
            rows.Membership.SyntheticDensity?.Span[place],
            rows.Membership.MinorityDensity?.Span[place],
            rows.Membership.MajorityDensity?.Span[place]);
}
