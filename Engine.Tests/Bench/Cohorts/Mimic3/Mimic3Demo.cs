using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Mimic3;

/// <summary>The real benchmark files of the public demo patients, and what the benchmark's own code made of them.</summary>
internal static class Mimic3Demo
{
    public static string Folder => SharedData.Require("data/mimic3-benchmarks-demo");

    public static string Demographics => SharedData.Require("data/mimic3-demo");

    public static string Golden(string name) => SharedData.Require($"data/mimic3-benchmarks-demo/golden/{name}");

    public static IEnumerable<string> StayFiles(Mimic3Task task) =>
        Directory.EnumerateFiles(Path.Combine(Folder, Mimic3Layout.TaskFolder(task)), "*_timeseries.csv", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    /// <summary>Reads one of the two golden tables of 57 stays x 48 hours x 76 columns, in the order of its lines.</summary>
    public static List<(string Split, string Stay, float[][] Hours)> ReadGoldenHours(string name)
    {
        var stays = new List<(string, string Stay, float[][] Hours)>();
        using var table = CsvTable.Open(Golden(name));
        while (table.Next())
        {
            var hour = (int)table.Number(2);
            if (hour == 0)
                stays.Add((table[0], table[1], new float[48][]));
            stays[^1].Hours[hour] = [.. Enumerable.Range(3, 76).Select(column => (float)table.Number(column))];
        }

        return stays;
    }
}
