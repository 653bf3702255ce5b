using System.IO.Compression;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.PhysioNet2012;

/// <summary>Generates challenge folders in the real format.</summary>
internal sealed class ChallengeFolder : IDisposable
{
    public const string OutcomeHeader = "RecordID,SAPS-I,SOFA,Length_of_stay,Survival,In-hospital_death";

    private readonly TemporaryFolder _folder = new();

    public string Root => _folder.Path;

    /// <summary>Lines of a record: the descriptors on lines 2 to 6, then the given rows from line 7.</summary>
    public static string[] Record(int id, params string[] rows) => RecordOf(id, "54", "0", rows);

    public static string[] RecordOf(int id, string age, string gender, params string[] rows) =>
        ["Time,Parameter,Value", $"00:00,RecordID,{id}", $"00:00,Age,{age}", $"00:00,Gender,{gender}", "00:00,Height,-1", "00:00,ICUType,4", .. rows];

    /// <summary>Writes a record into the folder of a set.</summary>
    public string AddRecord(char set, int id, params string[] lines) => _folder.Write($"set-{set}/{id}.txt", lines);

    /// <summary>Writes the outcomes of a set.</summary>
    public string WriteOutcomes(char set, params (int Id, string Label)[] outcomes) =>
        _folder.Write($"Outcomes-{set}.txt", outcomes.Select(outcome => $"{outcome.Id},6,1,5,-1,{outcome.Label}").Prepend(OutcomeHeader));

    /// <summary>Writes any other file.</summary>
    public string Write(string name, params string[] lines) => _folder.Write(name, lines);

    /// <summary>Adds records of nothing but descriptors, and their outcomes.</summary>
    public void AddSet(char set, int firstId, int count)
    {
        for (var id = firstId; id < firstId + count; id++)
            AddRecord(set, id, Record(id));
        WriteOutcomes(set, [.. Enumerable.Range(firstId, count).Select(id => (id, "0"))]);
    }

    /// <summary>Replaces the folder of a set by a zip file.</summary>
    public string Zip(char set, CompressionLevel level = CompressionLevel.Fastest)
    {
        var folder = Path.Combine(Root, $"set-{set}");
        ZipFile.CreateFromDirectory(folder, folder + ".zip", level, includeBaseDirectory: true);
        Directory.Delete(folder, recursive: true);
        return folder + ".zip";
    }

    public void Dispose() => _folder.Dispose();
}
