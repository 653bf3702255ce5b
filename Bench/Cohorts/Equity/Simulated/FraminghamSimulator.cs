using System.Globalization;
using Bench.Cohorts.Framingham;
using Engine.Data;
using Engine.Numerics;

namespace Bench.Cohorts.Equity.Simulated;

/// <summary>Simulates participants in the shape of the Offspring and OMNI 1 cohorts of the Framingham Heart Study, as the study of synthetic rows uses them: no open file of them tells the race.</summary>
/// <remarks>
/// <para>No participant's record went into it. The sizes of the groups and the shares of the outcomes in each are published, and how often a predictor is missing is that of the teaching file; all else is
/// invented.</para>
/// <para><b>Determinism</b>: a function of seed and size; the same bits on every machine.</para>
/// </remarks>
public static class FraminghamSimulator
{
    /// <summary>The participants of the study.</summary>
    public const int PublishedRows = 3423;

    /// <summary>The largest number of participants.</summary>
    public const int MaximumRows = 10_000_000;

    private const int Kind = 5;
    private const int OutcomeKind = 6;
    private const ulong OrderStream = 9UL << 56;
    private const double TeachingRows = 4240;

    private static readonly string[] s_groups = ["White", "Black", "Hispanic", "Asian"];
    private static readonly int[] s_publishedSizes = [2927, 170, 215, 111];
    private static readonly string[] s_outcomes = ["CHD", "CHF", "CVD"];

    // By outcome and group.
    private static readonly double[][] s_publishedShares = [[0.020, 0.106, 0.079, 0.117], [0.015, 0.071, 0.042, 0.027], [0.027, 0.206, 0.116, 0.144]];

    // Of the teaching file, in the order of the predictors.
    private static readonly int[] s_missing = [0, 0, 105, 0, 29, 53, 0, 0, 0, 50, 0, 0, 19, 1, 388];

    // Mean age, body mass, systolic pressure and inclination to diabetes, by group.
    private static readonly (double Age, double Mass, double Pressure, double Sugar)[] s_people = [(55, 27, 125, 0), (51, 29.5, 131, 0.35), (49, 28.5, 124, 0.35), (50, 24, 123, 0.15)];

    // What age and sex, pressure, metabolism and habits weigh in each group: diabetes counts twice as much in hispanic participants.
    private static readonly double[][] s_weights = [[1, 1, 1, 1], [0.7, 1.5, 0.9, 0.8], [1.1, 0.7, 2, 0.9], [1.3, 0.8, 1.2, 0.6]];

    private static readonly TableSchema s_schema = new([.. FraminghamPredictors.Names.Select(FraminghamEquity.Describe), .. s_outcomes.Select(FraminghamEquity.Outcome)]);

    /// <summary>Simulates a cohort.</summary>
    /// <param name="seed">Any number; another seed gives other participants.</param>
    /// <param name="rows">The number of participants, <see cref="PublishedRows"/> to <see cref="MaximumRows"/>; groups in the published proportions.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <returns>15 features, three outcomes, four groups of race.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is outside its range.</exception>
    /// <exception cref="InsufficientMemoryException">The rows do not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The simulation was stopped.</exception>
    public static EquityCohort Simulate(ulong seed, int rows = PublishedRows, CancellationToken cancellation = default)
    {
        if (rows is < PublishedRows or > MaximumRows)
            throw new ArgumentOutOfRangeException(nameof(rows), rows, string.Create(CultureInfo.InvariantCulture, $"the number of participants must be {PublishedRows:N0} to {MaximumRows:N0}."));
        MemoryNeed.Require(200.0 * rows, $"{rows:N0} participants");
        var groupOfRow = PlaceGroups(seed, rows);
        var samples = SampleMatrix.Create(rows, s_schema.Columns.Count);
        double[][] logOdds = [.. s_outcomes.Select(_ => new double[rows])];
        for (var row = 0; row < rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            Draw(new RowDraws(seed, Kind, row), groupOfRow[row], samples.GetWritableRow(row), logOdds, row);
        }

        int[][] rowsOfGroups = [.. Enumerable.Range(0, s_groups.Length).Select(group => Enumerable.Range(0, rows).Where(row => groupOfRow[row] == group).ToArray())];
        byte[] Outcomes(int outcome, byte[]? always) =>
            SimulatedOutcomes.Draw(logOdds[outcome], rowsOfGroups, s_publishedShares[outcome], row => new RowDraws(seed, OutcomeKind + outcome, row).Uniform(), always, cancellation);
        var coronary = Outcomes(0, null);
        // Coronary heart disease within ten years is one of the cardiovascular diseases within ten years; heart failure is of thirty years.
        byte[][] outcomes = [coronary, Outcomes(1, null), Outcomes(2, coronary)];
        for (var row = 0; row < rows; row++)
        {
            for (var outcome = 0; outcome < outcomes.Length; outcome++)
                samples.GetWritableRow(row)[FraminghamPredictors.Names.Count + outcome] = outcomes[outcome][row];
        }

        var groups = new Subgroups(rows);
        for (var group = 0; group < s_groups.Length; group++)
            groups.Add(s_groups[group], RowMask.From(rows, row => groupOfRow[row] == group));
        return new EquityCohort
        {
            Name = "Framingham, simulated",
            Subject = FraminghamEquity.Subject,
            Table = new SchemaTable(s_schema, samples),
            Groups = groups,
            Majority = s_groups[0],
            Minorities = ["Asian", "Black", "Hispanic"],
            Notes = [NoteOn(seed)],
            IsSimulated = true,
        };
    }

    private static string NoteOn(ulong seed) =>
        $"These data are simulated, from seed {seed}, in the shape of the Framingham Offspring and OMNI 1 cohorts, and hold no participant's record: the sizes of the groups and the shares of the outcomes in "
        + "each are published, every other value, and what it says of an outcome, is invented. The published shares of white participants (CHD 2.0, CHF 1.5, CVD 2.7 %) are several times below those of the "
        + "others; they are taken as printed.";

    // In an order that tells nothing.
    private static byte[] PlaceGroups(ulong seed, int rows)
    {
        var sizes = GroupSizes.Divide(s_publishedSizes, rows);
        byte[] groups = [.. sizes.SelectMany((size, group) => Enumerable.Repeat((byte)group, size))];
        var order = new RandomStream(seed, OrderStream);
        Array.Sort([.. Enumerable.Range(0, rows).Select(row => order.UInt64((ulong)row))], groups);
        return groups;
    }

    private static void Draw(RowDraws draws, int group, Span<float> values, double[][] logOdds, int row)
    {
        var people = s_people[group];
        var (isMale, vessels, metabolism) = (draws.Uniform() < 0.46, draws.Normal(), draws.Normal());
        var age = Math.Clamp(Math.Round(people.Age + (9.5 * draws.Normal())), 28, 80);
        var decades = (age - 52) / 10;
        var schooling = draws.Normal();
        var education = schooling < -1.2 ? 1 : schooling < 0 ? 2 : schooling < 0.75 ? 3 : 4;
        var smokes = draws.Uniform() < 0.34 - (0.05 * education);
        var cigarettes = Math.Clamp(Math.Round(16 + (10 * draws.Normal())), 1, 60);
        var mass = people.Mass * PortableMath.Exp((0.11 * metabolism) + (0.12 * draws.Normal()));
        var systolic = people.Pressure + (4.5 * decades) + (9 * vessels) + (2.5 * metabolism) + (10.5 * draws.Normal());
        var diastolic = 76 + (0.42 * (systolic - 125)) + (6.5 * draws.Normal());
        var treated = draws.Normal() + (0.7 * vessels) + (0.35 * decades) > 1.75;
        var (stroke, diabetes) = (draws.Normal() + (0.3 * vessels) + (0.2 * decades) > 2.5, draws.Normal() + (0.8 * metabolism) + (0.2 * decades) + people.Sugar > 2.2);
        var cholesterol = 204 + (8 * metabolism) + (3 * decades) + (34 * draws.Normal());
        var pulse = 66 + (1.5 * metabolism) + (10 * draws.Normal());
        var glucose = 94 + (3 * metabolism) + (2 * decades) + (diabetes ? 45 : 0) + (9 * draws.Normal() * (diabetes ? 3 : 1));
        var isHypertensive = treated || systolic >= 140 || diastolic >= 90;
        ReadOnlySpan<double> drawn =
        [
            isMale ? 1 : 0, age, education, smokes ? 1 : 0, smokes ? cigarettes : 0, treated ? 1 : 0, stroke ? 1 : 0, isHypertensive ? 1 : 0, diabetes ? 1 : 0,
            Math.Clamp(Math.Round(cholesterol), 90, 600), Half(systolic), Half(diastolic), Math.Round(mass * 100) / 100, Math.Clamp(Math.Round(pulse), 35, 150), Math.Clamp(Math.Round(glucose), 40, 450),
        ];
        for (var column = 0; column < drawn.Length; column++)
            values[column] = draws.Uniform() < s_missing[column] / TeachingRows ? float.NaN : (float)drawn[column];

        var (male, pressure, fat, sugar) = (isMale ? 1 : 0, (systolic - 125) / 16, (cholesterol - 204) / 36, (glucose - 96) / 18);
        var (smoking, hypertension, diabetic, heavy, strokes) = (smokes ? 1 : 0, isHypertensive ? 1 : 0, diabetes ? 1 : 0, (mass - 27) / 4.5, stroke ? 1 : 0);
        Add(0, (0.55 * decades) + (0.5 * male), (0.2 * hypertension) + (0.2 * pressure), (0.45 * diabetic) + (0.1 * heavy) + (0.08 * sugar), (0.35 * smoking) + (0.25 * fat));
        Add(1, (0.55 * decades) + (0.15 * male), (0.3 * hypertension) + (0.15 * pressure) + (0.25 * strokes), (0.45 * diabetic) + (0.2 * heavy) + (0.06 * sugar), 0.2 * smoking);
        Add(2, (0.6 * decades) + (0.4 * male), (0.25 * hypertension) + (0.25 * pressure) + (0.6 * strokes), (0.5 * diabetic) + (0.1 * heavy) + (0.08 * sugar), (0.4 * smoking) + (0.15 * fat));

        void Add(int outcome, double person, double vascular, double metabolic, double habits)
        {
            var weights = s_weights[group];
            logOdds[outcome][row] = (weights[0] * person) + (weights[1] * vascular) + (weights[2] * metabolic) + (weights[3] * habits);
        }
    }

    // The cuff is read to half a millimeter as the mean of two readings.
    private static double Half(double pressure) => Math.Clamp(Math.Round(pressure * 2) / 2, 40, 260);
}
