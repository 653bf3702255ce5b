using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>Random training rows of the simulator of which exactly one in fifty is of class 1: 5,000 of 250,000.</summary>
internal sealed class RareClassHours : ILabeledSource
{
    private const int RowsPerMinorityRow = 50;

    /// <inheritdoc/>
    public string Description => $"simulated hours, 1 in {RowsPerMinorityRow} of class 1";

    /// <inheritdoc/>
    public LabeledSamples Make(int rowCount, CohortShelf shelf, CancellationToken cancellation)
    {
        var hours = TrainingHours.Of(shelf.Simulate(shelf.OrdinaryTrainingRows, cancellation));
        var minorityCount = rowCount / RowsPerMinorityRow;
        return hours.CopyOf([.. Draw(hours.MinorityRows, minorityCount).Concat(Draw(hours.MajorityRows, rowCount - minorityCount)).Order()]);
    }

    private static IEnumerable<long> Draw(long[] rows, int count) => RandomRows.Draw(rows.Length, new ArraySize(count, 0)).Reference.Select(place => rows[place]);
}
