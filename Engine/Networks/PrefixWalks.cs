using Engine.Data;

namespace Engine.Networks;

/// <summary>Which sequences are to be walked for some samples, longest first, and at which hours each sample is answered.</summary>
internal sealed class PrefixWalks
{
    private readonly SequenceSamples _samples;
    // The samples of a walk lie together, hours rising.
    private readonly int[] _order;
    private readonly int[] _starts;
    private readonly int[] _walks;

    private PrefixWalks(SequenceSamples samples, int[] order, int[] starts)
    {
        (_samples, _order, _starts) = (samples, order, starts);
        _walks = new int[starts.Length - 1];
        var lengths = new int[_walks.Length];
        for (var walk = 0; walk < _walks.Length; walk++)
            (_walks[walk], lengths[walk]) = (walk, -HoursOf(walk));
        // Equal lengths in any order: no result depends on it.
        Array.Sort(lengths, _walks);
        Count = Array.FindLastIndex(lengths, static length => length < 0) + 1;
    }

    /// <summary>Gets the number of walks.</summary>
    public int Count { get; }

    /// <summary>Walks each sample by itself.</summary>
    public static PrefixWalks OfSamples(SequenceSamples samples) =>
        new(samples, [.. Enumerable.Range(0, samples.Count)], [.. Enumerable.Range(0, samples.Count + 1)]);

    /// <summary>Walks each stay once.</summary>
    public static PrefixWalks OfStays(SequenceSamples samples)
    {
        var prefixes = samples.Prefixes;
        var starts = new int[samples.Episodes.StayCount + 1];
        foreach (var prefix in prefixes)
            starts[prefix.Stay + 1]++;
        for (var stay = 1; stay < starts.Length; stay++)
            starts[stay] += starts[stay - 1];
        var (order, next) = (new int[samples.Count], starts.AsSpan(0, starts.Length - 1).ToArray());
        for (var sample = 0; sample < order.Length; sample++)
            order[next[prefixes[sample].Stay]++] = sample;
        for (var stay = 0; stay < starts.Length - 1; stay++)
            SortByHours(order.AsSpan(starts[stay]..starts[stay + 1]), prefixes);
        return new PrefixWalks(samples, order, starts);
    }

    /// <summary>Returns the samples of a stay, or of what else is walked, hours rising.</summary>
    public ReadOnlySpan<int> SamplesOf(int walk) => _order.AsSpan(_starts[walk].._starts[walk + 1]);

    /// <summary>Returns the samples that a walk answers, hours rising.</summary>
    /// <param name="place">The walk, 0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<int> SamplesAt(int place) => SamplesOf(_walks[place]);

    /// <summary>Returns the rows of hours that a walk reads.</summary>
    /// <param name="place">The walk, 0 to <see cref="Count"/> - 1.</param>
    public (long FirstRow, int RowCount) RowsOf(int place) => (_samples.Episodes.RowOf(_samples.Prefixes[SamplesAt(place)[0]].Stay, 0), HoursOf(_walks[place]));

    /// <summary>Adds a walk and its points to a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="place">The walk, 0 to <see cref="Count"/> - 1.</param>
    /// <param name="hours">The table to read its hours from.</param>
    /// <param name="firstRow">Where they begin there.</param>
    public void AddTo(LstmGroup group, int place, SampleMatrix hours, long firstRow)
    {
        var own = SamplesAt(place);
        group.Add(hours, firstRow, HoursOf(_walks[place]), own[^1]);
        foreach (var sample in own)
            group.Add(new LstmPoint(_samples.Prefixes[sample].Hours, sample, 1, 0));
    }

    private static void SortByHours(Span<int> order, ReadOnlySpan<PrefixSample> prefixes)
    {
        var isSorted = true;
        for (var i = 1; i < order.Length && isSorted; i++)
            isSorted = prefixes[order[i - 1]].Hours <= prefixes[order[i]].Hours;
        if (isSorted)
            return;
        var keys = new long[order.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = ((long)prefixes[order[i]].Hours << 32) + order[i];
        MemoryExtensions.Sort(keys.AsSpan(), order);
    }

    private int HoursOf(int walk) => _starts[walk + 1] > _starts[walk] ? _samples.Prefixes[_order[_starts[walk + 1] - 1]].Hours : 0;
}
