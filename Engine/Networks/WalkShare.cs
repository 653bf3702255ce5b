using Engine.Collectives;
using Engine.Data;

namespace Engine.Networks;

/// <summary>The walks that this process does: all, or, where the hours lie with several ranks, those whose first hour it has.</summary>
/// <remarks>The few stays that begin with one rank and end with another are sent to all.</remarks>
internal sealed class WalkShare
{
    private readonly PrefixWalks _walks;
    private readonly SampleMatrix _hours;
    private readonly FetchedRows _acrossRanks;
    // The rank of each walk, and the walks of this one; nothing where this process does all.
    private readonly int[] _owners = [];
    private readonly int[] _own = [];

    /// <summary>Takes the share of this process; every rank does so at once.</summary>
    /// <param name="walks">All walks.</param>
    /// <param name="hours">The hours that they read.</param>
    public WalkShare(PrefixWalks walks, SampleMatrix hours)
    {
        (_walks, _hours, _acrossRanks) = (walks, hours, new FetchedRows(hours));
        if (!hours.IsSpread)
            return;
        _owners = new int[walks.Count];
        var acrossRanks = new List<long>();
        for (var walk = 0; walk < walks.Count; walk++)
        {
            var (first, count) = walks.RowsOf(walk);
            _owners[walk] = OwnerOf(first);
            if (OwnerOf(first + count - 1) != _owners[walk])
                acrossRanks.AddRange(RowsOf(walk));
        }

        _own = [.. WalksOf(hours.Share!.Collective.Rank)];
        _acrossRanks.Fetch(acrossRanks);
    }

    /// <summary>Gets whether other ranks do other walks.</summary>
    public bool AreShared => _hours.IsSpread;

    /// <summary>Gets the number of walks.</summary>
    public int Count => AreShared ? _own.Length : _walks.Count;

    /// <summary>Adds a walk and its points to a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="index">The walk, 0 to <see cref="Count"/> - 1.</param>
    public void AddTo(LstmGroup group, int index)
    {
        var walk = AreShared ? _own[index] : index;
        var (first, count) = _walks.RowsOf(walk);
        if (AreShared && OwnerOf(first + count - 1) != _owners[walk])
            _walks.AddTo(group, walk, _acrossRanks.Rows, _acrossRanks.PlaceOf(first));
        else
            _walks.AddTo(group, walk, _hours, first);
    }

    /// <summary>Fetches walks that a rank could not do, so that all ranks can try; every rank calls this, and nothing is fetched where all were done.</summary>
    /// <param name="isFailed">Whether this rank could not do some.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many there are, or fewer at the end.</param>
    /// <returns>Those of the first rank that could not do some; null where all were done.</returns>
    public LstmGroup? FetchFailed(bool isFailed, int first, int count)
    {
        if (!AreShared)
            return null;
        var firsts = _hours.Share!.Collective.GatherOne(isFailed ? first : -1);
        var rank = Array.FindIndex(firsts, static failed => failed >= 0);
        if (rank < 0)
            return null;
        var walks = WalksOf(rank).Skip(firsts[rank]).Take(count).ToArray();
        var rows = new FetchedRows(_hours);
        rows.Fetch(walks.SelectMany(RowsOf));
        var group = new LstmGroup();
        foreach (var walk in walks)
            _walks.AddTo(group, walk, rows.Rows, rows.PlaceOf(_walks.RowsOf(walk).FirstRow));
        return group;
    }

    /// <summary>Completes the probabilities of all samples, of which every rank has computed those of its walks.</summary>
    public void Complete(Span<double> probabilities)
    {
        for (var rank = 0; AreShared && rank < _hours.Share!.Collective.Size; rank++)
        {
            var samples = new List<int>();
            foreach (var walk in WalksOf(rank))
                samples.AddRange(_walks.SamplesAt(walk));
            var values = new double[samples.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = probabilities[samples[i]];
            _hours.Share.Collective.BroadcastValues(values.AsSpan(), rank);
            for (var i = 0; i < values.Length; i++)
                probabilities[samples[i]] = values[i];
        }
    }

    private IEnumerable<int> WalksOf(int rank) => Enumerable.Range(0, _owners.Length).Where(walk => _owners[walk] == rank);

    private IEnumerable<long> RowsOf(int walk)
    {
        var (first, count) = _walks.RowsOf(walk);
        for (var row = first; row < first + count; row++)
            yield return row;
    }

    private int OwnerOf(long row) => _hours.Share!.OwnerOf(row / SampleMatrix.RowsPerBlock);
}
