namespace Engine.Networks;

/// <summary>The batches of a training, an endless row of passes over the samples; batch i is a function of the seed and i.</summary>
/// <remarks>
/// <para>A pass shuffles all samples and cuts them in batches. With lengths, it cuts runs of up to 1,024 batches first, or of an epoch's batches if these are fewer;
/// orders each run by length, cuts it in batches and shuffles those: samples of a batch are then of similar length. Samples over at the end of a pass make a smaller batch.</para>
/// <para><b>Cost</b>: 4 bytes a sample.</para>
/// <para><b>Source</b>: the reader of decompensation of Harutyunyan et al. 2019, whose epochs go on in the data where the one before stopped.</para>
/// </remarks>
internal sealed class BatchOrder
{
    private const int MostBatchesInRun = 1024;

    private readonly BatchSample[] _samples;
    private readonly ReadOnlyMemory<int> _lengths;
    private readonly int _batchSize;
    private readonly ulong _seed;
    private readonly int[] _order;
    private readonly int[] _unsorted;
    private readonly long[] _keys;
    private readonly BatchSample[] _batch;
    private long _pass = -1;

    /// <summary>Prepares the batches.</summary>
    /// <param name="samples">The samples of a pass, one or more.</param>
    /// <param name="lengths">The length of each; empty where they are alike.</param>
    /// <param name="settings">The samples of a batch, and the batches of an epoch.</param>
    /// <param name="seed">The seed.</param>
    public BatchOrder(BatchSample[] samples, ReadOnlyMemory<int> lengths, TrainingSettings settings, ulong seed)
    {
        (_samples, _lengths, _batchSize, _seed) = (samples, lengths, settings.BatchSize, seed);
        BatchesPerPass = ((samples.Length - 1) / _batchSize) + 1;
        BatchesPerEpoch = settings.BatchesPerEpoch ?? BatchesPerPass;
        _order = new int[samples.Length];
        var longestRun = (int)Math.Min(samples.Length, (long)Math.Min(MostBatchesInRun, BatchesPerEpoch) * _batchSize);
        (_unsorted, _keys) = lengths.IsEmpty ? ([], []) : (new int[longestRun], new long[longestRun]);
        _batch = new BatchSample[Math.Min(_batchSize, samples.Length)];
    }

    /// <summary>Gets the batches of a pass over all samples.</summary>
    public int BatchesPerPass { get; }

    /// <summary>Gets the batches of an epoch.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Returns how many samples the batches of an epoch hold.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    public long SamplesIn(int epoch) => SamplesBefore((epoch + 1L) * BatchesPerEpoch) - SamplesBefore((long)epoch * BatchesPerEpoch);

    /// <summary>Returns a batch; it stays until the next is asked for.</summary>
    /// <param name="index">The batch, from 0.</param>
    public ReadOnlySpan<BatchSample> this[long index]
    {
        get
        {
            var (pass, place) = Math.DivRem(index, BatchesPerPass);
            if (pass != _pass)
                Arrange(pass);
            var first = (int)(place * _batchSize);
            var count = Math.Min(_batchSize, _samples.Length - first);
            for (var i = 0; i < count; i++)
                _batch[i] = _samples[_order[first + i]];
            return _batch.AsSpan(0, count);
        }
    }

    /// <summary>Returns the first batch of the pass after that of a batch: to look beyond costs an order of all samples.</summary>
    /// <param name="index">The batch, from 0.</param>
    public long EndOfPass(long index) => ((index / BatchesPerPass) + 1) * BatchesPerPass;

    private long SamplesBefore(long batch)
    {
        var (passes, batches) = Math.DivRem(batch, BatchesPerPass);
        return (passes * _samples.Length) + (batches * _batchSize);
    }

    private void Arrange(long pass)
    {
        _pass = pass;
        for (var i = 0; i < _order.Length; i++)
            _order[i] = i;
        NetworkDraws.Shuffle(_order.AsSpan(), NetworkDraws.OfShuffle(_seed, pass));
        for (var first = 0; first < _order.Length && _unsorted.Length > 0; first += _unsorted.Length)
            ArrangeRun(_order.AsSpan(first, Math.Min(_unsorted.Length, _order.Length - first)), pass, first);
    }

    /// <summary>Makes batches of similar length of a run; what is over stays at its end.</summary>
    private void ArrangeRun(Span<int> run, long pass, int firstPlace)
    {
        var batches = new int[run.Length / _batchSize];
        var whole = batches.Length * _batchSize;
        // The place decides among samples of one length, which keeps them as they were shuffled.
        for (var i = 0; i < whole; i++)
            _keys[i] = ((long)_lengths.Span[run[i]] << 32) | (uint)i;
        run[..whole].CopyTo(_unsorted);
        _keys.AsSpan(0, whole).Sort(_unsorted.AsSpan(0, whole));
        for (var i = 0; i < batches.Length; i++)
            batches[i] = i;
        // Each run of a pass has draws of its own: those of its places.
        NetworkDraws.Shuffle(batches.AsSpan(), NetworkDraws.OfBatches(_seed, pass), (ulong)firstPlace);
        for (var i = 0; i < batches.Length; i++)
            _unsorted.AsSpan(batches[i] * _batchSize, _batchSize).CopyTo(run[(i * _batchSize)..]);
    }
}
