using System.IO.Compression;
using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Mimic3;

/// <summary>A sound data set of six patients in both tasks, for a test to spoil in one place.</summary>
internal sealed class SmallBenchmark : IDisposable
{
    private static readonly Dictionary<CohortSplit, int[]> s_subjects = new()
    {
        [CohortSplit.Train] = [11, 12, 13],
        [CohortSplit.Validation] = [21],
        [CohortSplit.Test] = [31, 32],
    };

    private readonly TemporaryFolder _folder = new();

    public SmallBenchmark()
    {
        foreach (var (split, subjects) in s_subjects)
        {
            foreach (var task in Enum.GetValues<Mimic3Task>())
            {
                foreach (var subject in subjects)
                    Mimic3Writer.WriteStay(Path, task, split, Mimic3Writer.StayName(subject, 1), Rows(subject));
                Mimic3Writer.WriteListFile(Path, task, split, subjects.SelectMany(subject => Samples(task, subject)));
            }
        }

        Mimic3Writer.WriteDemographics(Path, s_subjects.Values.SelectMany(subjects => subjects).Select(Demographics));
    }

    public string Path => _folder.Path;

    public string File(params ReadOnlySpan<string> names) => _folder.File(names);

    public Cohort Read(Mimic3Task task) => Mimic3Reader.Read(Path, task, Path, cancellation: TestContext.Current.CancellationToken);

    public CohortFormatException ReadBad(Mimic3Task task) => Assert.Throws<CohortFormatException>(() => Read(task));

    /// <summary>Replaces a text that must occur in a file.</summary>
    public void Replace(string relativePath, string good, string bad)
    {
        var text = System.IO.File.ReadAllText(File(relativePath));
        Assert.Contains(good, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File(relativePath), text.Replace(good, bad, StringComparison.Ordinal));
    }

    /// <summary>Replaces a file by its compressed form.</summary>
    public static void Compress(string file)
    {
        using (var source = System.IO.File.OpenRead(file))
        using (var target = new GZipStream(System.IO.File.Create(file + ".gz"), CompressionLevel.Optimal))
            source.CopyTo(target);
        System.IO.File.Delete(file);
    }

    public void Dispose() => _folder.Dispose();

    // Hours 0.25, 1.25, ... with a heart rate each, and the same level once.
    private static IEnumerable<TimeSeriesRow> Rows(int subject) => Enumerable.Range(0, 10).Select(hour =>
    {
        var cells = new string?[BenchmarkChannels.Count];
        cells[BenchmarkChannels.Find("Heart Rate").Index] = Mimic3Writer.Format(60 + subject + hour);
        if (hour == 3)
            cells[BenchmarkChannels.Find("Glascow coma scale total").Index] = "14";
        return new TimeSeriesRow(hour + 0.25, cells);
    });

    private static DemographicRow Demographics(int subject) =>
        new(subject, IsFemale: subject % 2 == 0, "WHITE", new DateTime(2150, 1, 1), new DateTime(2150 - (subject * 2), 1, 1));

    private static IEnumerable<ListRow> Samples(Mimic3Task task, int subject) => task == Mimic3Task.InHospitalMortality
        ? [new ListRow(Mimic3Writer.StayName(subject, 1), 48, (byte)(subject % 2))]
        : Enumerable.Range(5, 8).Select(hours => new ListRow(Mimic3Writer.StayName(subject, 1), hours, (byte)(subject % 2 == 1 && hours > 9 ? 1 : 0)));
}
