using Engine.Data;
using Engine.Diagnostics;
using Engine.Metrics;

namespace Engine.Fidelity;

/// <summary>How faithful synthetic rows are: every measure of this folder, on one pair of tables.</summary>
/// <remarks>
/// <para><b>Computes</b>: each measure as its own type says; what needs distances or a model is measured over <see cref="RowEncoding"/> of the real rows. Formulas and sources are in docs/fidelity.md.</para>
/// <para><b>Determinism</b>: the same bits for any number of threads and SIMD level.</para>
/// </remarks>
public sealed record FidelityReport
{
    /// <summary>Gets the number of real rows that were used.</summary>
    public required long RealCount { get; init; }

    /// <summary>Gets the number of synthetic rows that were used.</summary>
    public required long SyntheticCount { get; init; }

    /// <summary>Gets the number of held-out rows that were used, 0 where there are none.</summary>
    public required long HoldoutCount { get; init; }

    /// <summary>Gets the shape of every column.</summary>
    public required IReadOnlyList<ColumnFidelity> Columns { get; init; }

    /// <summary>Gets the correlations.</summary>
    public required CorrelationComparison Correlations { get; init; }

    /// <summary>Gets the contingency tables.</summary>
    public required ContingencyComparison Contingency { get; init; }

    /// <summary>Gets the joint density of <see cref="FidelityOptions.DensityColumns"/>; null where none was asked for.</summary>
    public JointDensity? Density { get; init; }

    /// <summary>Gets whether a logistic regression tells synthetic from real rows; null where a table has fewer rows than there are folds.</summary>
    public Detection? Detection { get; init; }

    /// <summary>Gets alpha-precision and beta-recall; null with one real row.</summary>
    public SupportCurves? Support { get; init; }

    /// <summary>Gets near copies; null with one real row.</summary>
    public ClosestRecords? ClosestRecords { get; init; }

    /// <summary>Gets rows that are real rows, or almost.</summary>
    public required RecordMatches Matches { get; init; }

    /// <summary>Gets the distances to each of <see cref="FidelityOptions.Groups"/>; empty where there are none.</summary>
    public required IReadOnlyList<GroupDistances> Groups { get; init; }

    /// <summary>Gets how much like the minority the synthetic rows look; null unless both groups are named and have two rows.</summary>
    public GroupMembership? Membership { get; init; }

    /// <summary>Gets singling out by one column.</summary>
    public required SinglingOut UnivariateSinglingOut { get; init; }

    /// <summary>Gets singling out by several columns; null where the tables have one.</summary>
    public SinglingOut? MultivariateSinglingOut { get; init; }

    /// <summary>Gets the membership attack; null without four held-out rows, half of which it takes as its reference population.</summary>
    public DensityRatioAttack? Attack { get; init; }

    /// <summary>Measures everything.</summary>
    /// <param name="real">n real rows that the synthetic ones were made from, 1 or more.</param>
    /// <param name="synthetic">m rows of the same columns, 1 or more.</param>
    /// <param name="options">What to measure beside them.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">A table has no row, columns differ, groups speak of other rows or lack a named one, or a column of the density is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="KeyNotFoundException">A named group is not in the groups.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <remarks><b>Cost</b>: the exact searches are most of it, each real row among all real and all synthetic ones. Memory: the encoded rows of all tables, and half as much again.</remarks>
    public static FidelityReport Compute(SchemaTable real, SchemaTable synthetic, FidelityOptions? options = null)
    {
        options ??= new FidelityOptions();
        Check(real, synthetic, options);
        var groups = options.Groups;
        if (options.RowLimit is { } limit)
        {
            var rows = SeededOrder.Draw(real.RowCount, limit, options.Seed, SeededOrder.LimitedRows);
            (real, synthetic, groups) = (real.SelectRows(rows), Limit(synthetic, limit, options.Seed), groups?.Select(rows));
            options = options with { Holdout = options.Holdout is { } all ? Limit(all, limit, options.Seed) : null };
        }

        var (compute, confidence, holdout) = (options.Compute, options.Confidence, options.Holdout);
        var encoding = RowEncoding.Fit(real, holdout is null ? [synthetic] : [synthetic, holdout], compute);
        using var realRows = encoding.Encode(real).Copy();
        using var syntheticRows = encoding.Encode(synthetic).Copy();
        using var holdoutRows = holdout is null ? null : encoding.Encode(holdout).Copy();
        return new FidelityReport
        {
            RealCount = real.RowCount,
            SyntheticCount = synthetic.RowCount,
            HoldoutCount = holdout?.RowCount ?? 0,
            Columns = ColumnFidelity.Compute(real, synthetic, compute),
            Correlations = CorrelationComparison.Compute(real, synthetic, compute),
            Contingency = ContingencyComparison.Compute(real, synthetic, compute),
            Density = options.DensityColumns is { } columns ? JointDensity.Compute(real, synthetic, columns.First, columns.Second, compute: compute) : null,
            Detection = Math.Min(real.RowCount, synthetic.RowCount) < options.FoldCount ? null : Detection.Compute(realRows, syntheticRows, options.FoldCount, options.Seed, compute),
            Support = real.RowCount < 2 ? null : SupportCurves.Compute(realRows, syntheticRows, compute),
            ClosestRecords = real.RowCount < 2 ? null : ClosestRecords.Compute(syntheticRows, realRows, holdoutRows, confidence, compute),
            Matches = RecordMatches.Compute(real, synthetic, options.MatchTolerance, confidence, compute),
            Groups = groups is null ? [] : GroupDistances.Compute(syntheticRows, realRows, groups, compute),
            Membership = MembershipOf(realRows, syntheticRows, groups, options),
            UnivariateSinglingOut = SinglingOut.Univariate(real, synthetic, holdout, options.AttackCount, options.Seed, confidence, compute),
            MultivariateSinglingOut = real.Schema.Columns.Count < 2
                ? null
                : SinglingOut.Multivariate(real, synthetic, holdout, options.ConditionColumnCount, options.AttackCount, options.Seed, confidence, compute),
            Attack = holdoutRows is null
                ? null
                : DensityRatioAttack.ComputeOnHoldout(realRows, holdoutRows, syntheticRows, options.AttackNeighborCount, options.LargestAttackedCount, options.Seed, confidence, compute),
        };
    }

    private static void Check(SchemaTable real, SchemaTable synthetic, FidelityOptions options)
    {
        TablePair.Check(real, synthetic);
        MetricArguments.CheckConfidence(options.Confidence);
        if (options.Holdout is { } holdout)
            TablePair.Check(real, holdout, nameof(options.Holdout));
        if (options.Groups is { } groups && groups.RowCount != real.RowCount)
            Throw.Argument_LengthsDiffer(nameof(options.Groups), groups.RowCount, nameof(real), real.RowCount);
        if (options.RowLimit is < 2)
            Throw.ArgumentOutOfRange(nameof(options.RowLimit), options.RowLimit, "2 or more, or null for all rows");
        if (options.FoldCount < 2)
            Throw.ArgumentOutOfRange(nameof(options.FoldCount), options.FoldCount, "2 or more");
        if (options.LargestAttackedCount < 2)
            Throw.ArgumentOutOfRange(nameof(options.LargestAttackedCount), options.LargestAttackedCount, "2 or more");
        if (options.AttackNeighborCount < 1)
            Throw.ArgumentOutOfRange(nameof(options.AttackNeighborCount), options.AttackNeighborCount, "1 or more");
        if (options.Groups is null && (options.MinorityGroup ?? options.MajorityGroup) is { } name)
            Throw.Argument_Invalid(nameof(options), $"group '{name}' is named and there are no groups; set Groups too.");
    }

    private static SchemaTable Limit(SchemaTable table, int limit, ulong seed) =>
        table.RowCount <= limit ? table : table.SelectRows(SeededOrder.Draw(table.RowCount, limit, seed, SeededOrder.LimitedRows));

    private static GroupMembership? MembershipOf(SampleMatrix real, SampleMatrix synthetic, Subgroups? groups, FidelityOptions options)
    {
        if (groups is null || options.MinorityGroup is not { } minority || options.MajorityGroup is not { } majority)
            return null;
        var (first, second) = (groups[minority], groups[majority]);
        var forest = options.Forest with { Seed = options.Seed, Compute = options.Compute };
        return first.Count < 2 || second.Count < 2
            ? null
            : GroupMembership.Compute(real.SelectRows(first.ToRows()), real.SelectRows(second.ToRows()), synthetic, forest: forest, confidence: options.Confidence);
    }
}
