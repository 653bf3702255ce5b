using Bench.Cohorts;
using Bench.Studies.Prioritized;

namespace Bench.Report.Prioritized.Results;

/// <summary>What a search did to the share of class 1 in the training rows.</summary>
/// <param name="Method">The method: DP, or one of its kin.</param>
/// <param name="Served">The group that it serves.</param>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="Units">The number of units that was chosen.</param>
/// <param name="AddedRows">The rows of class 1 that it added.</param>
/// <param name="GroupRows">The group's training rows before.</param>
/// <param name="GroupPositives">Those of class 1.</param>
/// <param name="GroupShareBefore">The share of class 1 in the group, before.</param>
/// <param name="GroupShareAfter">The same, after.</param>
/// <param name="ShareBefore">The share of class 1 in all training rows, before.</param>
/// <param name="ShareAfter">The same, after.</param>
internal sealed record ShareEntry(
    string Method,
    string Served,
    int Repeat,
    int Units,
    long AddedRows,
    long GroupRows,
    long GroupPositives,
    double? GroupShareBefore,
    double? GroupShareAfter,
    double? ShareBefore,
    double? ShareAfter)
{
    /// <summary>Lists every search.</summary>
    public static IEnumerable<ShareEntry> ListOf(JudgedStudy study) =>
        from arm in study.Result.Arms
        let search = arm.Search
        where search is not null
        let served = arm.Name.Served!
        let units = search.ChosenUnits
        let counts = study.CountsOf(CohortSplit.Train, served)
        let before = study.SharesWith(served, 1)
        let after = study.SharesWith(served, units)
        select new ShareEntry(
            arm.Name.Method,
            served,
            arm.Repeat,
            units,
            (units - 1L) * counts.PositiveCount,
            counts.RowCount,
            counts.PositiveCount,
            before.OfGroup,
            after.OfGroup,
            before.OfEveryone,
            after.OfEveryone);
}
