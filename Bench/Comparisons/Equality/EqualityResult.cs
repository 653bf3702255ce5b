using System.Text.Json.Serialization;

namespace Bench.Comparisons.Equality;

/// <summary>Whether the engine found what it should have found, asked before its time counts.</summary>
/// <param name="CheckedQueries">How many queries were compared with a search of all rows in double precision.</param>
/// <param name="WrongQueries">How many of them differ.</param>
/// <param name="LargestDistanceError">The largest relative error of a reported distance; infinity where it should be 0 and is not.</param>
/// <param name="FirstDifference">The first difference, in words; null when there is none.</param>
internal sealed record EqualityResult(
    int CheckedQueries,
    int WrongQueries,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double LargestDistanceError,
    string? FirstDifference)
{
    /// <summary>Gets whether all is right.</summary>
    public bool Holds => WrongQueries == 0;
}
