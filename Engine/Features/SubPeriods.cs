namespace Engine.Features;

/// <summary>The seven parts of a prefix that are summarized: all of it, its beginnings and its ends.</summary>
/// <remarks>
/// <code>
/// measurements of the channel   x..x...x......x....x..x....x
/// all                           |--------------------------|
/// first 10, 25, 50 %            |--|     |-----|   |------------|     of the time from the channel's first to its last measurement
/// last 10, 25, 50 %             the same from the end
/// </code>
/// <para>Limits take in what lies within <see cref="Tolerance"/> of them. They are computed by these very operations, in this order: the benchmark's own.</para>
/// </remarks>
internal static class SubPeriods
{
    /// <summary>The number of sub-periods.</summary>
    public const int Count = 7;

    /// <summary>How far, in hours, a measurement may lie outside and still belong; also past the end of a prefix.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>Gets the shares, in percent, of the beginnings and of the ends.</summary>
    public static ReadOnlySpan<double> Percents => [10, 25, 50];

    /// <summary>Gets the names, in the order in which features are written.</summary>
    public static IReadOnlyList<string> Names { get; } = ["first100", "first10", "first25", "first50", "last10", "last25", "last50"];

    /// <summary>Returns the length of a part in hours: a first part ends so long after the begin, a last part begins so long before the end.</summary>
    public static double LengthOf(double begin, double end, double percent) => (end - begin) * percent / 100.0;
}
