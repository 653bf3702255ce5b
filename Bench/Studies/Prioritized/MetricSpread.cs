namespace Bench.Studies.Prioritized;

/// <summary>A metric over the repeats of an arm.</summary>
/// <param name="Mean">The mean; null where a repeat has no value.</param>
/// <param name="Deviation">The standard deviation, divided by the number of repeats, as the paper has it; null with the mean.</param>
/// <param name="UndefinedCount">Repeats without a value.</param>
internal readonly record struct MetricSpread(double? Mean, double? Deviation, int UndefinedCount)
{
    /// <summary>Takes the values of the repeats.</summary>
    /// <param name="values">One value a repeat, null where it is undefined.</param>
    public static MetricSpread Of(IEnumerable<double?> values)
    {
        var all = values.ToArray();
        var undefined = all.Count(value => value is null);
        if (all.Length == 0 || undefined > 0)
            return new MetricSpread(null, null, undefined);
        var mean = all.Average()!.Value;
        return new MetricSpread(mean, Math.Sqrt(all.Average(value => (value!.Value - mean) * (value.Value - mean))), 0);
    }
}
