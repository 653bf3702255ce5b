namespace Bench.Comparisons.Measurement;

/// <summary>How everything in a comparison is measured, the engine and its rivals alike.</summary>
internal sealed record MeasureOptions
{
    /// <summary>Gets the number of repetitions of which the median counts.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>Gets the seconds that the engine runs before it is timed: as long as the runtime takes to compile hot methods once more, with what it saw of them, on a machine that does other things too.</summary>
    public double WarmUpSeconds { get; init; } = 2;

    /// <summary>Gets the seconds after which no further repetition begins.</summary>
    public double MaxSeconds { get; init; } = 60;

    /// <summary>Gets the number of threads.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Gets the seconds after which a rival is stopped, loading and all repetitions included.</summary>
    public double TimeoutSeconds { get; init; } = 900;
}
