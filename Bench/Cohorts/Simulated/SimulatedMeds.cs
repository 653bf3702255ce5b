using System.Text.Json;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Parquet;

namespace Bench.Cohorts.Simulated;

/// <summary>Writes planned stays as a data set of the Medical Event Data Standard, version 0.4: shards of events, metadata, labels, and the map of codes that reads them.</summary>
/// <remarks>
/// <code>
/// data/train/0.parquet …  data/tuning/…  data/held_out/…     events, some hundred subjects a shard
/// metadata/subject_splits.parquet  codes.parquet  dataset.json
/// labels/decompensation.parquet                              subject_id, prediction_time, boolean_value
/// codes.csv                                                  the map for run --code-map
/// </code>
/// <b>Order</b>: subjects lie together; of each, events without a time come first, the others by time.
/// </remarks>
internal sealed class SimulatedMeds
{
    /// <summary>The names of the files of labels and of the map, below the folder.</summary>
    public const string LabelsFile = "labels/decompensation.parquet", CodeMapFile = "codes.csv";

    /// <summary>How the code begins that starts a stay, and those without a time that make groups.</summary>
    public const string Start = "ICU_ADMISSION", GroupCodes = "GENDER,RACE";

    private const string Version = "0.4.0";
    private const string Chart = "CHART//";
    private const string Separator = "//";
    private const int StaysPerShard = 500;

    private readonly ulong _seed;
    private readonly List<StayPlan> _plans;
    private readonly string _folder;
    private readonly IProgress<CohortProgress>? _progress;
    private readonly Lock _lock = new();
    private int _done;

    /// <summary>Takes the plans of all stays of decompensation, split by split.</summary>
    public SimulatedMeds(ulong seed, List<StayPlan> plans, string folder, IProgress<CohortProgress>? progress) =>
        (_seed, _plans, _folder, _progress) = (seed, plans, folder, progress);

    /// <summary>Writes everything.</summary>
    /// <param name="cancellation">Stops the writing.</param>
    public void Write(CancellationToken cancellation)
    {
        // Files outlive the command that made them: nobody may take them for patients.
        File.WriteAllText(Path.Combine(_folder, SimulatedMark.Name), SimulatedNote.Of(_plans[0].Task, _seed) + "\n");
        File.WriteAllLines(Path.Combine(_folder, CodeMapFile), ["code,channel,factor,level", .. ChannelsOfCodes().Select(one => $"{CodeOf(one.Channel, one.Level)},{one.Channel.Name},,{one.Level}")]);
        WriteMetadata(cancellation);
        WriteLabels(cancellation);
        var shards = Enumerable.Range(0, _plans.Count).GroupBy(stay => _plans[stay].Split).SelectMany(split => split.Chunk(StaysPerShard).Select((stays, number) => (Folder: FolderOf(split.Key), Number: number, Stays: stays)));
        Parallel.ForEach(shards, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, shard => WriteShard(shard.Folder, shard.Number, shard.Stays, cancellation));
    }

    private static string FolderOf(CohortSplit split) => split switch
    {
        CohortSplit.Train => "train",
        CohortSplit.Validation => "tuning",
        _ => "held_out",
    };

    private static string CodeOf(Channel channel, string? level) => level is null ? Chart + channel.Name : $"{Chart}{channel.Name}{Separator}{level}";

    /// <summary>Lists what codes of measurements say: a channel of numbers, or a level of another.</summary>
    private static IEnumerable<(Channel Channel, string? Level)> ChannelsOfCodes() =>
        BenchmarkChannels.All.SelectMany(channel => channel.IsCategorical ? channel.Levels.Select(level => (channel, (string?)level)) : [(channel, null)]);

    private static DateTime After(double hours) => SimulatedFiles.Admitted.AddTicks((long)Math.Round(hours * TimeSpan.TicksPerHour));

    private static long SubjectOf(int stay) => SimulatedFiles.FirstSubject + stay;

    private string FileIn(string folder, string name)
    {
        Directory.CreateDirectory(Path.Combine(_folder, folder));
        return Path.Combine(_folder, folder, name);
    }

    private void WriteMetadata(CancellationToken cancellation)
    {
        var codes = ChannelsOfCodes().Select(one => (Code: CodeOf(one.Channel, one.Level), Text: one.Level is null ? one.Channel.Name : $"{one.Channel.Name}: {one.Level}")).ToArray();
        ParquetColumns.Write(
            FileIn("metadata", "codes.parquet"),
            [
                ("code", codes.Select(code => code.Code).ToArray()),
                ("description", codes.Select(code => code.Text).ToArray()),
                ("parent_codes", codes.Select(_ => Array.Empty<string>()).ToArray()),
            ],
            cancellation);
        ParquetColumns.Write(
            FileIn("metadata", "subject_splits.parquet"),
            [("subject_id", _plans.Select((_, stay) => SubjectOf(stay)).ToArray()), ("split", _plans.Select(plan => FolderOf(plan.Split)).ToArray())],
            cancellation);
        File.WriteAllText(FileIn("metadata", "dataset.json"), JsonSerializer.Serialize(new Dictionary<string, string> { ["dataset_name"] = SimulatedNote.Of(_plans[0].Task, _seed), ["meds_version"] = Version }) + "\n");
    }

    private void WriteLabels(CancellationToken cancellation)
    {
        var samples = _plans.SelectMany((plan, stay) => Enumerable.Range(0, plan.SampleCount).Select(sample => (Stay: stay, Hours: plan.FirstSample + (sample * plan.SampleInterval)))).ToArray();
        ParquetColumns.Write(
            FileIn(Path.GetDirectoryName(LabelsFile)!, Path.GetFileName(LabelsFile)),
            [
                ("subject_id", samples.Select(sample => SubjectOf(sample.Stay)).ToArray()),
                ("prediction_time", samples.Select(sample => After(sample.Hours)).ToArray()),
                ("boolean_value", samples.Select(sample => _plans[sample.Stay].LabelAt(sample.Hours) == 1).ToArray()),
            ],
            cancellation);
    }

    private void WriteShard(string folder, int number, int[] stays, CancellationToken cancellation)
    {
        var events = new Events();
        var simulator = new StaySimulator();
        foreach (var stay in stays)
        {
            cancellation.ThrowIfCancellationRequested();
            AddStay(events, stay, simulator);
        }

        events.Write(FileIn(Path.Combine("data", folder), $"{number}.parquet"), cancellation);
        // Within the lock, so that progress never runs backwards.
        lock (_lock)
            _progress?.Report(new CohortProgress("writing stays", _done += stays.Length, _plans.Count, "stays"));
    }

    private void AddStay(Events events, int stay, StaySimulator simulator)
    {
        var plan = _plans[stay];
        events.Begin(SubjectOf(stay));
        events.Add(null, $"GENDER{Separator}{(plan.Patient.IsFemale ? 'F' : 'M')}");
        events.Add(null, $"RACE{Separator}{plan.Patient.Ethnicity}");
        // Half a year before, so that no leap day makes them younger.
        events.Add(SimulatedFiles.Admitted.AddYears(-plan.Patient.Age).AddMonths(-6), "MEDS_BIRTH");
        events.Add(SimulatedFiles.Admitted, $"{Start}{Separator}SIMULATED");
        simulator.Begin(_seed, plan);
        while (simulator.NextHour())
        {
            foreach (var channel in BenchmarkChannels.All)
            {
                var observation = simulator.Observations[channel.Index];
                if (double.IsNaN(observation))
                    continue;
                if (channel.IsCategorical)
                    events.Add(After(simulator.ChartTime), CodeOf(channel, channel.Levels[(int)observation]));
                else
                    events.Add(After(simulator.ChartTime), CodeOf(channel, null), (float)observation);
            }
        }

        if (double.IsFinite(plan.DeathTime))
            events.Add(After(Math.Max(plan.DeathTime, simulator.ChartTime)), "MEDS_DEATH");
        else
            events.Add(After(plan.Hours), "ICU_DISCHARGE");
    }

    /// <summary>Events of a shard, column by column.</summary>
    private sealed class Events
    {
        private readonly List<long> _subjects = [];
        private readonly List<DateTime?> _times = [];
        private readonly List<string> _codes = [];
        private readonly List<float?> _numbers = [];
        private long _subject;

        public void Begin(long subject) => _subject = subject;

        public void Add(DateTime? time, string code, float? number = null)
        {
            _subjects.Add(_subject);
            _times.Add(time);
            _codes.Add(code);
            _numbers.Add(number);
        }

        public void Write(string path, CancellationToken cancellation) => ParquetColumns.Write(
            path, [("subject_id", _subjects.ToArray()), ("time", _times.ToArray()), ("code", _codes.ToArray()), ("numeric_value", _numbers.ToArray())], cancellation);
    }
}
