using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Diagnostics;
using Engine.Numerics.Lanes;

namespace Engine.Networks;

/// <summary>The hours of a group of sequences in the order of <see cref="LstmRows"/>; hours whose features are all 0 are left out, as by a mask.</summary>
/// <remarks>An hour that is left out changes neither cells nor states, so what is asked at it is answered by the hour before.</remarks>
internal sealed unsafe class LstmInputs<TLanes, T>(int featureCount) : IDisposable
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GrowingBuffer<float> _staging = new();
    private readonly GrowingBuffer<T> _packed = new();
    private readonly GrowingBuffer<T> _values = new();
    // For each sequence as given: where its hours start, and how many hours up to each were kept.
    private int[] _starts = [];
    private int[] _kept = [];
    private int[] _order = [];
    private int[] _lengths = [];

    /// <summary>Gets the order of the rows.</summary>
    public LstmRows Rows { get; } = new();

    /// <summary>Gets the rows.</summary>
    public T* Values => _values.Pointer;

    /// <summary>Gets their distance.</summary>
    public int Stride { get; } = LaneStride<T>.Of(featureCount);

    /// <summary>Reads a group.</summary>
    /// <param name="sequences">The sequences, one at least.</param>
    /// <exception cref="ArgumentException">A value is not finite, or all hours of a sequence are 0.</exception>
    public void Read(ReadOnlySpan<LstmSequence> sequences)
    {
        Reserve(sequences);
        for (var i = 0; i < sequences.Length; i++)
        {
            ReadSequence(sequences[i], _packed.Pointer + ((nint)_starts[i] * Stride), _kept.AsSpan(_starts[i], sequences[i].HourCount));
            var length = _kept[_starts[i] + sequences[i].HourCount - 1];
            if (length == 0)
                ThrowEmpty(sequences[i].Name, sequences[i].HourCount);
            // Longest first; of two that are equal, the one that came first.
            var place = i;
            for (; place > 0 && _lengths[place - 1] < length; place--)
                (_lengths[place], _order[place]) = (_lengths[place - 1], _order[place - 1]);
            (_lengths[place], _order[place]) = (length, i);
        }

        Rows.Set(_lengths.AsSpan(0, sequences.Length));
        var values = _values.Reserve((long)Rows.RowCount * Stride);
        for (var sequence = 0; sequence < sequences.Length; sequence++)
        {
            var source = _packed.Pointer + ((nint)_starts[_order[sequence]] * Stride);
            for (var step = 0; step < _lengths[sequence]; step++, source += Stride)
                new Span<T>(source, Stride).CopyTo(new Span<T>(values + ((nint)Rows.Of(sequence, step) * Stride), Stride));
        }
    }

    /// <summary>Returns which of the given sequences is the one at a place in the order of rows.</summary>
    public int GivenOf(int sequence) => _order[sequence];

    /// <summary>Returns the step at which a point is answered.</summary>
    /// <param name="given">The sequence as it was given.</param>
    /// <param name="point">One of its points.</param>
    /// <exception cref="ArgumentException">All hours up to the point are 0.</exception>
    public int StepOf(int given, LstmPoint point)
    {
        var kept = _kept[_starts[given] + point.Hours - 1];
        if (kept == 0)
            ThrowEmpty(point.Target, point.Hours);
        return kept - 1;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _staging.Dispose();
        _packed.Dispose();
        _values.Dispose();
    }

    private static void ThrowEmpty(long sample, int hours) => Throw.Argument_Invalid(
        "samples", $"all {hours:N0} hours of sample {sample:N0} hold nothing but zeros, which stand for hours that were not observed; leave it out, or give it an hour with values.");

    private static void ThrowNotFinite(ReadOnlySpan<float> row, LstmSequence sequence, int hour)
    {
        for (var column = 0; column < row.Length; column++)
        {
            if (!float.IsFinite(row[column]))
                Throw.Argument_Invalid("samples", $"sample {sequence.Name:N0} holds {row[column]} at hour {hour:N0}, column {column:N0}; impute missing values first, every value must be finite.");
        }
    }

    private void Reserve(ReadOnlySpan<LstmSequence> sequences)
    {
        if (_starts.Length < sequences.Length)
            (_starts, _order, _lengths) = (new int[sequences.Length], new int[sequences.Length], new int[sequences.Length]);
        var hours = 0;
        for (var i = 0; i < sequences.Length; i++)
        {
            _starts[i] = hours;
            hours = checked(hours + sequences[i].HourCount);
        }

        if (_kept.Length < hours)
            _kept = new int[hours + (hours / 4)];
        _packed.Reserve((long)hours * Stride);
    }

    private void ReadSequence(LstmSequence sequence, T* destination, Span<int> kept)
    {
        var stride = sequence.Rows.Stride;
        if (!sequence.Rows.TryGetPaddedRows(sequence.FirstRow, sequence.HourCount, out var values))
        {
            // Zeros behind the features are never written over, for all rows here have as many features.
            var length = sequence.HourCount * stride;
            var staged = new Span<float>(_staging.Reserve(length), length);
            sequence.Rows.CopyRows(sequence.FirstRow, sequence.HourCount, staged, stride);
            values = staged;
        }

        var lanes = LaneStride<T>.LanesOf(featureCount);
        var count = 0;
        fixed (float* first = values)
        {
            for (var hour = 0; hour < kept.Length; hour++)
            {
                var (isFinite, isZero) = CopyRow(first + ((nint)hour * stride), lanes, destination + ((nint)count * Stride));
                if (!isFinite)
                    ThrowNotFinite(values.Slice(hour * stride, featureCount), sequence, hour);
                kept[hour] = isZero ? count : ++count;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (bool IsFinite, bool IsZero) CopyRow(float* source, int lanes, T* destination)
    {
        TLanes none = TLanes.Zero, largest = TLanes.Zero;
        for (var lane = 0; lane < lanes; lane++)
        {
            var values = TLanes.LoadSingles(ref source[lane * LaneStride<T>.Lanes]);
            TLanes.Store(values, ref destination[lane * LaneStride<T>.Lanes]);
            // 0 times a finite value is 0, and any other product stays in the sum.
            none = TLanes.MultiplyAdd(values, TLanes.Zero, none);
            largest = TLanes.Max(largest, TLanes.Abs(values));
        }

        return (TLanes.Sum(none) == T.Zero, TLanes.AreAtMost(largest, T.Zero));
    }
}
