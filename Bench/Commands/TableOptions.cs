using System.CommandLine;

namespace Bench.Commands;

/// <summary>The options that say which table of one's own to read and what its columns are, beside those that only one command has.</summary>
/// <param name="classes">What holds the class, such as "the label".</param>
/// <param name="patients">What the patient is for, after "Column of --table with the patient".</param>
internal sealed class TableOptions(string classes, string patients = "")
{
    /// <summary>What a list of columns is called in a help text.</summary>
    public const string Columns = "COL,COL,...";

    /// <summary>Gets the file.</summary>
    public Option<string> File { get; } = new("--table") { Description = "A table of one's own: CSV, or separated by semicolons or tabs, with a header, or Parquet; every column without another role is a feature.", HelpName = "FILE" };

    /// <summary>Gets the value that is class 1.</summary>
    public Option<string> Positive { get; } = new("--positive") { Description = $"Value of {classes} of --table that is class 1; needed unless the values are 0 and 1, false and true, or no and yes.", HelpName = "VALUE" };

    /// <summary>Gets the column with the patient.</summary>
    public Option<string> Patient { get; } = new("--patient") { Description = $"Column of --table with the patient{patients}.", HelpName = "COL" };

    /// <summary>Gets the columns that are no features.</summary>
    public Option<string[]> Ignore { get; } = new("--ignore") { Description = "Columns of --table that are no features, such as identifiers, dates and what is known only after the outcome.", HelpName = Columns, AllowMultipleArgumentsPerToken = true };

    /// <summary>Gets the columns of codes.</summary>
    public Option<string[]> Categorical { get; } = new("--categorical") { Description = "Columns of --table whose numbers are codes of categories.", HelpName = Columns, AllowMultipleArgumentsPerToken = true };

    /// <summary>Gets the words for a missing value.</summary>
    public Option<string[]> Missing { get; } = new("--missing") { Description = "Words of --table for a missing value, beside an empty cell, NA, N/A, NaN, null and a point.", HelpName = "WORD,WORD,...", AllowMultipleArgumentsPerToken = true };

    /// <summary>Reads the words for a missing value, which may be joined by commas.</summary>
    public static IReadOnlyList<string> WordsOf(ParseResult arguments, Option<string[]> missing) => [.. (arguments.GetValue(missing) ?? []).SelectMany(words => words.Split(','))];
}
