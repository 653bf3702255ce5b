namespace Bench.Cohorts.Seer;

/// <summary>What a field of a record becomes.</summary>
internal enum SeerRole
{
    /// <summary>Tells records apart.</summary>
    Identifier,

    /// <summary>The class is made of it.</summary>
    Outcome,

    /// <summary>A number, with an indicator for each of its special codes.</summary>
    Continuous,

    /// <summary>One indicator for each value.</summary>
    Categorical,
}

/// <summary>A field of a record: a place, and what is made of what stands there.</summary>
/// <param name="Start">The first character, from 0.</param>
/// <param name="Width">The number of characters.</param>
/// <param name="Name">The name, with which those of its columns begin.</param>
/// <param name="Role">What it becomes.</param>
/// <param name="SpecialCodes">Values of a continuous field that are no quantity, such as 999 for an unknown age; in the order of their columns.</param>
internal sealed record SeerField(int Start, int Width, string Name, SeerRole Role, IReadOnlyList<int> SpecialCodes)
{
    /// <summary>What stands for a field that is blank, or no number: never a code of its own.</summary>
    public const int Blank = -1;

    /// <summary>Returns whether a value is a special code that the published code finds in a cohort: it asks whether the code is among the numbers of the rows, and not among the values.</summary>
    /// <param name="value">A value.</param>
    /// <param name="recordCount">The records of the cohort.</param>
    public bool HasSpecial(int value, int recordCount) => value < recordCount && SpecialCodes.Contains(value);

    /// <summary>Parses what stands in the field.</summary>
    /// <param name="record">A whole record.</param>
    /// <returns>The number, 0 to 2^31 - 1; <see cref="Blank"/> for anything but digits among spaces; null for a number beyond.</returns>
    public int? Parse(ReadOnlySpan<byte> record)
    {
        var text = record.Slice(Start, Width).Trim((byte)' ');
        if (text.IsEmpty)
            return Blank;
        var value = 0L;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit((char)character))
                return Blank;
            value = (value * 10) + (character - '0');
        }

        return value <= int.MaxValue ? (int)value : null;
    }
}
