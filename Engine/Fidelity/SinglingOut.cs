using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Metrics;

namespace Engine.Fidelity;

/// <summary>Singling out: whether a condition that one synthetic row alone meets is met by one real row alone.</summary>
/// <remarks>
/// <para><b>Computes</b>: conditions are taken from the synthetic rows without repeated ones, each met by one row there; it succeeds where it is met by exactly one training row (again without
/// repeated ones). Univariate: a value that occurs once, the smallest and the largest of a column, a value that is missing once. Multivariate: of a random synthetic row and some
/// random columns, numbers at least (above the column's median) or at most their value, levels equal, what is missing missing.</para>
/// <para>The same conditions on held-out rows say what succeeds by chance: residual risk = (r - r0) / (1 - r0) with r0 the rate there, both Wilson's. As chance grows with the number of rows, r is that of
/// as many training rows as there are held-out ones, drawn by the seed, or the other way round.</para>
/// <para><b>Source</b>: Giomi, Boenisch, Wehmeyer, Tasnadi: A unified framework for quantifying privacy risk in synthetic data (Anonymeter), PoPETs 2023, which corrects for the number of rows by a
/// fitted curve where here rows are drawn.</para>
/// </remarks>
public sealed record SinglingOut
{
    /// <summary>Gets the number of columns of a condition.</summary>
    public required int ColumnCount { get; init; }

    /// <summary>Gets the number of conditions asked for.</summary>
    public required int AskedCount { get; init; }

    /// <summary>Gets how many conditions single out a training row, of those that were found, which may be fewer than were asked for; null where none was found.</summary>
    public required SuccessRate? Attack { get; init; }

    /// <summary>Gets how many conditions with random columns, values of the synthetic rows and random comparisons single out a training row.</summary>
    public required SuccessRate? Baseline { get; init; }

    /// <summary>Gets how many conditions single out a training row where there are only as many as held-out ones; null without held-out rows.</summary>
    public SuccessRate? ComparedAttack { get; init; }

    /// <summary>Gets how many conditions single out a held-out row; null without held-out rows.</summary>
    public SuccessRate? Control { get; init; }

    /// <summary>Gets the number of training rows, and of held-out ones, that the two rates are of; 0 without held-out rows.</summary>
    public long ComparedRowCount { get; init; }

    /// <summary>Gets the residual risk and its interval, each 0 to 1: what training rows are singled out beyond chance; null without held-out rows or where chance always succeeds.</summary>
    public (double Risk, double Lower, double Upper)? Residual { get; init; }

    /// <summary>Attacks with conditions on one column.</summary>
    /// <param name="training">n real rows that the synthetic ones were made from.</param>
    /// <param name="synthetic">m rows of the same columns.</param>
    /// <param name="holdout">h real rows that played no part in making them; null where there are none.</param>
    /// <param name="attackCount">The number of conditions, 1 to 1,000,000.</param>
    /// <param name="seed">Draws the conditions.</param>
    /// <param name="confidence">Of the intervals, above 0, below 1.</param>
    /// <param name="compute">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>How often it succeeds.</returns>
    /// <exception cref="ArgumentException">A table has no row, or columns differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of conditions or the confidence is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static SinglingOut Univariate(
        SchemaTable training, SchemaTable synthetic, SchemaTable? holdout = null, int attackCount = 2000, ulong seed = 0, double confidence = .95, ComputeOptions? compute = null) =>
        Compute(training, synthetic, holdout, 1, attackCount, seed, confidence, compute);

    /// <summary>Attacks with conditions on several columns.</summary>
    /// <param name="training">As in <see cref="Univariate"/>.</param>
    /// <param name="synthetic">As in <see cref="Univariate"/>.</param>
    /// <param name="holdout">As in <see cref="Univariate"/>.</param>
    /// <param name="columnCount">The number of columns of a condition, 2 to 16 and to the number of columns of the tables; fewer where these have fewer.</param>
    /// <param name="attackCount">As in <see cref="Univariate"/>.</param>
    /// <param name="seed">As in <see cref="Univariate"/>.</param>
    /// <param name="confidence">As in <see cref="Univariate"/>.</param>
    /// <param name="compute">As in <see cref="Univariate"/>.</param>
    /// <returns>How often it succeeds.</returns>
    /// <exception cref="ArgumentException">As in <see cref="Univariate"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">As in <see cref="Univariate"/>, or the number of columns is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static SinglingOut Multivariate(
        SchemaTable training, SchemaTable synthetic, SchemaTable? holdout = null, int columnCount = 3, int attackCount = 2000, ulong seed = 0, double confidence = .95, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (columnCount is < 2 or > RowConditions.LargestColumnCount)
            Throw.ArgumentOutOfRange(nameof(columnCount), columnCount, $"2 to {RowConditions.LargestColumnCount}");
        return Compute(training, synthetic, holdout, Math.Min(columnCount, training.Schema.Columns.Count), attackCount, seed, confidence, compute);
    }

    private static SinglingOut Compute(
        SchemaTable training, SchemaTable synthetic, SchemaTable? holdout, int columnCount, int attackCount, ulong seed, double confidence, ComputeOptions? compute)
    {
        TablePair.Check(training, synthetic);
        if (holdout is not null)
            TablePair.Check(training, holdout, nameof(holdout));
        MetricArguments.CheckConfidence(confidence);
        if (attackCount is < 1 or > 1_000_000)
            Throw.ArgumentOutOfRange(nameof(attackCount), attackCount, "1 to 1,000,000");
        var options = (compute ?? ComputeOptions.Default).ToParallelOptions();
        var made = Distinct(synthetic, options);
        var drawn = new RowConditions(made, seed, options);
        var conditions = columnCount == 1 ? drawn.Univariate(attackCount) : drawn.Multivariate(columnCount, attackCount);
        var random = drawn.Random(columnCount, attackCount);
        var real = Distinct(training, options);
        var result = new SinglingOut
        {
            ColumnCount = columnCount,
            AskedCount = attackCount,
            Attack = RateOf(conditions, real, confidence, options),
            Baseline = RateOf(random, real, confidence, options),
        };
        if (holdout is null || conditions.Count == 0)
            return result;
        var control = Distinct(holdout, options);
        var rows = Math.Min(real.RowCount, control.RowCount);
        var attack = RateOf(conditions, Draw(real, rows, seed), confidence, options)!;
        var chance = RateOf(conditions, Draw(control, rows, seed), confidence, options)!;
        return result with { ComparedAttack = attack, Control = chance, ComparedRowCount = rows, Residual = ResidualOf(attack, chance) };
    }

    private static SchemaTable Distinct(SchemaTable table, ParallelOptions options)
    {
        var rows = DistinctRows.Of(table.Rows, options);
        return rows.Length == table.RowCount ? table : table.SelectRows(rows);
    }

    private static SchemaTable Draw(SchemaTable table, long count, ulong seed) =>
        count == table.RowCount ? table : table.SelectRows(SeededOrder.Draw(table.RowCount, count, seed, SeededOrder.ComparedRows));

    private static SuccessRate? RateOf(IReadOnlyList<RowCondition[]> conditions, SchemaTable table, double confidence, ParallelOptions options) =>
        SuccessRate.Of(conditions.Count, RowConditions.CountUpToTwo(conditions, table.Rows, options).Count(static count => count == 1), confidence);

    /// <summary>Computes the residual risk; its reach adds those of the two rates as independent errors, each by the slope of the risk.</summary>
    private static (double Risk, double Lower, double Upper)? ResidualOf(SuccessRate attack, SuccessRate control)
    {
        if (control.Rate >= 1)
            return null;
        var risk = (attack.Rate - control.Rate) / (1 - control.Rate);
        var ofAttack = attack.Reach / (1 - control.Rate);
        var ofControl = control.Reach * (attack.Rate - 1) / ((1 - control.Rate) * (1 - control.Rate));
        var reach = Math.Sqrt((ofAttack * ofAttack) + (ofControl * ofControl));
        return (Math.Clamp(risk, 0, 1), Math.Clamp(risk - reach, 0, 1), Math.Clamp(risk + reach, 0, 1));
    }
}
