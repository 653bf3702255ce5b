using Engine.Data;
using Engine.Numerics;

namespace Engine.Compute.Search;

/// <summary>Some rows on their way to codes, with the scratch that takes; one a thread.</summary>
/// <remarks>The scratch lies outside the managed heap: it goes when the thread is done, where as garbage it would weigh on the memory of a build.</remarks>
internal sealed class QuantizerBatch(ContractiveQuantizer quantizer, SampleMatrix samples) : IDisposable
{
    /// <summary>The largest number of rows, a multiple of eight.</summary>
    public const int LargestCount = LeafFilter.RowsPerLeaf;

    private readonly RowReader _reader = new(samples);
    private readonly NativeRows _centered = new(LargestCount, quantizer.FeatureCount);
    private readonly NativeRows _scores = new(LargestCount, quantizer.ScoreStride);
    private readonly double[] _chosen = new double[quantizer.ChosenCount];
    private readonly short[] _heads = new short[LargestCount * quantizer.HeadCount];
    private readonly short[] _wides = new short[LargestCount * quantizer.WideCount];
    private readonly short[] _columns = new short[LargestCount * quantizer.ColumnCount];

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>Gets the rows less the mean.</summary>
    public ReadOnlySpan<double> Centered => _centered.All;

    /// <summary>Gets the scores on the axes, one row every <see cref="ContractiveQuantizer.ScoreStride"/> values.</summary>
    public Span<double> Scores => _scores.All;

    /// <summary>Gets room for the chosen columns of one row.</summary>
    public Span<double> ChosenColumns => _chosen;

    /// <summary>Forgets the rows.</summary>
    public void Clear() => RowCount = 0;

    /// <summary>Reads one more row.</summary>
    public void Add(long row)
    {
        quantizer.Center(_reader.Read(row), CenteredRow(RowCount));
        RowCount++;
    }

    /// <summary>Asks the processor to fetch a row that is soon read.</summary>
    public void Prefetch(long row) => _reader.Prefetch(row);

    /// <summary>Returns a row less the mean.</summary>
    public Span<double> CenteredRow(int row) => _centered[row];

    /// <summary>Returns the scores of a row.</summary>
    public Span<double> ScoresOf(int row) => _scores[row];

    /// <summary>Returns the head codes of a row.</summary>
    public Span<short> Head(int row) => _heads.AsSpan(row * quantizer.HeadCount, quantizer.HeadCount);

    /// <summary>Returns the wide codes of a row.</summary>
    public Span<short> Wide(int row) => _wides.AsSpan(row * quantizer.WideCount, quantizer.WideCount);

    /// <summary>Returns the column codes of a row.</summary>
    public Span<short> Columns(int row) => _columns.AsSpan(row * quantizer.ColumnCount, quantizer.ColumnCount);

    /// <inheritdoc/>
    public void Dispose()
    {
        _centered.Dispose();
        _scores.Dispose();
    }
}
