using Bench.Studies.Claims;
using Bench.Studies.Equity;
using Bench.Studies.Equity.Claims;

namespace Bench.Report.Equity;

/// <summary>What is concluded from a study of synthetic rows: once, for the files, the page and the terminal.</summary>
/// <param name="Study">The study as its readers see it.</param>
/// <param name="Claims">The claims of the paper, judged.</param>
/// <param name="Warnings">What a reader must know before any number.</param>
internal sealed record EquityFindings(JudgedEquity Study, IReadOnlyList<JudgedClaim> Claims, IReadOnlyList<string> Warnings)
{
    /// <summary>Judges a result.</summary>
    public static EquityFindings Of(EquityResult result)
    {
        var study = JudgedEquity.Of(result);
        return new EquityFindings(study, EquityClaims.Judge(study), EquityWarnings.Of(study));
    }
}
