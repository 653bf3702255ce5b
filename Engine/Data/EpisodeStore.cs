using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>A prefix of a stay: its first <paramref name="Hours"/> hours. A view, never a copy.</summary>
/// <param name="Stay">The stay, 0 to <see cref="EpisodeStore.StayCount"/> - 1.</param>
/// <param name="Hours">The number of hours, 1 to the length of the stay.</param>
public readonly record struct PrefixSample(int Stay, int Hours);

/// <summary>Time series of many stays, all hours back to back, so that a sample of a prefix costs eight bytes.</summary>
/// <remarks>
/// <code>
/// hours     | stay 0: h0 h1 h2 | stay 1: h0 h1 | stay 2: h0 h1 h2 h3 |
/// offsets     0                  3               5                     9
/// PrefixSample(2, 3)                             |---------|
/// </code>
/// </remarks>
public sealed partial class EpisodeStore
{
    private readonly long[] _offsets;

    /// <summary>Wraps the hours of all stays.</summary>
    /// <param name="hours">One row an hour, the hours of a stay consecutive and in order.</param>
    /// <param name="offsets">StayCount + 1 ascending row indices: stay s has the rows offsets[s] to offsets[s + 1] - 1.</param>
    /// <exception cref="ArgumentException">The offsets do not start at 0, do not end at the number of hours, or descend, or a stay has more than 2^31 - 1 hours.</exception>
    public EpisodeStore(SampleMatrix hours, ReadOnlySpan<long> offsets)
    {
        ArgumentNullException.ThrowIfNull(hours);
        if (offsets.Length == 0 || offsets[0] != 0 || offsets[^1] != hours.RowCount)
            Throw.Argument_Invalid(nameof(offsets), $"offsets must start at 0 and end at the number of hours, {hours.RowCount:N0}.");
        for (var stay = 1; stay < offsets.Length; stay++)
        {
            if (offsets[stay] < offsets[stay - 1])
                Throw.Argument_Invalid(nameof(offsets), $"offsets descend at stay {stay - 1:N0}, from {offsets[stay - 1]:N0} to {offsets[stay]:N0}.");
            if (offsets[stay] - offsets[stay - 1] > int.MaxValue)
                Throw.Argument_Invalid(nameof(offsets), $"stay {stay - 1:N0} has {offsets[stay] - offsets[stay - 1]:N0} hours; at most {int.MaxValue:N0} are one stay.");
        }

        Hours = hours;
        _offsets = offsets.ToArray();
    }

    /// <summary>Gets all hours, one row an hour.</summary>
    public SampleMatrix Hours { get; }

    /// <summary>Gets the number of stays.</summary>
    public int StayCount => _offsets.Length - 1;

    /// <summary>Returns the number of hours of a stay.</summary>
    /// <param name="stay">The stay, 0 to <see cref="StayCount"/> - 1.</param>
    /// <returns>Hours, 0 or more.</returns>
    public int HoursOf(int stay) => (int)(_offsets[stay + 1] - _offsets[stay]);

    /// <summary>Returns the row in <see cref="Hours"/> of one hour of a stay.</summary>
    /// <param name="stay">The stay, 0 to <see cref="StayCount"/> - 1.</param>
    /// <param name="hour">The hour, 0 to HoursOf(stay) - 1.</param>
    /// <returns>The row.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hour"/> is outside the stay.</exception>
    public long RowOf(int stay, int hour)
    {
        if ((uint)hour >= (uint)HoursOf(stay))
            Throw.ArgumentOutOfRange(nameof(hour), hour, $"0 to {HoursOf(stay) - 1:N0}, the hours of stay {stay:N0}");
        return _offsets[stay] + hour;
    }

    /// <summary>Returns the same stays with other values, such as scaled ones.</summary>
    /// <param name="hours">One row for each of <see cref="Hours"/>.</param>
    /// <returns>Stays of as many hours.</returns>
    /// <exception cref="ArgumentException">There are more hours or fewer.</exception>
    public EpisodeStore With(SampleMatrix hours) => new(hours, _offsets);

    /// <summary>Returns the last hour of every prefix as a table.</summary>
    /// <param name="samples">The prefixes.</param>
    /// <returns>One row a prefix, a view of <see cref="Hours"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A prefix is longer than its stay, or empty.</exception>
    public SampleMatrix LastHours(ReadOnlySpan<PrefixSample> samples)
    {
        var rows = new long[samples.Length];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = RowOf(samples[i].Stay, samples[i].Hours - 1);
        return Hours.SelectRows(rows);
    }
}
