using Bench.Cohorts.Equity;
using Engine.Compute;
using Engine.Data;
using Engine.Fidelity;

namespace Bench.Studies.Equity;

/// <summary>How faithful the made rows of an arm are: figures 2 to 4 of paper E in numbers, and every other measure, for the first repeat.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="ShownCount">The rows that its generator was shown.</param>
/// <param name="Report">
/// The measures. What made rows should look like are the rows of the minority that neither trained nor were shown, at most <see cref="MostRows"/>: real rows of the report.
/// What they should not give away are the rows that were shown: near copies, singling out and the membership attack are of these, beside held-out rows of the same groups in the same proportion.
/// </param>
/// <param name="Pictured">The columns of figure 2.</param>
public sealed record EquityFidelity(EquityArm Arm, int ShownCount, FidelityReport Report, PicturedColumns Pictured)
{
    /// <summary>With fewer real rows to compare with, nothing is compared.</summary>
    public const int FewestRows = 20;

    /// <summary>The most rows of either group to compare with: the first in the order of the table.</summary>
    public const int MostRows = 1000;

    /// <summary>The conditions of each attack by singling out: of more, looking for them would take longer than everything else.</summary>
    public const int AttackCount = 500;

    /// <summary>The points of the joint density along each column.</summary>
    public const int DensityPoints = 32;

    private const string MinorityName = "minority";
    private const string MajorityName = "majority";

    /// <summary>Gets the rows of the minority that made rows should look like.</summary>
    public long RealCount => Report.RealCount;

    /// <summary>Gets the L1 distances of made rows to the closest real row of the minority, and of those to each other.</summary>
    public GroupDistances ToMinority => Report.Groups.Single(static one => one.Group == MinorityName);

    /// <summary>Gets the same with as many rows of the majority.</summary>
    public GroupDistances ToMajority => Report.Groups.Single(static one => one.Group == MajorityName);

    /// <summary>Gets what a forest that tells the groups apart makes of made rows.</summary>
    public GroupMembership Membership => Report.Membership!;

    /// <summary>Reads a correlation of two columns that are among those of a comparison; null where it is undefined.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="matrix">One of its matrices.</param>
    /// <param name="first">The name of a column.</param>
    /// <param name="second">The name of another.</param>
    internal static double? CorrelationOf(CorrelationComparison comparison, ReadOnlyMemory<double> matrix, string first, string second)
    {
        var names = comparison.Columns.ToList();
        return matrix.Span[(names.IndexOf(first) * names.Count) + names.IndexOf(second)] is var value && double.IsNaN(value) ? null : value;
    }

    /// <summary>Compares made rows; null where too few real rows are left.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="pair">The rows of both groups.</param>
    /// <param name="draw">Those that train.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="shown">The rows that the generator was shown.</param>
    /// <param name="made">The rows that it made, one at least.</param>
    /// <param name="pictured">The columns of figure 2, chosen when they are asked for.</param>
    /// <param name="compute">How to use the machine.</param>
    internal static EquityFidelity? Of(EquityCohort cohort, GroupPair pair, EquityDraw draw, EquityArm arm, SchemaTable shown, SchemaTable made, Lazy<PicturedColumns> pictured, ComputeOptions compute)
    {
        long[] minority = [.. Left(pair.MajorityCount, pair.Rows.Length)];
        long[] majority = [.. Left(0, pair.MajorityCount).Take(minority.Length)];
        if (minority.Length < FewestRows || majority.Length < FewestRows)
            return null;
        var ofMinority = cohort.Table.SelectRows(minority);
        var both = cohort.Table.SelectRows((long[])[.. minority, .. majority]);
        // A generator that was shown both groups copies from both: those it was not shown must be as mixed.
        var share = arm.LearnsFromGroup ? 0 : Math.Min((double)minority.Length / draw.Minority.Length, (double)majority.Length / draw.Majority.Length);
        var heldOut = arm.LearnsFromGroup
            ? ofMinority
            : cohort.Table.SelectRows((long[])[.. minority[..(int)(share * draw.Minority.Length)], .. majority[..(int)(share * draw.Majority.Length)]]);

        var encoding = RowEncoding.Fit(both, made, shown);
        using var synthetic = encoding.Encode(made).Copy();
        using var real = encoding.Encode(both).Copy();
        using var training = encoding.Encode(shown).Copy();
        using var holdout = encoding.Encode(heldOut).Copy();
        var (realMinority, realMajority) = (Part(0, minority.Length), Part(minority.Length, majority.Length));
        var groups = new Subgroups(minority.Length + majority.Length);
        groups.Add(MinorityName, RowMask.From(groups.RowCount, row => row < minority.Length));
        groups.Add(MajorityName, RowMask.From(groups.RowCount, row => row >= minority.Length));
        var correlations = CorrelationComparison.Compute(ofMinority, made, compute);
        var seed = draw.SeedOf(EquityDraw.Forest);
        const int folds = 3;
        var report = new FidelityReport
        {
            RealCount = minority.Length,
            SyntheticCount = made.RowCount,
            HoldoutCount = heldOut.RowCount,
            Columns = ColumnFidelity.Compute(ofMinority, made, compute),
            Correlations = correlations,
            Contingency = ContingencyComparison.Compute(ofMinority, made, compute),
            Density = pictured.Value.Pair is { } columns && Vary(columns.First, columns.Second) ? JointDensity.Compute(ofMinority, made, columns.First, columns.Second, DensityPoints, compute) : null,
            Detection = made.RowCount < folds ? null : Detection.Compute(realMinority, synthetic, folds, seed, compute),
            Support = SupportCurves.Compute(realMinority, synthetic, compute),
            ClosestRecords = ClosestRecords.Compute(synthetic, training, holdout, compute: compute),
            Matches = RecordMatches.Compute(shown, made, compute: compute),
            Groups = GroupDistances.Compute(synthetic, real, groups, compute),
            Membership = GroupMembership.Compute(realMinority, realMajority, synthetic, forest: new RandomForestOptions { Seed = seed, Compute = compute }),
            UnivariateSinglingOut = SinglingOut.Univariate(shown, made, heldOut, AttackCount, seed, compute: compute),
            MultivariateSinglingOut = made.Schema.Columns.Count < 2 ? null : SinglingOut.Multivariate(shown, made, heldOut, attackCount: AttackCount, seed: seed, compute: compute),
            Attack = DensityRatioAttack.ComputeOnHoldout(training, holdout, synthetic, seed: seed, compute: compute),
        };
        return new EquityFidelity(arm, (int)shown.RowCount, report, pictured.Value);

        // Rows of a small minority may have one value alone of a column.
        bool Vary(string first, string second) => CorrelationOf(correlations, correlations.Real, first, second) is not null;

        SampleMatrix Part(int first, int count) => real.SelectRows(Enumerable.Range(first, count).Select(row => (long)row).ToArray());

        IEnumerable<long> Left(int first, int end) => Enumerable.Range(first, end - first).Where(place => !draw.IsUsed[place]).Select(place => pair.Rows[place]).Take(MostRows);
    }
}
