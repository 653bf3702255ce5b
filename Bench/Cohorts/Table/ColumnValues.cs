namespace Bench.Cohorts.Table;

/// <summary>The values of a column while rows are added: blocks, so that growing copies nothing.</summary>
internal sealed class ColumnValues
{
    private const int BlockLength = 4096;

    private readonly List<float[]> _blocks = [];

    /// <summary>Gets the number of values.</summary>
    public int Count { get; private set; }

    /// <summary>Gets or sets the value of a row.</summary>
    public float this[int row]
    {
        get => _blocks[row / BlockLength][row % BlockLength];
        set => _blocks[row / BlockLength][row % BlockLength] = value;
    }

    /// <summary>Adds the value of the next row.</summary>
    public void Add(float value)
    {
        if (Count == _blocks.Count * BlockLength)
            _blocks.Add(new float[BlockLength]);
        this[Count++] = value;
    }
}
