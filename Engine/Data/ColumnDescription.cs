namespace Engine.Data;

/// <summary>What the values of a table's column are.</summary>
public enum ColumnKind
{
    /// <summary>Numbers.</summary>
    Continuous,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>0 or 1.</summary>
    Binary,

    /// <summary>One of several levels, held as its place among them: 0 for the first.</summary>
    Category,
}

/// <summary>One column of a table as its readers know it: a laboratory value with its unit and range, a category with its levels.</summary>
/// <remarks>It is checked where a <see cref="TableSchema"/> is made of it.</remarks>
public sealed record ColumnDescription
{
    /// <summary>Gets the name, different from that of every other column, such as "age".</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the values are.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Gets the unit, such as "mmHg"; null where there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets the smallest legal number of a continuous or integer column, rounded to float32 as values are; null where it is open.</summary>
    public double? Minimum { get; init; }

    /// <summary>Gets the largest legal number of a continuous or integer column, rounded to float32 as values are; null where it is open.</summary>
    public double? Maximum { get; init; }

    /// <summary>Gets the levels of a category, two or more, each different; empty for every other kind.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>Gets whether a value may be missing, which is NaN in rows; default false.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>Gets whether the column is an outcome that models predict, and so binary; default false.</summary>
    public bool IsOutcome { get; init; }

    /// <summary>Gets whether the values are levels without an order: 0 and 1, or those of a category.</summary>
    internal bool IsNominal => Kind is ColumnKind.Binary or ColumnKind.Category;

    /// <summary>Gets the number of distinct legal values of a nominal column.</summary>
    internal int LevelCount => Kind == ColumnKind.Binary ? 2 : Levels.Count;

    /// <summary>Says what is wrong with a value that may not stand in this column; null where it may.</summary>
    /// <param name="value">The value; NaN where missing.</param>
    internal string? FindFault(float value)
    {
        if (float.IsNaN(value))
            return MayBeMissing ? null : "a value is missing where none may be";
        return Kind switch
        {
            ColumnKind.Binary => value is 0 or 1 ? null : "0 or 1 is legal",
            ColumnKind.Category => value >= 0 && value < Levels.Count && float.IsInteger(value) ? null : $"the place of a level, 0 to {Levels.Count - 1:N0}, is legal",
            _ when !float.IsFinite(value) => "a finite number is legal",
            ColumnKind.Integer when !float.IsInteger(value) => "a whole number is legal",
            _ when value < (float?)Minimum => $"at least {Minimum} is legal",
            _ when value > (float?)Maximum => $"at most {Maximum} is legal",
            _ => null,
        };
    }

    /// <summary>Brings a number, or NaN, to the nearest that may stand in a continuous or integer column.</summary>
    internal float ToLegalNumber(double value)
    {
        var number = Kind == ColumnKind.Integer ? Math.Round(value, MidpointRounding.ToEven) : value;
        if (number < Minimum)
            number = Kind == ColumnKind.Integer ? Math.Ceiling(Minimum.Value) : Minimum.Value;
        else if (number > Maximum)
            number = Kind == ColumnKind.Integer ? Math.Floor(Maximum.Value) : Maximum.Value;
        return (float)number;
    }
}
