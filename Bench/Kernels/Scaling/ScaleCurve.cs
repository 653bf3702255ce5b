namespace Bench.Kernels.Scaling;

/// <summary>A work measured at one size.</summary>
/// <param name="Size">The size along the axis.</param>
/// <param name="Rows">Rows that it worked on.</param>
/// <param name="Columns">Their columns.</param>
/// <param name="Seconds">The fastest repetition: what else the machine did is in the others.</param>
/// <param name="Repetitions">How many there were.</param>
/// <param name="PeakBytes">The data, and how far the process grew at its largest while the work ran; null where this is not known.</param>
internal sealed record ScalePoint(long Size, long Rows, int Columns, double Seconds, int Repetitions, long? PeakBytes);

/// <summary>How a work grows along one axis.</summary>
/// <param name="Work">The work.</param>
/// <param name="Expected">The axis, and how it grows at most.</param>
/// <param name="Points">What was measured, sizes rising.</param>
/// <param name="Ended">Why no larger size was measured; null where all were.</param>
internal sealed record ScaleCurve(ScaleWork Work, ExpectedGrowth Expected, IReadOnlyList<ScalePoint> Points, string? Ended)
{
    /// <summary>What the extrapolation is to.</summary>
    public const long ExtrapolatedRows = 1_000_000_000;

    /// <summary>Below a hundredth of the largest size, what does not grow is most of a time.</summary>
    public const double FittedRange = 100;

    /// <summary>Less is partly that of the runtime: compiled code, and memory that it keeps for later.</summary>
    private const long LeastPeak = 8 << 20;

    /// <summary>Gets the growth of time; null of fewer than two sizes.</summary>
    public PowerLaw? Time => PowerLaw.Fit(Fitted.Select(static point => ((double)point.Size, point.Seconds)));

    /// <summary>Gets the growth of peak memory; null of fewer than two sizes at which there was enough to tell.</summary>
    public PowerLaw? Memory => PowerLaw.Fit(Fitted.Where(static point => point.PeakBytes >= LeastPeak).Select(static point => ((double)point.Size, (double)point.PeakBytes!)));

    /// <summary>Gets whether time or memory grow faster than the algorithm says; by threads, time shrinks as fast as that at best, and nothing is wrong where it does not.</summary>
    public bool IsFaster => Expected.Axis != ScaleAxis.Threads && (Time?.GrowsFasterThan(Expected.Time) == true || Memory?.GrowsFasterThan(Expected.Memory) == true);

    /// <summary>Gets the size that has a billion rows; null along an axis that adds none, or of fewer than three sizes, which tell no error.</summary>
    public double? ExtrapolatedSize => Expected.Axis is ScaleAxis.Rows or ScaleAxis.Stays && Time?.StandardError is not null
        ? (double)ExtrapolatedRows * Points[^1].Size / Points[^1].Rows
        : null;

    private IEnumerable<ScalePoint> Fitted => Points.Where(point => point.Size * FittedRange >= Points[^1].Size);
}
