namespace Engine.Fidelity;

/// <summary>A measure that may have no value, and then says why.</summary>
/// <param name="Value">The value; null where the measure is undefined.</param>
/// <param name="Reason">Why there is no value, such as "the real column is constant"; null where there is one.</param>
public readonly record struct FidelityScore(double? Value, string? Reason)
{
    /// <summary>Wraps a value.</summary>
    internal static FidelityScore Of(double value) => new(value, null);

    /// <summary>Says why there is no value.</summary>
    internal static FidelityScore Undefined(string reason) => new(null, reason);

    /// <summary>Averages the scores that have a value, in their order.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="reason">Why there is no mean where none of them has a value.</param>
    internal static FidelityScore MeanOf(IEnumerable<FidelityScore> scores, string reason)
    {
        var (sum, count) = (0.0, 0);
        foreach (var score in scores)
        {
            if (score.Value is not { } value)
                continue;
            sum += value;
            count++;
        }

        return count == 0 ? Undefined(reason) : Of(sum / count);
    }
}
