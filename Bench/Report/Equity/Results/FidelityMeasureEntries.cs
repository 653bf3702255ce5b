using Bench.Report.Fidelity;
using Bench.Studies.Equity;

namespace Bench.Report.Equity.Results;

/// <summary>One measure of the made rows of an arm, in the first repeat.</summary>
/// <param name="Minority">The minority.</param>
/// <param name="Size">Its rows that train.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Value">Its value; null where undefined.</param>
/// <param name="Lower">Lower end of its 95 % interval; null where it has none.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Expected">What rows would have that are as good as real ones and copy none; null where that cannot be said.</param>
/// <param name="Reason">Why there is no value; null where there is one.</param>
internal sealed record FidelityMeasureEntry(string Minority, int Size, string Arm, string Measure, double? Value, double? Lower, double? Upper, double? Expected, string? Reason)
{
    /// <summary>Lists every setting, arm with a generator and measure.</summary>
    public static IEnumerable<FidelityMeasureEntry> ListOf(EquityResult result) =>
        from setting in result.Settings
        from rows in setting.Fidelity
        from measure in FidelityMeasure.ListOf(rows.Report)
        select new FidelityMeasureEntry(setting.Minority, setting.Size, rows.Arm.Name, measure.Name, measure.Score.Value, measure.Lower, measure.Upper, measure.Expected, measure.Score.Reason);
}

/// <summary>The shape of one column of the made rows of an arm, in the first repeat; null where undefined.</summary>
/// <param name="Minority">The minority.</param>
/// <param name="Size">Its rows that train.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Column">The column.</param>
/// <param name="KsComplement">1 - the Kolmogorov-Smirnov statistic; of numbers.</param>
/// <param name="TvComplement">1 - the total variation distance; of levels.</param>
/// <param name="RangeCoverage">The share of the real range that made rows cover; of numbers.</param>
/// <param name="CategoryCoverage">The share of the real levels that made rows have; of levels.</param>
/// <param name="BoundaryAdherence">The share of made rows within the real range; of numbers.</param>
/// <param name="MissingValueSimilarity">1 - the difference of the shares of missing values.</param>
internal sealed record FidelityColumnEntry(
    string Minority,
    int Size,
    string Arm,
    string Column,
    double? KsComplement,
    double? TvComplement,
    double? RangeCoverage,
    double? CategoryCoverage,
    double? BoundaryAdherence,
    double? MissingValueSimilarity)
{
    /// <summary>Lists every setting, arm with a generator and column.</summary>
    public static IEnumerable<FidelityColumnEntry> ListOf(EquityResult result) =>
        from setting in result.Settings
        from rows in setting.Fidelity
        from column in rows.Report.Columns
        select new FidelityColumnEntry(
            setting.Minority,
            setting.Size,
            rows.Arm.Name,
            column.Name,
            column.KsComplement.Value,
            column.TvComplement.Value,
            column.RangeCoverage.Value,
            column.CategoryCoverage.Value,
            column.BoundaryAdherence.Value,
            column.MissingValueSimilarity.Value);
}

/// <summary>A correlation of figure 2: of two columns of real rows, and of the made rows of an arm; null where undefined.</summary>
/// <param name="Minority">The minority.</param>
/// <param name="Size">Its rows that train.</param>
/// <param name="Arm">The arm.</param>
/// <param name="First">A column.</param>
/// <param name="Second">Another.</param>
/// <param name="Real">The correlation in real rows of the minority.</param>
/// <param name="Made">That in made rows.</param>
internal sealed record CorrelationEntry(string Minority, int Size, string Arm, string First, string Second, double? Real, double? Made)
{
    /// <summary>Lists every setting, arm with a generator and pair of the columns of figure 2.</summary>
    public static IEnumerable<CorrelationEntry> ListOf(EquityResult result) =>
        from setting in result.Settings
        from rows in setting.Fidelity
        let correlations = rows.Report.Correlations
        from second in rows.Pictured.Correlated
        from first in rows.Pictured.Correlated.TakeWhile(first => first != second)
        select new CorrelationEntry(
            setting.Minority,
            setting.Size,
            rows.Arm.Name,
            first,
            second,
            EquityFidelity.CorrelationOf(correlations, correlations.Real, first, second),
            EquityFidelity.CorrelationOf(correlations, correlations.Synthetic, first, second));
}

/// <summary>A point of the joint density of figure 2.</summary>
/// <param name="Minority">The minority.</param>
/// <param name="Size">Its rows that train.</param>
/// <param name="Arm">The arm.</param>
/// <param name="First">The first column.</param>
/// <param name="Second">The second column.</param>
/// <param name="FirstValue">The value of the first column.</param>
/// <param name="SecondValue">That of the second.</param>
/// <param name="Real">The density of real rows of the minority there; null where they have none.</param>
/// <param name="Made">The density of made rows there.</param>
internal sealed record JointDensityEntry(string Minority, int Size, string Arm, string First, string Second, double FirstValue, double SecondValue, double? Real, double? Made)
{
    /// <summary>Every so many points along a column are told.</summary>
    private const int PointsBetween = 2;

    /// <summary>Lists every setting, arm with a generator and point.</summary>
    public static IEnumerable<JointDensityEntry> ListOf(EquityResult result) =>
        from setting in result.Settings
        from rows in setting.Fidelity
        where rows.Report.Density is not null
        let density = rows.Report.Density
        from first in Enumerable.Range(0, density.FirstGrid.Length / PointsBetween)
        from second in Enumerable.Range(0, density.SecondGrid.Length / PointsBetween)
        let place = (first * PointsBetween * density.SecondGrid.Length) + (second * PointsBetween)
        select new JointDensityEntry(
            setting.Minority,
            setting.Size,
            rows.Arm.Name,
            density.First,
            density.Second,
            density.FirstGrid.Span[first * PointsBetween],
            density.SecondGrid.Span[second * PointsBetween],
            density.Real?.Span[place],
            density.Synthetic?.Span[place]);
}
