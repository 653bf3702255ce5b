using System.Text.Json.Serialization;

namespace Bench.Comparisons.Checks;

/// <summary>Whether something holds of a result, asked before its time counts.</summary>
/// <param name="What">What was asked, in words.</param>
/// <param name="Checked">How many rows were looked at.</param>
/// <param name="Ties">How many of them differ and may: distances tie, or differ by less than float32 rounds.</param>
/// <param name="Wrong">How many differ and may not.</param>
/// <param name="FirstDifference">The first of these, in words; null when there is none.</param>
internal sealed record CheckResult(string What, long Checked, long Ties, long Wrong, string? FirstDifference)
{
    /// <summary>Gets whether it holds.</summary>
    public bool Holds => Wrong == 0;

    /// <summary>Gets the largest relative error of a number; infinity where it should be 0 and is not; null where none was measured.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public double? LargestError { get; init; }

    /// <summary>Describes one question about a whole result.</summary>
    /// <param name="what">What was asked.</param>
    /// <param name="checkedRows">How many rows it speaks of.</param>
    /// <param name="difference">What is wrong; null when nothing is.</param>
    public static CheckResult Of(string what, long checkedRows, string? difference) => new(what, checkedRows, 0, difference is null ? 0 : 1, difference);

    /// <summary>Describes a question asked of many rows one by one.</summary>
    /// <param name="what">What was asked.</param>
    /// <param name="differences">What is wrong with each; null where nothing is.</param>
    public static CheckResult OfEach(string what, IReadOnlyList<string?> differences) =>
        new(what, differences.Count, 0, differences.Count(difference => difference is not null), differences.FirstOrDefault(difference => difference is not null));
}
