using System.Collections.Frozen;

namespace Bench.Cohorts.PhysioNet2012;

/// <summary>The 42 names that the second column of a record may hold.</summary>
internal static class PhysioNet2012Parameters
{
    /// <summary>The 37 parameters measured over time, in alphabetical order; a parameter is known by its index here.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "ALP", "ALT", "AST", "Albumin", "BUN", "Bilirubin", "Cholesterol", "Creatinine", "DiasABP", "FiO2", "GCS", "Glucose", "HCO3", "HCT", "HR", "K",
        "Lactate", "MAP", "MechVent", "Mg", "NIDiasABP", "NIMAP", "NISysABP", "Na", "PaCO2", "PaO2", "Platelets", "RespRate", "SaO2", "SysABP", "Temp",
        "TroponinI", "TroponinT", "Urine", "WBC", "Weight", "pH",
    ];

    /// <summary>What is known of a person on admission: once a record, at 00:00. Weight at 00:00 is known then too, but is measured on.</summary>
    public static readonly IReadOnlyList<string> Descriptors = ["RecordID", "Age", "Gender", "Height", "ICUType"];

    /// <summary>All 42 names, the parameters first.</summary>
    public static readonly IReadOnlyList<string> All = [.. Names, .. Descriptors];

    /// <summary>The parameter that is also a descriptor: at 00:00 its -1 means missing.</summary>
    public static readonly int Weight = IndexOf("Weight");

    /// <summary>The total of the Glasgow coma scale, 3 to 15.</summary>
    public static readonly int ComaScale = IndexOf("GCS");

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> s_indices =
        All.Select((name, index) => KeyValuePair.Create(name, index)).ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds a name among parameters and descriptors; the descriptors' indices follow those of the parameters.</summary>
    public static bool TryFind(ReadOnlySpan<char> name, out int index) => s_indices.TryGetValue(name, out index);

    /// <summary>Returns the index of a parameter.</summary>
    /// <param name="parameter">A name in <see cref="Names"/>.</param>
    public static int IndexOf(string parameter)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == parameter)
                return i;
        }

        throw new ArgumentOutOfRangeException(nameof(parameter), parameter, "not a parameter of PhysioNet 2012.");
    }
}
