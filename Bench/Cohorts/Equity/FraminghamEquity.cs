using Bench.Cohorts.Framingham;
using Bench.Cohorts.Table;
using Engine.Data;

namespace Bench.Cohorts.Equity;

/// <summary>Reads the Framingham teaching data for the study of synthetic rows: no open file of it tells the race, so that the groups are men and women.</summary>
public static class FraminghamEquity
{
    /// <summary>What the rows are about, as the prompts of the study say it.</summary>
    internal const string Subject = "heart disease risk factors and outcomes";

    private const string Male = "male";
    private const string Female = "female";

    private static readonly (string Name, FraminghamLabel Label)[] s_outcomes =
        [("TenYearCHD", FraminghamLabel.TenYearChd), ("CHD", FraminghamLabel.CorrectedTenYearChd), ("CVD", FraminghamLabel.TenYearCvd)];

    /// <summary>Reads the table; which of the two files it is, is seen from its header.</summary>
    /// <param name="file">The file of 16 columns known from Kaggle, or the longitudinal file of 39 columns; may end in ".gz".</param>
    /// <param name="progress">Told when the file has been read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>14 features, the sex not among them; TenYearCHD as published, and from the longitudinal file CHD and CVD that did happen within ten years.</returns>
    /// <exception cref="CohortFormatException">The file is missing, is neither of the two, or holds a value that may not stand in its column.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public static EquityCohort Read(string file, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var table = CsvTable.Open(file);
        var outcomes = FraminghamReader.IsLongitudinal(table) ? s_outcomes : s_outcomes[..1];
        ColumnDescription[] features = [.. FraminghamPredictors.Names.Where(static name => name != Male).Select(Describe)];
        var rows = new SchemaRows(new TableSchema([.. features, .. outcomes.Select(static outcome => Outcome(outcome.Name))]));
        var males = new List<bool>();
        void Add(FraminghamPerson person)
        {
            // The sex is the first predictor.
            var predictors = person.Predictors.AsSpan(1);
            for (var feature = 0; feature < features.Length; feature++)
            {
                if (SchemaRows.FaultOf(features[feature], predictors[feature]) is { } fault)
                    throw new CohortFormatException(table.File, table.Line, features[feature].Name, TableWords.Of(predictors[feature]), fault);
            }

            rows.Add([.. predictors, .. person.Outcomes.Select(static outcome => (float)outcome)]);
            males.Add(person.IsMale);
        }

        FraminghamReader.ReadPersons(table, [.. outcomes.Select(static outcome => outcome.Label)], Add, cancellation);
        progress?.Report(new("reading Framingham", rows.Count, rows.Count, "rows"));
        var groups = new Subgroups(rows.Count);
        groups.Add(Male, RowMask.From(rows.Count, row => males[row]));
        groups.Add(Female, RowMask.From(rows.Count, row => !males[row]));
        var isMostlyMale = groups[Male].Count > groups[Female].Count;
        return new EquityCohort
        {
            Name = "Framingham teaching data",
            Subject = Subject,
            Table = rows.ToTable(),
            Groups = groups,
            Majority = isMostlyMale ? Male : Female,
            Minorities = [isMostlyMale ? Female : Male],
            Notes = [.. outcomes.Select(static outcome => FraminghamReader.NoteOn(outcome.Label)).Distinct(), "No open file of the Framingham study tells the race: the groups are men and women."],
        };
    }

    /// <summary>Describes a predictor: its kind, unit and range.</summary>
    /// <param name="name">A name of <see cref="FraminghamPredictors.Names"/>.</param>
    /// <remarks>Ranges are wide: they exclude what no living person has.</remarks>
    internal static ColumnDescription Describe(string name) => name switch
    {
        "age" => Number(name, ColumnKind.Integer, "years", 0, 130),
        "education" => Number(name, ColumnKind.Integer, null, 1, 4),
        "cigsPerDay" => Number(name, ColumnKind.Integer, "/day", 0, 200),
        "totChol" => Number(name, ColumnKind.Integer, "mg/dL", 20, 1500),
        "sysBP" => Number(name, ColumnKind.Continuous, "mmHg", 30, 400),
        "diaBP" => Number(name, ColumnKind.Continuous, "mmHg", 10, 300),
        "BMI" => Number(name, ColumnKind.Continuous, "kg/m²", 8, 120),
        "heartRate" => Number(name, ColumnKind.Integer, "/min", 15, 350),
        "glucose" => Number(name, ColumnKind.Integer, "mg/dL", 10, 2000),
        _ => new() { Name = name, Kind = ColumnKind.Binary, MayBeMissing = name != Male },
    };

    /// <summary>Describes an outcome.</summary>
    internal static ColumnDescription Outcome(string name) => new() { Name = name, Kind = ColumnKind.Binary, IsOutcome = true };

    private static ColumnDescription Number(string name, ColumnKind kind, string? unit, double least, double most) =>
        new() { Name = name, Kind = kind, Unit = unit, Minimum = least, Maximum = most, MayBeMissing = name != "age" };
}
