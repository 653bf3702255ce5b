using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Samples that are time series: prefixes of stays, as views of one <see cref="EpisodeStore"/>.</summary>
public sealed class SequenceSamples
{
    private readonly PrefixSample[] _prefixes;

    /// <summary>Wraps prefixes of stays.</summary>
    /// <param name="episodes">The stays.</param>
    /// <param name="prefixes">One prefix a sample, in any order; they are copied.</param>
    /// <exception cref="ArgumentException">A prefix is empty, longer than its stay, or of no stay.</exception>
    public SequenceSamples(EpisodeStore episodes, ReadOnlySpan<PrefixSample> prefixes)
    {
        ArgumentNullException.ThrowIfNull(episodes);
        Episodes = episodes;
        _prefixes = prefixes.ToArray();
        foreach (var (sample, prefix) in _prefixes.Index())
        {
            if ((uint)prefix.Stay >= (uint)episodes.StayCount)
                Throw.Argument_Invalid(nameof(prefixes), $"sample {sample:N0} is of stay {prefix.Stay:N0}; stays are 0 to {episodes.StayCount - 1:N0}.");
            if (prefix.Hours < 1 || prefix.Hours > episodes.HoursOf(prefix.Stay))
            {
                Throw.Argument_Invalid(
                    nameof(prefixes),
                    $"sample {sample:N0} has {prefix.Hours:N0} hours of stay {prefix.Stay:N0}, which lasts {episodes.HoursOf(prefix.Stay):N0}; a prefix has 1 hour or more, and no more than its stay.");
            }

            MaxHours = Math.Max(MaxHours, prefix.Hours);
            HaveOneLength &= prefix.Hours == _prefixes[0].Hours;
        }
    }

    /// <summary>Gets the stays.</summary>
    public EpisodeStore Episodes { get; }

    /// <summary>Gets one prefix a sample.</summary>
    public ReadOnlySpan<PrefixSample> Prefixes => _prefixes;

    /// <summary>Gets the number of samples.</summary>
    public int Count => _prefixes.Length;

    /// <summary>Gets the number of features an hour.</summary>
    public int FeatureCount => Episodes.Hours.FeatureCount;

    /// <summary>Gets the hours of the longest sample; 0 when there is none.</summary>
    public int MaxHours { get; }

    /// <summary>Gets whether all samples have as many hours, so that rows can be made between them: <see cref="Flatten"/>.</summary>
    public bool HaveOneLength { get; } = true;

    /// <summary>Reads a flat table as time series of one length: the inverse of <see cref="Flatten"/>.</summary>
    /// <param name="flat">One row a sample, hour by hour.</param>
    /// <param name="hourCount">The hours of every sample, 1 or more; it divides the features of <paramref name="flat"/>.</param>
    /// <returns>Sequences that read <paramref name="flat"/>.</returns>
    /// <exception cref="ArgumentException">The features of a row are not those of so many hours.</exception>
    public static SequenceSamples FromFlat(SampleMatrix flat, int hourCount)
    {
        ArgumentNullException.ThrowIfNull(flat);
        ArgumentOutOfRangeException.ThrowIfLessThan(hourCount, 1);
        if (flat.FeatureCount % hourCount != 0)
            Throw.Argument_Invalid(nameof(hourCount), $"rows of {flat.FeatureCount:N0} features are not {hourCount:N0} hours of as many features each; pass a number of hours that divides them.");
        var hours = new SampleMatrix(new FoldedRows(flat, hourCount), flat.RowCount * hourCount, flat.FeatureCount / hourCount);
        var offsets = new long[flat.RowCount + 1];
        for (var stay = 0; stay < offsets.Length; stay++)
            offsets[stay] = (long)stay * hourCount;
        var prefixes = new PrefixSample[flat.RowCount];
        for (var stay = 0; stay < prefixes.Length; stay++)
            prefixes[stay] = new PrefixSample(stay, hourCount);
        return new SequenceSamples(new EpisodeStore(hours, offsets), prefixes);
    }

    /// <summary>Returns the samples, all of one length, as a flat table: hour by hour in one row a sample.</summary>
    /// <param name="hourCount">The hours of every sample.</param>
    /// <returns>n x (hours x features), a view of the stays; of hours that lie with several ranks, the table of <see cref="FromFlat"/>.</returns>
    /// <exception cref="ArgumentException">A sample has another number of hours.</exception>
    /// <exception cref="InvalidOperationException">The hours lie with several ranks, and are not those of a flat table: a rank would need hours of others to have whole samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hourCount"/> is below 1, or makes rows of more than <see cref="SampleMatrix.MaxFeatureCount"/> features.</exception>
    public SampleMatrix Flatten(int hourCount)
    {
        if (hourCount < 1 || (long)hourCount * FeatureCount > SampleMatrix.MaxFeatureCount)
            Throw.ArgumentOutOfRange(nameof(hourCount), hourCount, $"1 to {SampleMatrix.MaxFeatureCount / FeatureCount:N0} for {FeatureCount:N0} features an hour");
        var firstRows = new long[Count];
        for (var sample = 0; sample < Count; sample++)
        {
            var (stay, hours) = _prefixes[sample];
            if (hours != hourCount)
            {
                Throw.Argument_Invalid(
                    nameof(hourCount),
                    $"sample {sample:N0} has {hours:N0} hours and not {hourCount:N0}; samples of different length have no flat form, and no rows can be made between them.");
            }

            firstRows[sample] = Episodes.RowOf(stay, 0);
        }

        if (Episodes.Hours.IsSpread)
            return FlattenSpread(firstRows, hourCount);
        return new SampleMatrix(new JoinedHours(Episodes.Hours, firstRows, hourCount), Count, hourCount * FeatureCount);
    }

    /// <summary>Returns the flat table of which the hours of ranks are made.</summary>
    private SampleMatrix FlattenSpread(long[] firstRows, int hourCount)
    {
        if (Episodes.Hours.UnfoldedOf(hourCount) is not { } flat)
        {
            Throw.InvalidOperation("the hours of these samples lie with several ranks, each of which has whole runs of hours and not of samples; divide a flat table among the ranks, one row a sample, and make the samples by SequenceSamples.FromFlat.");
            return null!;
        }

        var rows = Array.ConvertAll(firstRows, row => row / hourCount);
        var areAll = rows.Length == flat.RowCount && rows.AsSpan().SequenceEqual([.. Enumerable.Range(0, rows.Length).Select(static row => (long)row)]);
        return areAll ? flat.ViewOfRanks() : flat.SelectRows(rows);
    }

    /// <summary>Returns chosen samples, in the given order.</summary>
    /// <param name="rows">Sample indices, each 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The samples, of the same stays.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the samples.</exception>
    public SequenceSamples Select(ReadOnlySpan<long> rows)
    {
        var chosen = new PrefixSample[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            if ((ulong)rows[i] >= (ulong)Count)
                Throw.Index_RowOutOfRange(rows[i], Count);
            chosen[i] = _prefixes[rows[i]];
        }

        return new SequenceSamples(Episodes, chosen);
    }
}
