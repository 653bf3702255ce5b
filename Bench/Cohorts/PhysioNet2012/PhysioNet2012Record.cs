namespace Bench.Cohorts.PhysioNet2012;

/// <summary>One stay: what was known on admission, and every measurement of the first 48 hours.</summary>
/// <remarks>
/// <code>
/// parameter   |  ALP   | ALT |  ...  |  HR               |  ...
/// minutes       7  600   7             7  37  70  97 ...
/// values       127 105   91           73  77  60  62 ...
/// offsets      0         2     3       ...
/// </code>
/// </remarks>
internal sealed class PhysioNet2012Record
{
    private readonly int[] _offsets;
    private readonly short[] _minutes;
    private readonly double[] _values;

    /// <summary>Wraps the measurements of all parameters, back to back.</summary>
    /// <param name="descriptors">One value a descriptor, in the order of <see cref="PhysioNet2012Parameters.Descriptors"/>; NaN where unknown.</param>
    /// <param name="offsets">One ascending offset a parameter, and the end.</param>
    /// <param name="minutes">The minutes since admission, ascending within a parameter.</param>
    /// <param name="values">The values.</param>
    public PhysioNet2012Record(ReadOnlySpan<double> descriptors, int[] offsets, short[] minutes, double[] values)
    {
        Id = (int)descriptors[0];
        Age = descriptors[1];
        Gender = descriptors[2];
        Height = descriptors[3];
        IcuType = descriptors[4];
        _offsets = offsets;
        _minutes = minutes;
        _values = values;
    }

    /// <summary>Gets the record's number.</summary>
    public int Id { get; }

    /// <summary>Gets the age in years, 90 for everyone older; NaN when unknown.</summary>
    public double Age { get; }

    /// <summary>Gets the sex, 1 for a man and 0 for a woman; NaN when unknown.</summary>
    public double Gender { get; }

    /// <summary>Gets the height in centimeters; NaN when unknown.</summary>
    public double Height { get; }

    /// <summary>Gets the unit: 1 coronary care, 2 cardiac surgery recovery, 3 medical, 4 surgical; NaN when unknown.</summary>
    public double IcuType { get; }

    /// <summary>Returns when a parameter was measured.</summary>
    /// <param name="parameter">An index in <see cref="PhysioNet2012Parameters.Names"/>.</param>
    /// <returns>Minutes since admission, 0 to 2,880, ascending.</returns>
    public ReadOnlySpan<short> MinutesOf(int parameter) => _minutes.AsSpan(_offsets[parameter].._offsets[parameter + 1]);

    /// <summary>Returns the values of a parameter, as recorded.</summary>
    /// <param name="parameter">An index in <see cref="PhysioNet2012Parameters.Names"/>.</param>
    /// <returns>One value for each of <see cref="MinutesOf"/>.</returns>
    public ReadOnlySpan<double> ValuesOf(int parameter) => _values.AsSpan(_offsets[parameter].._offsets[parameter + 1]);
}
