using Engine.Collectives;
using Engine.Data;

namespace Engine.Logistic;

/// <summary>Some rows of a fit. Of a table of several ranks each knows those that it reads, and all know how many there are.</summary>
internal sealed class MarkedRows
{
    /// <summary>Null where this process reads all rows.</summary>
    private readonly RankShare? _share;

    /// <summary>Rows that were marked together, rising; then those that were marked later.</summary>
    private readonly IReadOnlyList<long[]> _own;

    /// <summary>Marks rows.</summary>
    /// <param name="rows">The table.</param>
    /// <param name="own">Of those that this process reads, rising.</param>
    public MarkedRows(SampleMatrix rows, long[] own)
    {
        (_share, _own) = (rows.IsSpread ? rows.Share : null, [own]);
        Count = _share?.Collective.GatherOne(own.LongLength).Sum() ?? own.Length;
    }

    private MarkedRows(RankShare? share, IReadOnlyList<long[]> own, long count) => (_share, _own, Count) = (share, own, count);

    /// <summary>Gets how many rows are marked, of all ranks; one that was marked twice counts twice.</summary>
    public long Count { get; }

    /// <summary>Gets those that this process reads.</summary>
    public IEnumerable<long> Own => _own.SelectMany(static rows => rows);

    /// <summary>Returns these rows, and behind them others.</summary>
    public MarkedRows And(MarkedRows later) => new(_share, [.. _own, .. later._own], Count + later.Count);

    /// <summary>Returns the rows of all ranks.</summary>
    public long[] ToAll() => _share is null ? [.. Own] : [.. _own.SelectMany(rows => _share.Collective.GatherLists<long>(rows).Order())];

    /// <summary>Returns some of the rows, at equal distances in their rising order; of rows that were marked together.</summary>
    /// <param name="count">How many, fewer than there are.</param>
    public MarkedRows Spaced(int count)
    {
        var (own, starts) = (_own.Single(), StartsOfSegments());
        var chosen = new List<long>();
        for (var i = 0; i < count; i++)
        {
            var place = (long)((Int128)i * Count / count);
            // The segment that the place is in, and where it is among the rows of this rank.
            foreach (var (start, end, ownStart) in starts)
            {
                if (place >= start && place < end)
                    chosen.Add(own[place - start + ownStart]);
            }
        }

        return new MarkedRows(_share, [[.. chosen]], count);
    }

    /// <summary>Returns of each segment that this rank reads the places of its rows among all, and that of the first among its own.</summary>
    private List<(long Start, long End, long OwnStart)> StartsOfSegments()
    {
        if (_share is null)
            return [(0, Count, 0)];
        var (own, counts) = (_own.Single(), new long[_share.Segments.Count]);
        foreach (var row in own)
            counts[_share.SegmentOf(row / SampleMatrix.RowsPerBlock)]++;
        var ofAll = _share.Collective.SumOfRanks<long>(counts);
        var (starts, start, ownStart) = (new List<(long, long, long)>(), 0L, 0L);
        for (var segment = 0; segment < ofAll.Length; segment++)
        {
            if (_share.Segments[segment].Rank == _share.Collective.Rank)
                starts.Add((start, start + ofAll[segment], ownStart));
            start += ofAll[segment];
            ownStart += counts[segment];
        }

        return starts;
    }
}
