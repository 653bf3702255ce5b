namespace Bench.Cohorts.PhysioNet2012;

/// <summary>Turns a record into the 192 columns on which the reference regression was fitted.</summary>
/// <remarks>
/// <b>Computes</b>: for each of the 37 parameters the last, least, largest and mean value and the number of values;
/// then age, sex, height, and the unit as four indicators.
/// Negative values do not count: they are -1 for "missing" and impossible temperatures. Zeros and outliers stay, as they did in the reference.
/// Without any value the first four are NaN and the number is 0. Nothing is imputed or scaled here.
/// </remarks>
internal static class PhysioNet2012Features
{
    private const int UnitCount = 4;

    private static readonly string[] s_statistics = ["last", "min", "max", "mean", "count"];

    /// <summary>Gets the names of the columns, such as "HR mean" or "ICUType=3".</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. PhysioNet2012Parameters.Names.SelectMany(parameter => s_statistics.Select(statistic => $"{parameter} {statistic}")),
        "Age", "Gender", "Height",
        .. Enumerable.Range(1, UnitCount).Select(unit => $"ICUType={unit}"),
    ];

    /// <summary>Computes the features of a record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>One value for each of <see cref="Names"/>, NaN where missing.</returns>
    public static float[] Of(PhysioNet2012Record record)
    {
        var features = new float[Names.Count];
        var rest = features.AsSpan();
        for (var parameter = 0; parameter < PhysioNet2012Parameters.Names.Count; parameter++)
        {
            Summarize(record.ValuesOf(parameter), rest);
            rest = rest[s_statistics.Length..];
        }

        rest[0] = (float)record.Age;
        rest[1] = (float)record.Gender;
        rest[2] = (float)record.Height;
        for (var unit = 1; unit <= UnitCount; unit++)
            rest[2 + unit] = record.IcuType == unit ? 1 : 0;
        return features;
    }

    private static void Summarize(ReadOnlySpan<double> values, Span<float> statistics)
    {
        var (last, least, largest, sum, count) = (double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, 0);
        foreach (var value in values)
        {
            if (value < 0)
                continue;
            last = value;
            least = Math.Min(least, value);
            largest = Math.Max(largest, value);
            sum += value;
            count++;
        }

        statistics[..4].Fill(float.NaN);
        statistics[4] = count;
        if (count == 0)
            return;
        statistics[0] = (float)last;
        statistics[1] = (float)least;
        statistics[2] = (float)largest;
        statistics[3] = (float)(sum / count);
    }
}
