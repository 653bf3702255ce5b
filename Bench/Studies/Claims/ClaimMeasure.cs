using Engine.Metrics;

namespace Bench.Studies.Claims;

/// <summary>On which side of a border a claim expects a number.</summary>
internal enum ClaimSide
{
    /// <summary>The number is larger.</summary>
    Above,

    /// <summary>The number is smaller.</summary>
    Below,
}

/// <summary>A number, and the border that a claim sets for it.</summary>
/// <param name="Statistic">What was measured, in words.</param>
/// <param name="Side">On which side of the border the claim expects it.</param>
/// <param name="Border">The border; null where it is undefined.</param>
/// <param name="Estimate">The number; null where it is undefined.</param>
/// <param name="Lower">Lower end of its 95 % interval; null where there is none.</param>
/// <param name="Upper">Upper end; null where there is none, or it has no bound.</param>
/// <param name="Verdict">What it says.</param>
internal sealed record ClaimMeasure(string Statistic, ClaimSide Side, double? Border, double? Estimate, double? Lower, double? Upper, ClaimVerdict Verdict)
{
    /// <summary>Judges a number by its interval: the whole of it must lie on one side of the border.</summary>
    public static ClaimMeasure OfInterval(string statistic, ClaimSide side, double? border, MetricInterval? interval) =>
        OfRange(statistic, side, border, interval?.Estimate, interval?.Lower, interval?.Upper);

    /// <summary>Judges a number by the range in which it may lie; without one nothing can be told.</summary>
    /// <param name="statistic">What was measured.</param>
    /// <param name="side">Where the claim expects it.</param>
    /// <param name="border">The border.</param>
    /// <param name="estimate">The number.</param>
    /// <param name="lower">The least that it may be.</param>
    /// <param name="upper">The most that it may be; infinity for no bound.</param>
    public static ClaimMeasure OfRange(string statistic, ClaimSide side, double? border, double? estimate, double? lower, double? upper) => new(
        statistic, side, border, estimate, lower, upper is { } end && double.IsFinite(end) ? end : null, Judge(side, border, lower, upper));

    /// <summary>Judges a number that has no interval, by itself.</summary>
    public static ClaimMeasure OfValue(string statistic, ClaimSide side, double? border, double? value) =>
        new(statistic, side, border, value, null, null, Judge(side, border, value, value));

    private static ClaimVerdict Judge(ClaimSide side, double? border, double? lower, double? upper)
    {
        if (border is null || lower is null || upper is null)
            return ClaimVerdict.CannotBeTold;
        var (isAbove, isBelow) = (lower > border, upper < border);
        if (!isAbove && !isBelow)
            return ClaimVerdict.CannotBeTold;
        return isAbove == (side == ClaimSide.Above) ? ClaimVerdict.Holds : ClaimVerdict.DoesNotHold;
    }
}
