using System.Runtime.InteropServices;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Parquet;

namespace Bench.Cohorts.Meds;

/// <summary>What an event of a code says: of which channel, and its value.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Factor">What the number of the event is multiplied by, to come to the channel's unit.</param>
/// <param name="Level">The level that the code itself says; null where the number of the event says it, or the channel has none.</param>
internal sealed record MedsMeaning(Channel Channel, double Factor, int? Level)
{
    /// <summary>Gets what is taken from the number of the event before it is multiplied.</summary>
    public double Center { get; init; }
}

/// <summary>Which codes of a data set are which channels: of the MIMIC-III benchmark, or each its own.</summary>
internal sealed class MedsCodeMap
{
    private static readonly string[] s_header = ["code", "channel", "factor", "level"];

    private readonly Dictionary<string, MedsMeaning> _meanings = new(StringComparer.Ordinal);

    private MedsCodeMap(IReadOnlyList<Channel> channels) => Channels = channels;

    /// <summary>Gets the channels, in order of index.</summary>
    public IReadOnlyList<Channel> Channels { get; }

    /// <summary>Gets whether they are those of the benchmark.</summary>
    public bool IsOfBenchmark => ReferenceEquals(Channels[0], BenchmarkChannels.All[0]);

    /// <summary>Reads a map.</summary>
    /// <param name="file">CSV with the columns code, channel, factor (1 where empty) and level (empty for numbers).</param>
    /// <exception cref="CohortFormatException">The file is missing or not in the format, or names a channel or level that is not known, or a code twice.</exception>
    public static MedsCodeMap Read(string file)
    {
        using var table = CsvTable.Open(file);
        table.RequireHeader(s_header);
        var map = new MedsCodeMap(BenchmarkChannels.All);
        while (table.Next())
        {
            var channel = BenchmarkChannels.All.FirstOrDefault(channel => channel.Name == table[1].Trim())
                ?? throw table.Error(1, $"there is no such channel{NearestName.Hint(table[1], [.. BenchmarkChannels.All.Select(channel => channel.Name)])} There are {string.Join(", ", BenchmarkChannels.All.Select(channel => channel.Name))}.");
            if (!map._meanings.TryAdd(table[0].Trim(), new MedsMeaning(channel, FactorOf(table), LevelOf(table, channel))))
                throw table.Error(0, "an earlier line has this code; each is one channel.");
        }

        return map._meanings.Count > 0 ? map : throw new CohortFormatException(file, 0, "", "", "the file has a header and no code.");
    }

    /// <summary>Takes the codes that most measurements of training subjects have: each is a channel, centered and scaled by these measurements.</summary>
    /// <param name="files">The data set.</param>
    /// <param name="labels">The labels; subjects without one do not count.</param>
    /// <param name="count">The most codes to take; of equally frequent ones those whose names come first.</param>
    /// <param name="progress">Told how many events were counted.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CohortFormatException">A file is not in the format, or no event has a number.</exception>
    public static MedsCodeMap MostFrequent(MedsFolder files, MedsLabels labels, int count, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        var known = new Dictionary<string, NumbersOfCode>(StringComparer.Ordinal);
        var events = new CountedEvents("counting codes", progress);
        foreach (var shard in files.Shards)
        {
            using var input = ParquetInput.Open(shard);
            var (subject, time, code, number) = (input.Find("subject_id"), input.Find("time"), input.Find("code"), input.Find("numeric_value"));
            while (input.Next())
            {
                cancellation.ThrowIfCancellationRequested();
                events.Add();
                if (input.Whole(subject, "a whole number") is not { } one || !labels.TryFind(one, out _) || files.SplitOf(one, shard) != CohortSplit.Train || input.Whole(time, "a time") is null)
                    continue;
                if (input.Number(number) is var value && Math.Abs(value) <= HourlyDiscretizer.LargestValue)
                    (CollectionsMarshal.GetValueRefOrAddDefault(known, input.Text(code), out _) ??= new()).Add(value);
            }
        }

        var chosen = known.OrderByDescending(one => one.Value.Count).ThenBy(one => one.Key, StringComparer.Ordinal).Take(count).ToArray();
        if (chosen.Length == 0)
            throw new CohortFormatException(files.Shards[0], 0, "numeric_value", "", "no event of a labeled subject for training has a number and a time, so that there are no columns; name codes that say something by themselves with --code-map.");
        var map = new MedsCodeMap([.. chosen.Select((one, place) => new Channel(PrintableText.Of(one.Key, 80), 0, []) { Index = place, FirstColumn = place })]);
        foreach (var (place, (code, numbers)) in chosen.Index())
            map._meanings.Add(code, new MedsMeaning(map.Channels[place], 1 / numbers.Deviation, null) { Center = numbers.Mean });
        return map;
    }

    /// <summary>Finds what a code means; false for codes that are not in the map.</summary>
    public bool TryFind(string code, out MedsMeaning meaning) => _meanings.TryGetValue(code, out meaning!);

    private static double FactorOf(CsvTable table)
    {
        if (table[2].AsSpan().Trim().IsEmpty)
            return 1;
        return table.Number(2) is var factor && factor != 0 ? factor : throw table.Error(2, "a factor other than 0 was expected.");
    }

    private static int? LevelOf(CsvTable table, Channel channel)
    {
        var text = table[3].Trim();
        if (text.Length == 0)
            return null;
        if (!channel.IsCategorical)
            throw table.Error(3, $"'{channel.Name}' is a number and has no levels; leave the cell empty.");
        return channel.TryFindLevel(text, out var level) ? level : throw table.Error(3, $"there is no such level; there are {string.Join(", ", channel.Levels)}.");
    }

    /// <summary>The numbers of a code, as they come.</summary>
    private sealed class NumbersOfCode
    {
        private double _squares;

        public long Count { get; private set; }

        public double Mean { get; private set; }

        /// <summary>Gets the standard deviation; 1 of numbers that are all the same.</summary>
        public double Deviation => _squares > 0 ? Math.Sqrt(_squares / Count) : 1;

        public void Add(double value)
        {
            Count++;
            var step = value - Mean;
            Mean += step / Count;
            _squares += step * (value - Mean);
        }
    }
}
