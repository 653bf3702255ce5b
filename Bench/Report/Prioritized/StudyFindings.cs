using Bench.Studies.Claims;
using Bench.Studies.Prioritized;
using Bench.Studies.Prioritized.Claims;

namespace Bench.Report.Prioritized;

/// <summary>What is concluded from a study: once, for the files, the page and the terminal.</summary>
/// <param name="Study">The study as its readers see it.</param>
/// <param name="Claims">The claims of the paper, judged.</param>
/// <param name="Warnings">What a reader must know before any number.</param>
internal sealed record StudyFindings(JudgedStudy Study, IReadOnlyList<JudgedClaim> Claims, IReadOnlyList<string> Warnings)
{
    /// <summary>Judges a result.</summary>
    public static StudyFindings Of(PrioritizedResult result)
    {
        var study = new JudgedStudy(result, [.. GroupFamily.Of(result.Cohort, result.Cohort.Groups.Names).Select(family => (family.Name, family.Groups))]);
        return new StudyFindings(study, PaperClaims.Judge(study), StudyWarnings.Of(study));
    }
}
