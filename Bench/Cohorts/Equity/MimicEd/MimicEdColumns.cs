using Engine.Data;

namespace Bench.Cohorts.Equity.MimicEd;

/// <summary>The 64 features and three outcomes of the study, in the order of the table that is made of them.</summary>
internal static class MimicEdColumns
{
    /// <summary>The number of features; the outcomes follow them.</summary>
    public const int FeatureCount = 64;

    /// <summary>The place of the sex, which files hold as F and M.</summary>
    public const int Sex = 1;

    /// <summary>The place of the first vital sign, the temperature; the others follow as in <see cref="MimicEdVital.All"/>.</summary>
    public const int FirstVital = 11;

    private const string SexName = "gender_M";
    private const string TriagePrefix = "triage_";
    private const string OutcomePrefix = "outcome_";
    private const int YoungestAdult = 18;
    private const int OldestAge = 130;

    private static readonly string[] s_complaints =
        ["chest_pain", "abdominal_pain", "headache", "shortness_of_breath", "back_pain", "cough", "nausea_vomiting", "fever_chills", "syncope", "dizziness"];

    private static readonly string[] s_charlson =
        ["MI", "CHF", "PVD", "Stroke", "Dementia", "Pulmonary", "Rheumatic", "PUD", "Liver1", "DM1", "DM2", "Paralysis", "Renal", "Cancer1", "Liver2", "Cancer2", "HIV"];

    private static readonly string[] s_elixhauser =
    [
        "Arrhythmia", "Valvular", "PHTN", "HTN1", "HTN2", "NeuroOther", "Hypothyroid", "Lymphoma", "Coagulopathy", "Obesity", "WeightLoss", "FluidsLytes", "BloodLoss", "Anemia",
        "Alcohol", "Drugs", "Psychoses", "Depression",
    ];

    /// <summary>Gets the outcomes, without the prefix that files give them.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = ["critical", "ed_revisit_3d", "hospitalization"];

    /// <summary>Gets the columns: names, units, kinds, ranges.</summary>
    public static TableSchema Schema { get; } = new(
    [
        new() { Name = "age", Kind = ColumnKind.Integer, Unit = "years", Minimum = YoungestAdult, Maximum = OldestAge },
        Binary(SexName),
        .. new[] { "ed", "hosp", "icu" }.SelectMany(place => new[] { 30, 90, 365 }.Select(days => new ColumnDescription { Name = $"n_{place}_{days}d", Kind = ColumnKind.Integer, Minimum = 0 })),
        .. MimicEdVital.All.Select(Describe),
        .. s_complaints.Select(name => Binary($"chiefcom_{name}")),
        .. s_charlson.Select(name => Binary($"cci_{name}")),
        .. s_elixhauser.Select(name => Binary($"eci_{name}")),
        .. Outcomes.Select(name => new ColumnDescription { Name = name, Kind = ColumnKind.Binary, IsOutcome = true }),
    ]);

    /// <summary>Returns the name of a column in the files.</summary>
    public static string FileNameOf(int column) => (column < FeatureCount ? "" : OutcomePrefix) + Schema.Columns[column].Name;

    private static ColumnDescription Binary(string name) => new() { Name = name, Kind = ColumnKind.Binary };

    // Files fill gaps with means, so only the acuity, without which no visit counts, is surely whole.
    private static ColumnDescription Describe(MimicEdVital vital) => new()
    {
        Name = TriagePrefix + vital.Name,
        Kind = vital.Name == "acuity" ? ColumnKind.Integer : ColumnKind.Continuous,
        Unit = vital.Unit,
        Minimum = vital.ValidLow,
        Maximum = vital.ValidHigh,
        MayBeMissing = vital.Name != "acuity",
    };
}
