using System.Numerics;
using Engine.Collectives;
using Engine.Compute;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>The gradient of a batch of sequences, in parallel over slices of it.</summary>
/// <remarks>
/// <b>Determinism</b>: a batch is dealt to slices by its sequences' lengths alone, and their gradients are added in order, so the bits depend neither on the number of threads or ranks nor on which of them is faster.
/// </remarks>
/// <param name="layout">The network.</param>
/// <param name="seed">The seed of dropout.</param>
/// <param name="options">How to use the machine.</param>
/// <param name="ranks">The ranks that share the slices, each with the hours of all sequences; null where this process computes alone.</param>
internal sealed class LstmBatch<T>(LstmLayout layout, ulong seed, ComputeOptions options, ICollective? ranks = null) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Slices of a batch at the most: one gradient each.</summary>
    private const int MaxSliceCount = 16;

    /// <summary>Sequences that are worth a slice: so many rows keep the registers of a product busy.</summary>
    private const int LeastPerSlice = 4;

    /// <summary>Sequences of a slice that are walked together.</summary>
    private const int GroupSize = 8;

    private readonly ParallelOptions _options = options.ToParallelOptions();
    private readonly SharedSlices _slices = new(ranks, options.ToParallelOptions());
    private readonly Stack<LstmWalker<T>> _idle = [];
    private readonly List<LstmGradient<T>> _gradients = [];
    private readonly double[] _losses = new double[MaxSliceCount];
    private readonly bool[] _failed = new bool[MaxSliceCount];
    private LstmSequence[] _dealt = [];
    private long[] _keys = [];
    private int[] _order = [];

    /// <summary>Gets the parameters as kernels read them; packed before each gradient.</summary>
    public LstmWeights<T> Weights { get; } = new(layout);

    /// <summary>Computes a gradient.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="sequences">The batch, one sequence at least; its hours are held by the caller.</param>
    /// <param name="points">What is asked of them.</param>
    /// <param name="divisor">By what losses are divided in the gradient.</param>
    /// <param name="step">The step of training.</param>
    /// <param name="gradient">Receives one value a parameter.</param>
    /// <returns>The sum of weight x loss.</returns>
    /// <exception cref="ArgumentException">A value is not finite, or a sequence holds nothing but zeros.</exception>
    public double Compute(ReadOnlySpan<T> parameters, ReadOnlySpan<LstmSequence> sequences, LstmPoint[] points, double divisor, long step, Span<T> gradient)
    {
        Weights.Pack(parameters);
        var sliceCount = Math.Min(MaxSliceCount, (sequences.Length + LeastPerSlice - 1) / LeastPerSlice);
        while (_gradients.Count < sliceCount)
            _gradients.Add(new LstmGradient<T>(Weights));
        Deal(sequences, sliceCount);
        var (dealt, count) = (_dealt, sequences.Length);
        var segments = _slices.Divide(sliceCount, HoursOf(sequences) / sliceCount, layout.ParameterCount);
        var own = segments.FirstOrDefault(static segment => segment.IsOwn);
        Array.Fill(_failed, false);
        if (own.End - own.First == 1)
            TryAddSlice(own.First);
        else
            ParallelLoop.For(own.First, own.End, _options, TryAddSlice);
        var total = default(SliceTotal);
        foreach (var segment in segments)
        {
            for (var slice = segment.First; segment.IsOwn && slice < segment.End; slice++)
            {
                total = new SliceTotal(total.Loss + _losses[slice], total.FailedSlice ?? (_failed[slice] ? slice : null));
                if (slice > 0)
                    _gradients[0].Add(_gradients[slice]);
            }

            _slices.PassOn(segment, ref total, _gradients[0].All);
        }

        // Every rank meets the error that one met, and none waits for it.
        if (total.FailedSlice is { } failed)
            AddSlice(failed);
        _gradients[0].CopyTo(gradient);
        return total.Loss;

        void TryAddSlice(int slice)
        {
            try
            {
                AddSlice(slice);
            }
            catch (ArgumentException) when (own.Sender is not null)
            {
                _failed[slice] = true;
            }
        }

        void AddSlice(int slice)
        {
            _gradients[slice].Clear();
            _losses[slice] = 0;
            var walker = Take();
            // Slices lie one after the other: the first have one more sequence where they do not come out even.
            var (first, end) = (StartOf(slice, sliceCount, count), StartOf(slice + 1, sliceCount, count));
            for (; first < end; first += GroupSize)
                _losses[slice] += walker.AddGradient(dealt.AsSpan(first, Math.Min(GroupSize, end - first)), points, divisor, seed, step, _gradients[slice]);
            lock (_idle)
                _idle.Push(walker);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var walker in _idle)
            walker.Dispose();
        foreach (var gradient in _gradients)
            gradient.Dispose();
        Weights.Dispose();
    }

    private static double HoursOf(ReadOnlySpan<LstmSequence> sequences)
    {
        var hours = 0.0;
        foreach (var sequence in sequences)
            hours += sequence.HourCount;
        return hours;
    }

    private static int StartOf(int slice, int sliceCount, int count) => (slice * (count / sliceCount)) + Math.Min(slice, count % sliceCount);

    private LstmWalker<T> Take()
    {
        lock (_idle)
        {
            if (_idle.TryPop(out var walker))
                return walker;
        }

        return LstmWalker<T>.Create(Weights);
    }

    /// <summary>Deals the sequences out, longest first, there and back over the slices, so that each has as many hours.</summary>
    private void Deal(ReadOnlySpan<LstmSequence> sequences, int sliceCount)
    {
        if (_dealt.Length < sequences.Length)
            (_dealt, _keys, _order) = (new LstmSequence[sequences.Length], new long[sequences.Length], new int[sequences.Length]);
        for (var i = 0; i < sequences.Length; i++)
            (_keys[i], _order[i]) = (((long)-sequences[i].HourCount << 32) + i, i);
        Array.Sort(_keys, _order, 0, sequences.Length);
        for (var i = 0; i < sequences.Length; i++)
        {
            var (round, place) = Math.DivRem(i, sliceCount);
            var left = sequences.Length - (round * sliceCount);
            // A last round that does not go all the way round serves the first slices.
            var slice = round % 2 == 0 || left < sliceCount ? place : sliceCount - 1 - place;
            _dealt[StartOf(slice, sliceCount, sequences.Length) + round] = sequences[_order[i]];
        }
    }
}
