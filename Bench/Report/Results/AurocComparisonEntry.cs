using Bench.Cohorts;
using Bench.Studies.MainJob;

namespace Bench.Report.Results;

/// <summary>The AUROC of a method beside that of no resampling on the same rows, by DeLong's method.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Split">"test".</param>
/// <param name="Group">The group.</param>
/// <param name="Auroc">The AUROC of the method; this and all below null unless the group has two rows of each class.</param>
/// <param name="BaselineAuroc">That of no resampling.</param>
/// <param name="Difference">The first less the second.</param>
/// <param name="StandardError">That of the difference.</param>
/// <param name="Lower">Lower end of its 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Z">Difference / standard error; null where that is 0.</param>
/// <param name="PValue">Two-sided, for no difference.</param>
/// <param name="Reason">Why it is undefined; null where it is not.</param>
internal sealed record AurocComparisonEntry(
    string Method,
    string Split,
    string Group,
    double? Auroc,
    double? BaselineAuroc,
    double? Difference,
    double? StandardError,
    double? Lower,
    double? Upper,
    double? Z,
    double? PValue,
    string? Reason)
{
    /// <summary>Lists every method and group.</summary>
    public static IEnumerable<AurocComparisonEntry> ListOf(MainJobResult result) =>
        from method in result.Methods
        from one in method.AurocComparisons
        let compared = one.Value
        select new AurocComparisonEntry(
            method.Method, SplitName.Of(CohortSplit.Test), one.Group, compared?.First.Auroc, compared?.Second.Auroc, compared?.Difference, compared?.StandardError,
            compared?.Lower, compared?.Upper, compared?.Z, compared?.PValue, compared is null ? "fewer than two rows of a class" : null);
}
