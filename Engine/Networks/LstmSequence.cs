using Engine.Data;

namespace Engine.Networks;

/// <summary>Hours that an LSTM walks over, and what it is asked on the way.</summary>
/// <param name="Rows">The table of the hours.</param>
/// <param name="FirstRow">The row of the first hour.</param>
/// <param name="HourCount">The number of hours, 1 or more.</param>
/// <param name="Name">The sample that has all the hours, for an error.</param>
/// <param name="Place">By which dropout is drawn.</param>
/// <param name="FirstPoint">The first of its points.</param>
/// <param name="PointCount">The number of its points, hours rising.</param>
internal readonly record struct LstmSequence(SampleMatrix Rows, long FirstRow, int HourCount, long Name, int Place, int FirstPoint, int PointCount);

/// <summary>An hour of a sequence at which its class is asked.</summary>
/// <param name="Hours">The hours up to and with it, 1 or more.</param>
/// <param name="Target">The sample that it is of: the place of its answer, and its name in an error.</param>
/// <param name="Weight">How much its loss counts.</param>
/// <param name="Label">The class.</param>
internal readonly record struct LstmPoint(int Hours, int Target, double Weight, byte Label);

/// <summary>Sequences and what is asked of them, collected one by one.</summary>
internal sealed class LstmGroup
{
    private LstmSequence[] _sequences = new LstmSequence[16];
    private LstmPoint[] _points = new LstmPoint[16];
    private int _sequenceCount;
    private int _pointCount;

    /// <summary>Gets the sequences.</summary>
    public ReadOnlySpan<LstmSequence> Sequences => _sequences.AsSpan(0, _sequenceCount);

    /// <summary>Gets the points, and room for more behind them.</summary>
    public LstmPoint[] Points => _points;

    /// <summary>Empties it.</summary>
    public void Clear() => (_sequenceCount, _pointCount) = (0, 0);

    /// <summary>Adds a sequence; the points that are added next are of it.</summary>
    public void Add(SampleMatrix rows, long firstRow, int hourCount, long name)
    {
        if (_sequenceCount == _sequences.Length)
            Array.Resize(ref _sequences, 2 * _sequenceCount);
        _sequences[_sequenceCount] = new LstmSequence(rows, firstRow, hourCount, name, _sequenceCount, _pointCount, 0);
        _sequenceCount++;
    }

    /// <summary>Adds a point of the last sequence.</summary>
    public void Add(LstmPoint point)
    {
        if (_pointCount == _points.Length)
            Array.Resize(ref _points, 2 * _pointCount);
        _points[_pointCount++] = point;
        ref var sequence = ref _sequences[_sequenceCount - 1];
        sequence = sequence with { PointCount = sequence.PointCount + 1 };
    }
}
