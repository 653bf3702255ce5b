namespace Bench.Cohorts.Table;

/// <summary>What somebody says of a table of their own: which column is what. An entry of a list is one name, or several separated by commas.</summary>
/// <param name="Label">The column with the class.</param>
public sealed record TableDescription(string Label)
{
    /// <summary>Gets the value of the label that is class 1; null where the values tell: 0 and 1, false and true, no and yes.</summary>
    public string? Positive { get; init; }

    /// <summary>Gets the columns whose values make groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Gets the column that says what every row is for; null to take every fifth row, or patient, for the test.</summary>
    public string? Split { get; init; }

    /// <summary>Gets the column with the patient; null where every row is a patient.</summary>
    public string? Patient { get; init; }

    /// <summary>Gets the .npy file with the features, float32, one row a row of the table; null where columns of the table are features.</summary>
    public string? Matrix { get; init; }

    /// <summary>Gets a text file with the name of each column of <see cref="Matrix"/>, one a line; null for column 0, column 1 and so on.</summary>
    public string? MatrixNames { get; init; }

    /// <summary>Gets the columns that are no features; those that are also in <see cref="Groups"/> still make groups.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Gets the columns whose numbers are codes of categories.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Gets words for a missing value beside those of <see cref="TableWords"/>.</summary>
    public IReadOnlyList<string> MissingWords { get; init; } = [];
}
