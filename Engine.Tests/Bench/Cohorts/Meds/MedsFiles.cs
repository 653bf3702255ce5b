using System.Globalization;
using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Meds;
using Bench.Cohorts.Mimic3;
using Engine.Tests.Bench.Cohorts.Table;

namespace Engine.Tests.Bench.Cohorts.Meds;

/// <summary>Made-up stays, written both as the MIMIC-III benchmark and in the Medical Event Data Standard: numbers that a 32-bit float holds, times of whole minutes.</summary>
internal sealed class MedsFiles(string folder)
{
    private const double MinutesPerHour = 60;

    private static readonly (CohortSplit Split, string Name, int FirstSubject)[] s_splits = [(CohortSplit.Train, "train", 100), (CohortSplit.Validation, "tuning", 200), (CohortSplit.Test, "held_out", 300)];

    /// <summary>Gets the folder of the MIMIC-III benchmark.</summary>
    public string Mimic3 { get; } = Directory.CreateDirectory(Path.Combine(folder, "mimic3")).FullName;

    /// <summary>Gets the folder of the standard.</summary>
    public string Meds { get; } = Path.Combine(folder, "meds");

    /// <summary>Gets the file of labels.</summary>
    public string Labels { get; } = Path.Combine(folder, "labels.parquet");

    /// <summary>Gets the map of codes.</summary>
    public string CodeMap { get; } = Path.Combine(folder, "codes.csv");

    /// <summary>Gets what a test says of the data set unless it says something else.</summary>
    public MedsDescription Description => new(Labels, CodeMap) { Start = "ICU_ADMISSION", GroupCodes = ["GENDER,RACE"] };

    /// <summary>Gets the events, for a test to change before they are written: folder of the shard, subject, time, code and number.</summary>
    public List<(string Shard, long Subject, DateTime? Time, string Code, float? Number)> Events { get; } = [];

    /// <summary>Gets the labels, likewise.</summary>
    public List<(long Subject, DateTime Time, bool? Value)> Rows { get; } = [];

    /// <summary>Makes stays and writes them in both formats.</summary>
    /// <param name="subjectCount">How many subjects each split has.</param>
    public MedsFiles Make(int subjectCount)
    {
        foreach (var (split, name, firstSubject) in s_splits)
        {
            var list = new List<ListRow>();
            for (var subject = firstSubject; subject < firstSubject + subjectCount; subject++)
                list.AddRange(MakeStay(split, name, subject));
            Mimic3Writer.WriteListFile(Mimic3, Mimic3Task.Decompensation, split, list);
        }

        File.WriteAllLines(CodeMap, [
            "code,channel,factor,level",
            .. BenchmarkChannels.All.Where(channel => !channel.IsCategorical).Select(channel => $"LAB//{channel.Name},{channel.Name},{FactorOf(channel)},"),
            .. BenchmarkChannels.All.SelectMany(channel => channel.Levels.Select(level => $"{channel.Name}//{level},{channel.Name},,{level}"))]);
        WriteMeds();
        return this;
    }

    /// <summary>Writes events and labels as they are now.</summary>
    public void WriteMeds(int rowsPerGroup = 700)
    {
        foreach (var shard in Events.GroupBy(one => one.Shard))
        {
            var file = Path.Combine(Meds, "data", $"{shard.Key}.parquet");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            ParquetFile.Write(
                file,
                rowsPerGroup,
                ("subject_id", shard.Select(one => one.Subject).ToArray()),
                ("time", shard.Select(one => one.Time).ToArray()),
                ("code", shard.Select(one => one.Code).ToArray()),
                ("numeric_value", shard.Select(one => one.Number).ToArray()));
        }

        ParquetFile.Write(Labels, 1000, ("subject_id", Rows.Select(row => row.Subject).ToArray()), ("prediction_time", Rows.Select(row => row.Time).ToArray()), ("boolean_value", Rows.Select(row => row.Value).ToArray()));
    }

    private List<ListRow> MakeStay(CohortSplit split, string name, int subject)
    {
        var random = new Random(subject);
        var start = new DateTime(2150, 1, 1).AddDays(subject).AddMinutes(subject);
        var shard = $"{name}/{subject % 2}";
        Events.Add((shard, subject, null, $"GENDER//{(subject % 2 == 0 ? 'F' : 'M')}", null));
        Events.Add((shard, subject, null, subject % 3 == 0 ? "RACE//BLACK" : "RACE//WHITE", null));
        Events.Add((shard, subject, start.AddYears(-40 - (subject % 50)), "MEDS_BIRTH", null));
        // Before the stay, and of no channel: neither may count.
        Events.Add((shard, subject, start.AddDays(-3), "LAB//Heart Rate", 999));
        Events.Add((shard, subject, start, "ICU_ADMISSION//MICU", null));
        Events.Add((shard, subject, start, "DIAGNOSIS//401", 5));
        var hours = 6 + (subject % 40);
        var rows = new List<TimeSeriesRow>();
        for (var minute = 0; minute < hours * MinutesPerHour; minute += 15 * random.Next(1, 8))
        {
            var cells = new string?[BenchmarkChannels.Count];
            foreach (var channel in BenchmarkChannels.All)
            {
                if (random.Next(4) == 0)
                    cells[channel.Index] = Measure(channel, random, shard, subject, start.AddMinutes(minute));
            }

            if (minute == 0 || Array.Exists(cells, cell => cell is not null))
                rows.Add(new TimeSeriesRow(minute / MinutesPerHour, cells));
        }

        var stay = Mimic3Writer.StayName(subject, 1);
        Mimic3Writer.WriteStay(Mimic3, Mimic3Task.Decompensation, split, stay, rows);
        var samples = Enumerable.Range(5, hours - 4).Select(period => new ListRow(stay, period, (byte)((subject + period) % 7 == 0 ? 1 : 0))).ToList();
        Rows.AddRange(samples.Select(sample => ((long)subject, start.AddHours(sample.Period), (bool?)(sample.Label == 1))));
        return samples;
    }

    private string Measure(Channel channel, Random random, string shard, int subject, DateTime time)
    {
        if (channel.IsCategorical)
        {
            var level = channel.Levels[random.Next(channel.Levels.Length)];
            Events.Add((shard, subject, time, $"{channel.Name}//{level}", null));
            return level;
        }

        var value = random.Next(1, 2000) / 8f;
        Events.Add((shard, subject, time, $"LAB//{channel.Name}", value / FactorOf(channel)));
        return value.ToString(CultureInfo.InvariantCulture);
    }

    // Exact in binary, so that the unit changes no bit.
    private static int FactorOf(Channel channel) => channel.Name == "Weight" ? 4 : 1;
}
