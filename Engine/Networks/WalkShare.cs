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
            for (var row = first; OwnerOf(first + count - 1) != _owners[walk] && row < first + count; row++)
                acrossRanks.Add(row);
        }

        _own = [.. Enumerable.Range(0, walks.Count).Where(walk => _owners[walk] == hours.Share!.Collective.Rank)];
        _acrossRanks.Fetch(acrossRanks);
    }

    /// <summary>Gets the number of walks.</summary>
    public int Count => _hours.IsSpread ? _own.Length : _walks.Count;

    /// <summary>Adds a walk and its points to a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="index">The walk, 0 to <see cref="Count"/> - 1.</param>
    public void AddTo(LstmGroup group, int index)
    {
        var walk = _hours.IsSpread ? _own[index] : index;
        var (first, count) = _walks.RowsOf(walk);
        if (_hours.IsSpread && OwnerOf(first + count - 1) != _owners[walk])
            _walks.AddTo(group, walk, _acrossRanks.Rows, _acrossRanks.PlaceOf(first));
        else
            _walks.AddTo(group, walk, _hours, first);
    }

    /// <summary>Completes the probabilities of all samples, of which every rank has computed those of its walks.</summary>
    public void Complete(Span<double> probabilities)
    {
        for (var rank = 0; _hours.IsSpread && rank < _hours.Share!.Collective.Size; rank++)
        {
            var samples = new List<int>();
            for (var walk = 0; walk < _owners.Length; walk++)
            {
                if (_owners[walk] == rank)
                    samples.AddRange(_walks.SamplesAt(walk));
            }

            var values = new double[samples.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = probabilities[samples[i]];
            _hours.Share.Collective.BroadcastValues(values.AsSpan(), rank);
            for (var i = 0; i < values.Length; i++)
                probabilities[samples[i]] = values[i];
        }
    }

    private int OwnerOf(long row) => _hours.Share!.OwnerOf(row / SampleMatrix.RowsPerBlock);
}
