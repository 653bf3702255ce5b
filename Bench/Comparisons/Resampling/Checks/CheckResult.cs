namespace Bench.Comparisons.Resampling.Checks;

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

    /// <summary>Describes one question about a whole result.</summary>
    /// <param name="what">What was asked.</param>
    /// <param name="checkedRows">How many rows it speaks of.</param>
    /// <param name="difference">What is wrong; null when nothing is.</param>
    public static CheckResult Of(string what, long checkedRows, string? difference) => new(what, checkedRows, 0, difference is null ? 0 : 1, difference);
}
