using Engine.Collectives;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Moves rows between ranks whose tables end anywhere, so that whole runs lie with one rank each.</summary>
/// <remarks>
/// <code>
/// runs      |       |       |       |       |
/// before    | rank 0    | rank 1     | rank 2   |
/// after     | rank 0        | rank 1 | rank 2   |         each border goes to the nearest end of a run
/// </code>
/// </remarks>
internal static class RankBorders
{
    /// <summary>Gives each rank the rows that <see cref="SampleMatrix.OfRanks"/> wants of it.</summary>
    /// <param name="own">The rows of this rank, in the order of ranks; it may have none.</param>
    /// <param name="collective">The ranks.</param>
    /// <returns>The rows of this rank from now on: its own where they lie, and copies of those that it received.</returns>
    /// <exception cref="ArgumentException">Features differ between ranks.</exception>
    public static SampleMatrix MoveToRuns(SampleMatrix own, ICollective collective)
    {
        using var hold = own.Hold();
        var shapes = collective.GatherOne((own.RowCount, own.FeatureCount));
        var (size, rank) = (collective.Size, collective.Rank);
        var (starts, borders) = (new long[size + 1], new long[size + 1]);
        for (var other = 0; other < size; other++)
        {
            if (shapes[other].FeatureCount != own.FeatureCount)
                Throw.Argument_FeatureCountsDiffer(nameof(own), own.FeatureCount, $"rank {other}", shapes[other].FeatureCount);
            starts[other + 1] = starts[other] + shapes[other].RowCount;
        }

        for (var other = 1; other < size; other++)
            borders[other] = Math.Min(starts[size], (starts[other] + (RankRows.RowsPerRun / 2)) / RankRows.RowsPerRun * RankRows.RowsPerRun);
        borders[size] = starts[size];
        var parts = new SortedDictionary<long, SampleMatrix>();
        for (var sender = 0; sender < size; sender++)
        {
            for (var receiver = 0; receiver < size; receiver++)
            {
                var (first, end) = (Math.Max(starts[sender], borders[receiver]), Math.Min(starts[sender + 1], borders[receiver + 1]));
                if (first >= end)
                    continue;
                if (sender != receiver)
                    Send(own, first - starts[sender], end - first, collective, sender, rank == receiver ? parts[first] = SampleMatrix.Create(end - first, own.FeatureCount) : null);
                else if (rank == sender)
                    parts[first] = own.RowsFrom(first - starts[sender], end - first);
            }
        }

        return parts.Count == 0 ? SampleMatrix.Create(0, own.FeatureCount) : parts.Values.Aggregate(JoinedRows.Join);
    }

    private static void Send(SampleMatrix own, long firstRow, long rowCount, ICollective collective, int sender, SampleMatrix? received)
    {
        var columns = own.FeatureCount;
        var message = new float[Math.Min(rowCount, Math.Max(1, SampleMatrix.FloatsPerMessage / columns)) * columns];
        for (var sent = 0L; sent < rowCount; sent += message.Length / columns)
        {
            var count = (int)Math.Min(rowCount - sent, message.Length / columns);
            if (collective.Rank == sender)
                own.CopyRows(firstRow + sent, count, message);
            collective.BroadcastValues(message.AsSpan(0, count * columns), sender);
            for (var row = 0; received is not null && row < count; row++)
                message.AsSpan(row * columns, columns).CopyTo(received.GetWritableRow(sent + row));
        }
    }
}
