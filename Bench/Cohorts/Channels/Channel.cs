using System.Collections.Immutable;

namespace Bench.Cohorts.Channels;

/// <summary>One of the seventeen variables of the MIMIC-III benchmark, with the columns that it fills.</summary>
public sealed class Channel
{
    internal Channel(string name, double normalValue, ImmutableArray<string> levels)
    {
        Name = name;
        NormalValue = normalValue;
        Levels = levels;
    }

    /// <summary>Gets the name as the benchmark spells it, such as "Glascow coma scale total".</summary>
    public string Name { get; }

    /// <summary>Gets the place in <see cref="BenchmarkChannels.All"/>, 0 to 16; the mask is column 59 + this.</summary>
    public int Index { get; internal init; }

    /// <summary>Gets the texts that a cell may hold, in the order of the one-hot columns; empty for a continuous channel.</summary>
    public ImmutableArray<string> Levels { get; }

    /// <summary>Gets whether the channel is one-hot.</summary>
    public bool IsCategorical => Levels.Length > 0;

    /// <summary>Gets what stands before the first measurement: a value, or the index of a level.</summary>
    public double NormalValue { get; }

    /// <summary>Gets the first of the channel's columns, 0 to 58.</summary>
    public int FirstColumn { get; internal init; }

    /// <summary>Gets the number of the channel's columns: one, or one a level.</summary>
    public int ColumnCount => IsCategorical ? Levels.Length : 1;

    /// <summary>Finds a level by its exact text; "None" is a level of eye opening, not a missing value.</summary>
    /// <param name="text">The text of a cell.</param>
    /// <param name="level">The index in <see cref="Levels"/>, when there is such a level.</param>
    /// <returns>Whether there is such a level.</returns>
    public bool TryFindLevel(string text, out int level)
    {
        level = Levels.IndexOf(text, StringComparer.Ordinal);
        return level >= 0;
    }

    /// <summary>Returns the index of a level that the caller knows to exist.</summary>
    /// <param name="text">The exact text.</param>
    /// <returns>The index in <see cref="Levels"/>.</returns>
    /// <exception cref="ArgumentException">There is no such level; the message lists all.</exception>
    public int LevelOf(string text) => TryFindLevel(text, out var level)
        ? level
        : throw new ArgumentException($"'{text}' is no level of '{Name}'; the levels are {string.Join(", ", Levels)}.", nameof(text));
}
