using Engine.Data;

namespace Engine.Compute.Search;

/// <summary>Some rows on their way to codes, with the scratch that takes; one a thread.</summary>
internal sealed class EmbeddingBatch(Embedding embedding, SampleMatrix samples)
{
    /// <summary>The largest number of rows, a multiple of four.</summary>
    public const int LargestCount = LeafFilter.RowsPerLeaf;

    private readonly RowReader _reader = new(samples);
    private readonly double[] _centered = new double[LargestCount * embedding.FeatureCount];
    private readonly double[] _scores = new double[LargestCount * embedding.ScoreStride];
    private readonly double[] _columns = new double[embedding.ColumnCount];
    private readonly short[] _heads = new short[LargestCount * embedding.HeadCount];
    private readonly short[] _wides = new short[LargestCount * embedding.WideCount];

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>Gets the rows less the mean.</summary>
    public ReadOnlySpan<double> Centered => _centered;

    /// <summary>Gets the scores on the axes, one row every <see cref="Embedding.ScoreStride"/> values.</summary>
    public Span<double> Scores => _scores;

    /// <summary>Gets room for the chosen columns of one row.</summary>
    public Span<double> ChosenColumns => _columns;

    /// <summary>Forgets the rows.</summary>
    public void Clear() => RowCount = 0;

    /// <summary>Reads one more row.</summary>
    public void Add(long row)
    {
        embedding.Center(_reader.Read(row), CenteredRow(RowCount));
        RowCount++;
    }

    /// <summary>Returns a row less the mean.</summary>
    public Span<double> CenteredRow(int row) => _centered.AsSpan(row * embedding.FeatureCount, embedding.FeatureCount);

    /// <summary>Returns the scores of a row.</summary>
    public Span<double> ScoresOf(int row) => _scores.AsSpan(row * embedding.ScoreStride, embedding.ScoreStride);

    /// <summary>Returns the head codes of a row.</summary>
    public Span<short> Head(int row) => _heads.AsSpan(row * embedding.HeadCount, embedding.HeadCount);

    /// <summary>Returns the wide codes of a row.</summary>
    public Span<short> Wide(int row) => _wides.AsSpan(row * embedding.WideCount, embedding.WideCount);
}
