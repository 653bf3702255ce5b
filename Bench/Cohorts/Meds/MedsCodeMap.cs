using Bench.Cohorts.Channels;

namespace Bench.Cohorts.Meds;

/// <summary>What an event of a code says: of which channel, and its value.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Factor">What the number of the event is multiplied by, to come to the channel's unit.</param>
/// <param name="Level">The level that the code itself says; null where the number of the event says it, or the channel has none.</param>
internal sealed record MedsMeaning(Channel Channel, double Factor, int? Level);

/// <summary>Which codes of a data set are which channels of the MIMIC-III benchmark.</summary>
internal sealed class MedsCodeMap
{
    private static readonly string[] s_header = ["code", "channel", "factor", "level"];

    private readonly Dictionary<string, MedsMeaning> _meanings = new(StringComparer.Ordinal);

    /// <summary>Reads a map.</summary>
    /// <param name="file">CSV with the columns code, channel, factor (1 where empty) and level (empty for numbers).</param>
    /// <exception cref="CohortFormatException">The file is missing or not in the format, or names a channel or level that is not known, or a code twice.</exception>
    public static MedsCodeMap Read(string file)
    {
        using var table = CsvTable.Open(file);
        table.RequireHeader(s_header);
        var map = new MedsCodeMap();
        while (table.Next())
        {
            var channel = BenchmarkChannels.All.FirstOrDefault(channel => channel.Name == table[1].Trim())
                ?? throw table.Error(1, $"there is no such channel{NearestName.Hint(table[1], [.. BenchmarkChannels.All.Select(channel => channel.Name)])} There are {string.Join(", ", BenchmarkChannels.All.Select(channel => channel.Name))}.");
            if (!map._meanings.TryAdd(table[0].Trim(), new MedsMeaning(channel, FactorOf(table), LevelOf(table, channel))))
                throw table.Error(0, "an earlier line has this code; each is one channel.");
        }

        return map._meanings.Count > 0 ? map : throw new CohortFormatException(file, 0, "", "", "the file has a header and no code.");
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
}
