using Bench.Cohorts.Equity;
using Engine.Compute;
using Engine.Data;
using Engine.Fidelity;

namespace Bench.Studies.Equity;

/// <summary>How like real rows the made ones of an arm are: figures 2 to 4 of paper E in numbers, for the first repeat.</summary>
/// <remarks>Compared with rows of the minority that neither trained nor were shown; copies are looked for among the rows that were shown.</remarks>
/// <param name="Arm">The arm.</param>
/// <param name="RealCount">Rows of the minority that it is compared with.</param>
/// <param name="Columns">The shape of every column.</param>
/// <param name="Correlations">Correlations of every two columns, real and made.</param>
/// <param name="Matches">Made rows that equal, or nearly equal, a row that was shown.</param>
/// <param name="ToMinority">L1 distances of made rows to the closest real row of the minority, and of those to each other.</param>
/// <param name="ToMajority">The same with as many rows of the majority.</param>
/// <param name="Membership">What a forest that tells the groups apart makes of made rows.</param>
public sealed record EquityFidelity(
    EquityArm Arm,
    int RealCount,
    IReadOnlyList<ColumnFidelity> Columns,
    CorrelationComparison Correlations,
    RecordMatches Matches,
    GroupDistances ToMinority,
    GroupDistances ToMajority,
    GroupMembership Membership)
{
    /// <summary>With fewer real rows to compare with, nothing is compared.</summary>
    public const int FewestRows = 20;

    /// <summary>The most rows of either group to compare with: the first in the order of the table.</summary>
    public const int MostRows = 1000;

    private const string MinorityName = "minority";
    private const string MajorityName = "majority";

    /// <summary>Compares made rows; null where too few real rows are left.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="pair">The rows of both groups.</param>
    /// <param name="draw">Those that train.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="shown">The rows that the generator was shown.</param>
    /// <param name="made">The rows that it made, one at least.</param>
    /// <param name="compute">How to use the machine.</param>
    internal static EquityFidelity? Of(EquityCohort cohort, GroupPair pair, EquityDraw draw, EquityArm arm, SchemaTable shown, SchemaTable made, ComputeOptions compute)
    {
        long[] minority = [.. Left(pair.MajorityCount, pair.Rows.Length)];
        long[] majority = [.. Left(0, pair.MajorityCount).Take(minority.Length)];
        if (minority.Length < FewestRows || majority.Length < FewestRows)
            return null;
        var ofMinority = cohort.Table.SelectRows(minority);
        var both = cohort.Table.SelectRows((long[])[.. minority, .. majority]);
        var encoding = RowEncoding.Fit(both, made);
        using var synthetic = encoding.Encode(made);
        using var real = encoding.Encode(both);
        var groups = new Subgroups(minority.Length + majority.Length);
        groups.Add(MinorityName, RowMask.From(groups.RowCount, row => row < minority.Length));
        groups.Add(MajorityName, RowMask.From(groups.RowCount, row => row >= minority.Length));
        var distances = GroupDistances.Compute(synthetic, real, groups, compute);
        return new EquityFidelity(
            arm,
            minority.Length,
            ColumnFidelity.Compute(ofMinority, made, compute),
            CorrelationComparison.Compute(ofMinority, made, compute),
            RecordMatches.Compute(shown, made, compute: compute),
            distances.Single(one => one.Group == MinorityName),
            distances.Single(one => one.Group == MajorityName),
            GroupMembership.Compute(Part(0, minority.Length), Part(minority.Length, majority.Length), synthetic, forest: new RandomForestOptions { Seed = draw.SeedOf(EquityDraw.Forest), Compute = compute }));

        SampleMatrix Part(int first, int count) => real.SelectRows(Enumerable.Range(first, count).Select(row => (long)row).ToArray());

        IEnumerable<long> Left(int first, int end) => Enumerable.Range(first, end - first).Where(place => !draw.IsUsed[place]).Select(place => pair.Rows[place]).Take(MostRows);
    }
}
