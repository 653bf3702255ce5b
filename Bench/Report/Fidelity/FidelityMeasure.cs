using Engine.Fidelity;

namespace Bench.Report.Fidelity;

/// <summary>One number of a report of fidelity, with what to hold it against.</summary>
/// <param name="Name">Its name in files; docs/fidelity.md has the formula.</param>
/// <param name="Title">Its name for readers.</param>
/// <param name="Score">The value, or why there is none.</param>
/// <param name="Lower">Lower end of its 95 % interval; null where it has none.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Expected">What rows would have that are as good as real ones and copy none: a constant, or measured on real rows; null where that cannot be said.</param>
internal sealed record FidelityMeasure(string Name, string Title, FidelityScore Score, double? Lower, double? Upper, double? Expected)
{
    private const string FewRows = "too few rows";

    /// <summary>Lists every measure of a report that is one number, always the same ones; those of columns as their means.</summary>
    public static IReadOnlyList<FidelityMeasure> ListOf(FidelityReport report) =>
    [
        .. Likeness(report),
        .. Copies(report),
        .. Attacks(report),
        .. Groups(report),
    ];

    private static IEnumerable<FidelityMeasure> Likeness(FidelityReport report)
    {
        yield return OfColumns("ksComplement", "Shape of numbers", "no column of numbers", report, static column => column.KsComplement);
        yield return OfColumns("tvComplement", "Shares of levels", "no column of levels", report, static column => column.TvComplement);
        yield return OfColumns("rangeCoverage", "Range covered", "no column of numbers that varies", report, static column => column.RangeCoverage);
        yield return OfColumns("categoryCoverage", "Levels covered", "no column of levels", report, static column => column.CategoryCoverage);
        yield return OfColumns("boundaryAdherence", "Within the real range", "no column of numbers", report, static column => column.BoundaryAdherence);
        yield return OfColumns("missingValueSimilarity", "Missing values alike", "no column", report, static column => column.MissingValueSimilarity);
        yield return Of("correlationSimilarity", "Correlations alike", report.Correlations.Similarity, 1);
        yield return Of("correlationDifference", "Correlations differ by", report.Correlations.MeanAbsoluteDifference, 0);
        yield return Of("correlationDistance", "Distance of correlations", report.Correlations.FrobeniusDistance, 0);
        yield return Of("contingencySimilarity", "Pairs with levels alike", report.Contingency.Similarity, 1);
        yield return Of("detectionAuroc", "Told from real rows, AUROC", Value(report.Detection?.Auroc), .5);
        yield return Of("detectionScore", "Not told from real rows", Value(report.Detection?.Score), 1);
        yield return Of("pmse", "pMSE", report.Detection?.Pmse ?? Missing(FewRows), report.Detection?.ExpectedPmse.Value);
        yield return Of("pmseRatio", "pMSE / expected", report.Detection?.PmseRatio ?? Missing(FewRows), 1);
        yield return Of("pmseStandardized", "pMSE, standardized", report.Detection?.StandardizedPmse ?? Missing(FewRows), 0);
        yield return Of("alphaPrecision", "Alpha-precision", Value(report.Support?.PrecisionScore), 1);
        yield return Of("betaRecall", "Beta-recall", Value(report.Support?.RecallScore), 1);
    }

    private static IEnumerable<FidelityMeasure> Copies(FidelityReport report)
    {
        var closest = report.ClosestRecords;
        yield return OfRate("identical", "Identical to a shown row", report.Matches.Identical, 0);
        yield return OfRate("nearlyIdentical", "Nearly identical to one", report.Matches.NearlyIdentical, null);
        yield return OfRate("hitRate", "Shown rows nearly hit", report.Matches.HitRate, null);
        yield return OfRate("repeated", "Repeated made rows", report.Matches.RepeatedInSynthetic, 0);
        yield return Of("closestDistance", "Distance to closest shown row", Value(closest?.Synthetic.Median), closest?.Baseline.Median);
        yield return Of("closestDistanceRatio", "The same / that of real rows", closest?.MedianRatio ?? Missing(FewRows), 1);
        yield return Of("closerShare", "Closer than 95 % of real rows", Value(closest?.CloserShare), .05);
        yield return Of("nearestDistanceRatio", "Closest / second closest", closest?.NearestDistanceRatio ?? Missing(FewRows), closest?.BaselineDistanceRatio.Value);
        yield return OfRate("nearerToShown", "Nearer to shown than held-out", closest?.NearerToTraining, closest?.ExpectedShare, "no held-out rows");
    }

    private static IEnumerable<FidelityMeasure> Attacks(FidelityReport report)
    {
        foreach (var (name, title, attack) in new[]
        {
            ("singlingOut", "Singled out by one column", report.UnivariateSinglingOut),
            ("singlingOutSeveral", "Singled out by several", report.MultivariateSinglingOut),
        })
        {
            const string reason = "no condition singles a made row out";
            yield return OfRate(name, title, attack?.ComparedAttack ?? attack?.Attack, attack?.Control?.Share, reason);
            yield return new FidelityMeasure(
                $"{name}Risk", $"{title}, beyond chance", attack?.Residual is { } residual ? Value(residual.Risk) : Missing(attack?.Attack is null ? reason : "no held-out rows"), attack?.Residual?.Lower, attack?.Residual?.Upper, 0);
        }

        yield return OfAuroc("membershipAuroc", "Membership told, AUROC", report.Attack?.Auroc, .5, report.HoldoutCount == 0 ? "no held-out rows" : FewRows);
    }

    private static IEnumerable<FidelityMeasure> Groups(FidelityReport report)
    {
        foreach (var group in report.Groups)
            yield return Of($"{group.Group}Distance", $"Distance to the {group.Group}", Value(group.Synthetic.Median), group.Real?.Median);
        if (report.Membership is not { } membership)
            yield break;
        yield return OfAuroc("groupAuroc", "Groups told apart, AUROC", membership.Auroc, null, FewRows);
        yield return Of("groupPosition", "Between majority 0, minority 1", membership.Position, 1);
    }

    private static FidelityMeasure Of(string name, string title, FidelityScore score, double? expected) => new(name, title, score, null, null, expected);

    private static FidelityMeasure OfColumns(string name, string title, string reason, FidelityReport report, Func<ColumnFidelity, FidelityScore> read)
    {
        var values = report.Columns.Select(read).Select(static score => score.Value).OfType<double>().ToArray();
        return Of(name, title, values.Length == 0 ? Missing(reason) : Value(values.Average()), 1);
    }

    private static FidelityMeasure OfRate(string name, string title, SuccessRate? rate, double? expected, string reason = FewRows) =>
        new(name, title, rate is null ? Missing(reason) : Value(rate.Share), rate?.Lower, rate?.Upper, expected);

    private static FidelityMeasure OfAuroc(string name, string title, Engine.Metrics.AurocEstimate? area, double? expected, string reason) =>
        new(name, title, area is null ? Missing(reason) : Value(area.Value.Auroc), area?.Lower, area?.Upper, expected);

    private static FidelityScore Value(double? value) => value is { } known ? new FidelityScore(known, null) : Missing(FewRows);

    private static FidelityScore Missing(string reason) => new(null, reason);
}
