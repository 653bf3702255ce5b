namespace Engine.Networks;

/// <summary>The order in which the hours of a group of sequences lie: hour by hour, the longest sequence first, so that the rows of an hour are those of the first sequences.</summary>
/// <remarks>
/// <code>
///            step 0    step 1    step 2   step 3
/// sequence   0 1 2     0 1 2     0 1      0          lengths 4, 3, 2
/// row        0 1 2     3 4 5     6 7      8
/// </code>
/// </remarks>
internal sealed class LstmRows
{
    private int[] _lengths = [];
    private int[] _offsets = [];
    private int[] _reversed = [];

    /// <summary>Gets the number of sequences.</summary>
    public int SequenceCount { get; private set; }

    /// <summary>Gets the number of steps: the length of the longest.</summary>
    public int StepCount { get; private set; }

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>Gets for each row the row of the same sequence, counted from its end.</summary>
    public ReadOnlySpan<int> Reversed => _reversed.AsSpan(0, RowCount);

    /// <summary>Sets the lengths.</summary>
    /// <param name="lengths">The steps of each sequence, 1 or more, never rising.</param>
    public void Set(ReadOnlySpan<int> lengths)
    {
        (SequenceCount, StepCount, RowCount) = (lengths.Length, lengths[0], 0);
        if (_lengths.Length < lengths.Length)
            _lengths = new int[lengths.Length];
        lengths.CopyTo(_lengths);
        if (_offsets.Length <= StepCount)
            _offsets = new int[StepCount + 1 + (StepCount / 2)];
        var count = SequenceCount;
        for (var step = 0; step < StepCount; step++)
        {
            while (lengths[count - 1] <= step)
                count--;
            _offsets[step] = RowCount;
            RowCount = checked(RowCount + count);
        }

        _offsets[StepCount] = RowCount;
        if (_reversed.Length < RowCount)
            _reversed = new int[RowCount + (RowCount / 2)];
        for (var sequence = 0; sequence < SequenceCount; sequence++)
        {
            for (var step = 0; step < lengths[sequence]; step++)
                _reversed[Of(sequence, step)] = Of(sequence, lengths[sequence] - 1 - step);
        }
    }

    /// <summary>Returns the first row of a step.</summary>
    public int OffsetOf(int step) => _offsets[step];

    /// <summary>Returns how many sequences have a step; 0 beyond the last.</summary>
    public int CountOf(int step) => step < StepCount ? _offsets[step + 1] - _offsets[step] : 0;

    /// <summary>Returns the steps of a sequence.</summary>
    public int LengthOf(int sequence) => _lengths[sequence];

    /// <summary>Returns the row of a step of a sequence.</summary>
    public int Of(int sequence, int step) => _offsets[step] + sequence;
}
