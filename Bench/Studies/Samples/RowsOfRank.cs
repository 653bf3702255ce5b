using Bench.Cohorts;
using Engine.Collectives;
using Engine.Data;

namespace Bench.Studies.Samples;

/// <summary>Which of the rows that a study works on are those of this process, where several ranks share them.</summary>
internal static class RowsOfRank
{
    /// <summary>Returns the features of chosen rows: a view, or a table of all ranks in which each reads whole runs of its own.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="rows">Rows of it, the same on every rank.</param>
    public static SampleMatrix Select(Cohort cohort, long[] rows) => cohort.Ranks.Size == 1
        ? cohort.Samples.SelectRows(rows)
        : SampleMatrix.OfRanks(cohort.Samples.SelectRows(OwnOf(rows, cohort.Ranks)), cohort.Ranks);

    /// <summary>Lists the rows that this rank needs of a cohort: its own of every part that a study fits, chooses and judges on.</summary>
    /// <param name="cohort">The cohort, whose features are not read.</param>
    /// <param name="selectOn">The part on which DP is to choose.</param>
    /// <param name="holdsOut">Whether rows to choose on are held out from every fit, as for <see cref="StudySamples"/>.</param>
    /// <returns>Rows, ascending.</returns>
    public static long[] NeededOf(Cohort cohort, CohortSplit selectOn, bool holdsOut)
    {
        var isNeeded = new bool[cohort.Splits.Count];
        var selection = SelectionRows.Of(cohort, selectOn, holdsOut);
        foreach (var part in new[] { selection.TrainRows, selection.EpochRows, selection.FitRows, selection.ChoosingRows, cohort.RowsOf(CohortSplit.Validation), cohort.RowsOf(CohortSplit.Test) })
        {
            foreach (var row in OwnOf(part, cohort.Ranks).Span)
                isNeeded[row] = true;
        }

        return [.. Enumerable.Range(0, isNeeded.Length).Where(row => isNeeded[row]).Select(row => (long)row)];
    }

    private static ReadOnlyMemory<long> OwnOf(long[] rows, ICollective ranks)
    {
        var own = RankRows.Of(rows.Length, ranks);
        return rows.AsMemory((int)own.FirstRow, (int)own.RowCount);
    }
}
