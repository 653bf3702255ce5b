using System.Collections.Immutable;

namespace Bench.Cohorts.Channels;

/// <summary>The seventeen variables of the MIMIC-III benchmark and the 76 columns that an hour of them becomes.</summary>
/// <remarks>
/// <code>
/// columns   0 .. 58   values: a continuous channel as one number, a categorical one as one-hot
/// columns  59 .. 75   masks: 1 where the channel was measured in this hour
/// </code>
/// The order of the levels is the benchmark's own, which is not alphabetical; published weights and normalizers depend on it.
/// <para><b>Source</b>: Harutyunyan et al., YerevaNN/mimic3-benchmarks, discretizer_config.json.</para>
/// </remarks>
public static class BenchmarkChannels
{
    /// <summary>The number of channels.</summary>
    public const int Count = 17;

    /// <summary>The number of columns that hold values; the masks follow them.</summary>
    public const int ValueColumnCount = 59;

    /// <summary>The number of columns of an hour.</summary>
    public const int ColumnCount = ValueColumnCount + Count;

    /// <summary>Gets the channels, in the order of the columns of a time series file.</summary>
    public static ImmutableArray<Channel> All { get; } = PlaceInOrder(
        Categorical("Capillary refill rate", "0.0", "0.0", "1.0"),
        Continuous("Diastolic blood pressure", 59.0),
        Continuous("Fraction inspired oxygen", 0.21),
        Categorical(
            "Glascow coma scale eye opening",
            "4 Spontaneously",
            "To Pain", "3 To speech", "1 No Response", "4 Spontaneously", "None", "To Speech", "Spontaneously", "2 To pain"),
        Categorical(
            "Glascow coma scale motor response",
            "6 Obeys Commands",
            "1 No Response", "3 Abnorm flexion", "Abnormal extension", "No response", "4 Flex-withdraws", "Localizes Pain",
            "Flex-withdraws", "Obeys Commands", "Abnormal Flexion", "6 Obeys Commands", "5 Localizes Pain", "2 Abnorm extensn"),
        Categorical("Glascow coma scale total", "15", "11", "10", "13", "12", "15", "14", "3", "5", "4", "7", "6", "9", "8"),
        Categorical(
            "Glascow coma scale verbal response",
            "5 Oriented",
            "1 No Response", "No Response", "Confused", "Inappropriate Words", "Oriented", "No Response-ETT",
            "5 Oriented", "Incomprehensible sounds", "1.0 ET/Trach", "4 Confused", "2 Incomp sounds", "3 Inapprop words"),
        Continuous("Glucose", 128.0),
        Continuous("Heart Rate", 86.0),
        Continuous("Height", 170.0),
        Continuous("Mean blood pressure", 77.0),
        Continuous("Oxygen saturation", 98.0),
        Continuous("Respiratory rate", 19.0),
        Continuous("Systolic blood pressure", 118.0),
        Continuous("Temperature", 36.6),
        Continuous("Weight", 81.0),
        Continuous("pH", 7.4));

    /// <summary>Gets the names of the 76 columns, as the benchmark's discretizer writes them.</summary>
    public static ImmutableArray<string> ColumnNames { get; } =
    [
        .. All.SelectMany(channel => channel.IsCategorical ? channel.Levels.Select(level => $"{channel.Name}->{level}") : [channel.Name]),
        .. All.Select(channel => $"mask->{channel.Name}"),
    ];

    /// <summary>Finds a channel by its exact name.</summary>
    /// <param name="name">A name, such as "Heart Rate".</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentException">There is no such channel; the message lists all.</exception>
    public static Channel Find(string name) => All.FirstOrDefault(channel => channel.Name == name)
        ?? throw new ArgumentException($"'{name}' is no channel; the channels are {string.Join(", ", All.Select(channel => channel.Name))}.", nameof(name));

    private static Channel Continuous(string name, double normalValue) => new(name, normalValue, []);

    private static Channel Categorical(string name, string normalLevel, params ImmutableArray<string> levels) =>
        new(name, levels.IndexOf(normalLevel, StringComparer.Ordinal), levels);

    private static ImmutableArray<Channel> PlaceInOrder(params ReadOnlySpan<Channel> channels)
    {
        var placed = ImmutableArray.CreateBuilder<Channel>(channels.Length);
        var column = 0;
        foreach (var channel in channels)
        {
            placed.Add(new Channel(channel.Name, channel.NormalValue, channel.Levels) { Index = placed.Count, FirstColumn = column });
            column += channel.ColumnCount;
        }

        return placed.MoveToImmutable();
    }
}
