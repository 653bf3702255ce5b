using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Synthesis;

/// <summary>A Gaussian copula that has learned rows: the distribution of every column, and how columns go together.</summary>
/// <remarks>
/// <para><b>Computes</b>: a row is a draw of correlated standard normal variables, from each of which, or from several, a column takes its value: see <see cref="GaussianCopulaSampler"/>.</para>
/// <para><b>Determinism</b>: row i depends on the rows learned, the seed and i alone, so the first 100 of 1,000 rows are the 100; the same bits on every machine and for any number of threads.</para>
/// </remarks>
public sealed class GaussianCopula
{
    private const ulong StreamFamily = 0x434F_5055_0000_0000;

    private readonly CopulaStratum[] _strata;
    private readonly double _lastStratumShare;

    private GaussianCopula(TableSchema schema, CopulaStratum[] strata, double lastStratumShare)
    {
        Schema = schema;
        _strata = strata;
        _lastStratumShare = lastStratumShare;
    }

    /// <summary>Gets the columns of the rows.</summary>
    public TableSchema Schema { get; }

    /// <summary>Gets by how much the estimated correlations were weakened where no variables have them all: 0 to 1, the largest of the strata.</summary>
    public double Shrinkage => _strata.Max(static stratum => stratum.Shrinkage);

    /// <summary>Gets what was learned, one copula a stratum.</summary>
    internal IReadOnlyList<CopulaStratum> Strata => _strata;

    /// <summary>Returns rows as a table that is drawn when it is read, so that millions of them hold no memory.</summary>
    /// <param name="rowCount">The number of rows, 0 to <see cref="SampleMatrix.MaxRowCount"/>.</param>
    /// <param name="seed">The seed of the draws; another one for rows that are to be independent of these.</param>
    /// <returns>Rows under the schema; read them into memory of one's own with <see cref="SampleMatrix.CopyRows(long, int, Span{float})"/>, on as many threads as one likes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is outside its range.</exception>
    public SchemaTable Draw(long rowCount, ulong seed)
    {
        SampleMatrix.CheckShape(rowCount, Schema.Columns.Count);
        return new SchemaTable(Schema, new SampleMatrix(new DrawnRows(this, seed), rowCount, Schema.Columns.Count));
    }

    /// <summary>Learns rows, those of one value of an outcome apart from the others where one is named.</summary>
    internal static GaussianCopula Fit(SchemaTable examples, string? outcome, double? positiveRate, ParallelOptions options)
    {
        examples.EnsureLegal(nameof(GenerationRequest.Examples), options.CancellationToken);
        var values = ReadColumns(examples.Rows);
        if (outcome is null)
        {
            CheckRowCount(values[0].Length, "the examples have");
            return new GaussianCopula(examples.Schema, [CopulaStratum.Fit(examples.Schema, values, options)], 0);
        }

        var column = FindOutcome(examples.Schema, outcome);
        if (Array.FindIndex(values[column], float.IsNaN) is var row and >= 0)
            Throw.Argument_Invalid(nameof(GenerationRequest.Examples), $"outcome '{outcome}' is missing in row {row:N0} of the examples, which so belongs to no stratum; leave such rows out, or leave Outcome null.");
        var positiveCount = values[column].Count(static value => value == 1);
        var rate = positiveRate ?? (double)positiveCount / values[column].Length;
        var strata = new List<CopulaStratum>(2);
        // A stratum of which no row is drawn need not be there.
        foreach (var value in Enumerable.Range(0, 2).Where(value => value == 0 ? rate < 1 : rate > 0))
        {
            CheckRowCount(value == 1 ? positiveCount : values[column].Length - positiveCount, $"with {outcome} = {value} the examples have");
            strata.Add(CopulaStratum.Fit(examples.Schema, Array.ConvertAll(values, all => all.Where((_, i) => values[column][i] == value).ToArray()), options));
        }

        return new GaussianCopula(examples.Schema, [.. strata], strata.Count == 1 ? 0 : rate);
    }

    private static int FindOutcome(TableSchema schema, string outcome)
    {
        if (!schema.TryFind(outcome, out var column) || !schema.Columns[column].IsOutcome)
            Throw.Argument_Invalid(nameof(GaussianCopulaSampler.Outcome), $"'{outcome}' is no outcome of the schema; outcomes are {string.Join(", ", schema.Outcomes.Select(place => schema.Columns[place].Name))}.");
        return column;
    }

    private static void CheckRowCount(int rowCount, string where)
    {
        if (rowCount < 2)
            Throw.Argument_Invalid(nameof(GenerationRequest.Examples), $"{where} {rowCount:N0} rows; a copula needs at least 2 to learn how columns vary. Show more rows, or leave Outcome null.");
    }

    private static float[][] ReadColumns(SampleMatrix rows)
    {
        using var hold = rows.Hold();
        var columns = new float[rows.FeatureCount][];
        for (var column = 0; column < columns.Length; column++)
            columns[column] = new float[checked((int)rows.RowCount)];
        var scratch = new float[rows.BlockScratchLength];
        for (var blockIndex = 0L; blockIndex < rows.BlockCount; blockIndex++)
        {
            var block = rows.ReadBlock(blockIndex, scratch);
            for (var row = 0; row < block.RowCount; row++)
            {
                var values = block.Row(row);
                for (var column = 0; column < columns.Length; column++)
                    columns[column][block.FirstRow + row] = values[column];
            }
        }

        return columns;
    }

    /// <summary>Rows that are drawn each time they are read.</summary>
    private sealed class DrawnRows(GaussianCopula copula, ulong seed) : RowSource
    {
        public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
        {
            var strata = new RandomStream(seed, StreamFamily);
            var scratch = new CopulaStratum.Scratch();
            var columnCount = copula.Schema.Columns.Count;
            var values = new float[CopulaStratum.RowsTogether * columnCount];
            Span<long> rows = stackalloc long[CopulaStratum.RowsTogether];
            for (var stratum = 0; stratum < copula._strata.Length; stratum++)
            {
                var stream = new RandomStream(seed, StreamFamily + 1 + (ulong)stratum);
                var pending = 0;
                for (var i = 0; i < rowCount; i++)
                {
                    if (StratumOf(strata, firstRow + i) == stratum)
                        rows[pending++] = firstRow + i;
                    if (pending < rows.Length && i < rowCount - 1)
                        continue;
                    copula._strata[stratum].Draw(stream, rows[..pending], scratch, values);
                    for (var row = 0; row < pending; row++)
                    {
                        var target = destination.Slice((int)(rows[row] - firstRow) * stride, columnCount);
                        for (var column = 0; column < columnCount; column++)
                            target[column] = values[(column * pending) + row];
                    }

                    pending = 0;
                }
            }
        }

        private int StratumOf(RandomStream strata, long row) => copula._lastStratumShare > 0 && strata.UniformDouble((ulong)row) < copula._lastStratumShare ? 1 : 0;
    }
}
