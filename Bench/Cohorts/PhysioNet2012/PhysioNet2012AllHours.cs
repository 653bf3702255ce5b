using Engine.Data;

namespace Bench.Cohorts.PhysioNet2012;

/// <summary>The 48 hours of every stay with all that the challenge gives: what a network reads.</summary>
/// <remarks>
/// <b>Computes</b>, an hour: for each of the 37 parameters the last value so far, missing before the first; for each whether it was measured in the hour; then age, sex, height and the unit as four indicators.
/// Negative values do not count, as in <see cref="PhysioNet2012Features"/>. Nothing is imputed or scaled here.
/// </remarks>
internal sealed class PhysioNet2012AllHours
{
    private const int UnitCount = 4;
    private const double MinutesPerHour = 60;

    private static readonly int s_parameterCount = PhysioNet2012Parameters.Names.Count;

    private readonly SampleMatrix _hours;
    private int _count;

    /// <summary>Takes memory for all stays.</summary>
    /// <param name="stayCount">The number of stays that will be added.</param>
    public PhysioNet2012AllHours(int stayCount) =>
        _hours = SampleMatrix.Create((long)stayCount * PhysioNet2012Hours.HoursPerStay, Names.Count);

    /// <summary>Gets the names of the columns.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. PhysioNet2012Parameters.Names,
        .. PhysioNet2012Parameters.Names.Select(parameter => $"mask->{parameter}"),
        "Age", "Gender", "Height",
        .. Enumerable.Range(1, UnitCount).Select(unit => $"ICUType={unit}"),
    ];

    /// <summary>Gets the columns that hold numbers and not only 0 and 1: the parameters, age and height.</summary>
    public static IReadOnlyList<int> ContinuousColumns { get; } = [.. Enumerable.Range(0, s_parameterCount), 2 * s_parameterCount, (2 * s_parameterCount) + 2];

    /// <summary>Adds the next stay.</summary>
    /// <param name="record">Its record.</param>
    public void Add(PhysioNet2012Record record)
    {
        var first = (long)_count++ * PhysioNet2012Hours.HoursPerStay;
        for (var parameter = 0; parameter < s_parameterCount; parameter++)
            AddParameter(first, parameter, record.MinutesOf(parameter), record.ValuesOf(parameter));
        for (var hour = 0; hour < PhysioNet2012Hours.HoursPerStay; hour++)
        {
            var known = _hours.GetWritableRow(first + hour)[(2 * s_parameterCount)..];
            (known[0], known[1], known[2]) = ((float)record.Age, (float)record.Gender, (float)record.Height);
            for (var unit = 1; unit <= UnitCount; unit++)
                known[2 + unit] = record.IcuType == unit ? 1 : 0;
        }
    }

    /// <summary>Returns the hours of all stays, in the order in which they were added.</summary>
    public EpisodeStore ToEpisodes() => new(_hours, [.. Enumerable.Range(0, _count + 1).Select(stay => (long)stay * PhysioNet2012Hours.HoursPerStay)]);

    private void AddParameter(long firstRow, int parameter, ReadOnlySpan<short> minutes, ReadOnlySpan<double> values)
    {
        var (last, next) = (float.NaN, 0);
        for (var hour = 0; hour < PhysioNet2012Hours.HoursPerStay; hour++)
        {
            var isMeasured = false;
            // The last minute, 48:00, belongs to the last hour.
            for (; next < minutes.Length && (minutes[next] < (hour + 1) * MinutesPerHour || hour == PhysioNet2012Hours.HoursPerStay - 1); next++)
            {
                if (values[next] < 0)
                    continue;
                (last, isMeasured) = ((float)values[next], true);
            }

            var row = _hours.GetWritableRow(firstRow + hour);
            row[parameter] = last;
            row[s_parameterCount + parameter] = isMeasured ? 1 : 0;
        }
    }
}
