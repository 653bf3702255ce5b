namespace Engine.Features;

/// <summary>The measurements of one channel, in order of time.</summary>
internal sealed class MeasurementSeries
{
    private double[] _times = [];
    private double[] _values = [];

    /// <summary>Gets the number of measurements.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the times in hours, ascending.</summary>
    public ReadOnlySpan<double> Times => _times.AsSpan(0, Count);

    /// <summary>Gets the values, one a time.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Forgets the measurements, not the memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a measurement that lies not before the last.</summary>
    public void Add(double time, double value)
    {
        if (Count == _times.Length)
        {
            Array.Resize(ref _times, Math.Max(16, 2 * Count));
            Array.Resize(ref _values, _times.Length);
        }

        (_times[Count], _values[Count]) = (time, value);
        Count++;
    }
}
