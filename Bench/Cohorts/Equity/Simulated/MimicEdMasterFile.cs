using System.Globalization;
using System.Text;
using Bench.Cohorts.Equity.MimicEd;
using Engine.Data;

namespace Bench.Cohorts.Equity.Simulated;

/// <summary>Formats simulated visits as lines of the master file of MIMIC-IV-ED: 117 columns, of which those that nobody reads are empty.</summary>
internal static class MimicEdMasterFile
{
    private const int FirstSubject = 10_000_000;
    private const int FirstStay = 30_000_000;
    private const int FirstAdmission = 20_000_000;
    private const int Hospitalization = 2;
    private const double PlainRaces = 331_729.0 / MimicEdSimulator.PublishedRows;

    private static readonly string[] s_otherRaces = ["OTHER", "UNKNOWN", "MULTIPLE RACE/ETHNICITY", "AMERICAN INDIAN/ALASKA NATIVE", "UNABLE TO OBTAIN"];
    private static readonly string[][] s_races = [.. Enumerable.Range(0, MimicEdRaces.Groups.Count).Select(group => MimicEdRaces.NamesOf(group) is { Count: > 0 } names ? [.. names] : s_otherRaces)];

    private static readonly string[] s_before =
    [
        "index", "subject_id", "hadm_id", "stay_id", "intime", "outtime", "anchor_age", "gender", "anchor_year", "dod", "admittime", "dischtime", "deathtime", "ethnicity", "edregtime", "edouttime", "insurance",
        "in_year", "age", "outcome_inhospital_mortality", "ed_los", "intime_icu", "time_to_icu_transfer", "outcome_icu_transfer_12h", "outcome_hospitalization", "outcome_critical", "n_ed_30d", "n_ed_90d",
        "n_ed_365d", "next_ed_visit_time", "next_ed_visit_time_diff", "outcome_ed_revisit_3d", "n_hosp_30d", "n_hosp_90d", "n_hosp_365d", "n_icu_30d", "n_icu_90d", "n_icu_365d", "ed_los_hours",
        "time_to_icu_transfer_hours", "next_ed_visit_time_diff_days",
    ];

    private static readonly string[] s_elixhauser =
    [
        "CHF", "Arrhythmia", "Valvular", "PHTN", "PVD", "HTN1", "HTN2", "Paralysis", "NeuroOther", "Pulmonary", "DM1", "DM2", "Hypothyroid", "Renal", "Liver", "PUD", "HIV", "Lymphoma", "Tumor2", "Tumor1",
        "Rheumatic", "Coagulopathy", "Obesity", "WeightLoss", "FluidsLytes", "BloodLoss", "Anemia", "Alcohol", "Drugs", "Psychoses", "Depression",
    ];

    private static readonly string[] s_last = ["temperature", "heartrate", "resprate", "o2sat", "sbp", "dbp", "pain"];

    // The illnesses that both lists of the file have, or call something else.
    private static readonly Dictionary<string, string> s_twins = new()
    {
        ["eci_Liver"] = "cci_Liver1",
        ["eci_Tumor1"] = "cci_Cancer1",
        ["eci_Tumor2"] = "cci_Cancer2",
    };

    private static readonly Source[] s_sources;

    static MimicEdMasterFile()
    {
        string[] Features(string prefix) => [.. MimicEdColumns.Schema.Columns.Select(column => column.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        Header =
        [
            .. s_before, .. Features("triage_"), "chiefcomplaint", .. Features("chiefcom_"), .. Features("cci_"), .. s_elixhauser.Select(name => $"eci_{name}"),
            .. s_last.Select(name => $"ed_{name}_last"), "n_med", "n_medrecon",
        ];
        s_sources = [.. Header.Select(SourceOf)];
    }

    private delegate void Source(Visit visit, StringBuilder text);

    /// <summary>Gets the names of the columns, in the published order.</summary>
    public static IReadOnlyList<string> Header { get; }

    /// <summary>Formats some visits.</summary>
    /// <param name="visits">Draws them.</param>
    /// <param name="plan">Whose they are.</param>
    /// <param name="outcomes">The outcomes of all visits, in the order of <see cref="MimicEdColumns.Outcomes"/>.</param>
    /// <param name="first">The first visit.</param>
    /// <param name="end">The visit after the last.</param>
    /// <returns>Lines in UTF-8.</returns>
    public static byte[] Format(MimicEdVisits visits, MimicEdPlan plan, byte[][] outcomes, int first, int end)
    {
        var text = new StringBuilder();
        var (values, odds) = (new double[MimicEdColumns.FeatureCount], new double[outcomes.Length]);
        for (var row = first; row < end; row++)
        {
            visits.Draw(row, values, odds);
            var visit = new Visit(row, plan.Patients[row], visits.Patient, values, outcomes);
            for (var column = 0; column < s_sources.Length; column++)
            {
                if (column > 0)
                    text.Append(',');
                s_sources[column](visit, text);
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Source SourceOf(string name)
    {
        var outcome = MimicEdColumns.Outcomes.ToList().IndexOf(name.Replace("outcome_", "", StringComparison.Ordinal));
        if (outcome >= 0)
            return (visit, text) => text.Append(visit.Outcomes[outcome][visit.Row] == 1);
        var twin = s_twins.GetValueOrDefault(name) ?? name;
        if (MimicEdColumns.Schema.TryFind(twin, out var column) || MimicEdColumns.Schema.TryFind(twin.Replace("eci_", "cci_", StringComparison.Ordinal), out column))
            return FeatureOf(MimicEdColumns.Schema.Columns[column], column);
        return name switch
        {
            "index" => static (visit, text) => text.Append(visit.Row),
            "subject_id" => static (visit, text) => text.Append(FirstSubject + visit.Number),
            "stay_id" => static (visit, text) => text.Append(FirstStay + visit.Row),
            "hadm_id" => WriteAdmission,
            "anchor_age" => static (visit, text) => text.Append(visit.Patient.Age),
            "gender" => static (visit, text) => text.Append(visit.Patient.IsMale ? 'M' : 'F'),
            "ethnicity" => static (visit, text) => text.Append(RaceOf(visit.Patient)),
            "chiefcomplaint" => WriteComplaints,
            _ => WriteNothing,
        };
    }

    private static Source FeatureOf(ColumnDescription feature, int column)
    {
        if (feature.Name.StartsWith("chiefcom_", StringComparison.Ordinal))
            return (visit, text) => text.Append(visit.Values[column] == 1);
        // Numbers of a column with gaps have a point in the published files.
        var format = feature.Name.StartsWith("triage_", StringComparison.Ordinal) ? "0.0" : "0";
        return (visit, text) =>
        {
            if (!double.IsNaN(visit.Values[column]))
                text.Append(visit.Values[column].ToString(format, CultureInfo.InvariantCulture));
        };
    }

    // Most races are written plainly, the others in one of the finer ways.
    private static string RaceOf(in MimicEdPatient patient)
    {
        var names = s_races[patient.Group];
        var finer = (patient.RaceDraw - PlainRaces) / (1 - PlainRaces);
        return finer < 0 ? names[0] : names[1 + (int)(finer * (names.Length - 1))];
    }

    private static void WriteNothing(Visit visit, StringBuilder text)
    {
    }

    private static void WriteAdmission(Visit visit, StringBuilder text)
    {
        if (visit.Outcomes[Hospitalization][visit.Row] == 1)
            text.Append(FirstAdmission + visit.Row).Append(".0");
    }

    private static void WriteComplaints(Visit visit, StringBuilder text)
    {
        var names = MimicEdColumns.Schema.Columns.Take(MimicEdColumns.FeatureCount)
            .Where((column, place) => visit.Values[place] == 1 && column.Name.StartsWith("chiefcom_", StringComparison.Ordinal))
            .Select(column => column.Name["chiefcom_".Length..].Replace('_', ' ')).ToArray();
        if (names.Length > 1)
            text.Append('"').AppendJoin(", ", names).Append('"');
        else
            text.AppendJoin("", names);
    }

    private sealed record Visit(int Row, int Number, MimicEdPatient Patient, double[] Values, byte[][] Outcomes);
}
