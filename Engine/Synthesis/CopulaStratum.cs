using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Synthesis;

/// <summary>One copula: columns, and the correlations of all their latent variables.</summary>
internal sealed class CopulaStratum
{
    /// <summary>Rows that are drawn together: their variables fit into the second-level cache. A multiple of four vectors of doubles of any machine.</summary>
    public const int RowsTogether = 64;

    /// <summary>Draws from one block of random words.</summary>
    private const int DrawsPerBlock = 2;

    private const double UlpBelowOne = 1.0 / (1UL << 52);

    private readonly CopulaColumn[] _columns;
    private readonly double[] _factor;
    private readonly int _variableCount;

    private CopulaStratum(CopulaColumn[] columns, LatentCorrelation correlation)
    {
        _columns = columns;
        _variableCount = columns.Sum(static column => column.Variables.Count);
        VariableCounts = Array.ConvertAll(columns, static column => column.Variables.Count);
        Correlation = correlation.Matrix;
        Shrinkage = correlation.Shrinkage;
        _factor = new double[_variableCount * _variableCount];
        for (var row = 0; row < _variableCount; row++)
            correlation.Factor.FactorRow(row).CopyTo(_factor.AsSpan(row * _variableCount));
    }

    /// <summary>Gets how many latent variables each column has.</summary>
    public IReadOnlyList<int> VariableCounts { get; }

    /// <summary>Gets the correlations of the latent variables, row-major, column after column.</summary>
    public ReadOnlyMemory<double> Correlation { get; }

    /// <summary>Gets by how much the correlations were weakened to be those of some variables, 0 to 1.</summary>
    public double Shrinkage { get; }

    /// <summary>Learns a copula.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="values">The legal values of each column, over two rows or more.</param>
    /// <param name="options">How to use the machine.</param>
    public static CopulaStratum Fit(TableSchema schema, float[][] values, ParallelOptions options)
    {
        var columns = new CopulaColumn[values.Length];
        ParallelLoop.For(0, columns.Length, options, column => columns[column] = CopulaColumn.Of(schema.Columns[column], values[column]));
        var variables = columns.SelectMany(static column => column.Variables).ToArray();
        return new CopulaStratum(columns, LatentCorrelation.Of(variables, options));
    }

    /// <summary>Draws rows.</summary>
    /// <param name="stream">The stream of the latent variables.</param>
    /// <param name="rows">The numbers of the rows, at most <see cref="RowsTogether"/>.</param>
    /// <param name="scratch">What a reader owns.</param>
    /// <param name="values">Receives the values, column by column: as many as rows, then those of the next column.</param>
    public void Draw(RandomStream stream, ReadOnlySpan<long> rows, Scratch scratch, Span<float> values)
    {
        var independent = scratch.Independent(_variableCount);
        var latents = scratch.Latents(_variableCount);
        var blocks = (ulong)((_variableCount + DrawsPerBlock - 1) / DrawsPerBlock);
        for (var row = 0; row < rows.Length; row++)
        {
            for (var variable = 0; variable < _variableCount; variable += DrawsPerBlock)
            {
                // The draws 2 x block x row + variable of the stream, as RandomStream.Normal has them.
                var (w0, w1, w2, w3) = stream.UInt32x4(((ulong)rows[row] * blocks) + (ulong)(variable / DrawsPerBlock));
                independent[(variable * RowsTogether) + row] = Normal(w0, w1);
                if (variable + 1 < _variableCount)
                    independent[((variable + 1) * RowsTogether) + row] = Normal(w2, w3);
            }
        }

        for (var variable = 0; variable < _variableCount; variable++)
            Combine(_factor.AsSpan(variable * _variableCount, variable + 1), independent, latents.Slice(variable * RowsTogether, RowsTogether));
        var first = 0;
        for (var column = 0; column < _columns.Length; column++)
        {
            _columns[column].Write(latents[(first * RowsTogether)..], RowsTogether, rows.Length, values.Slice(column * rows.Length, rows.Length));
            first += VariableCounts[column];
        }
    }

    private static double Normal(uint low, uint high) => PortableMath.NormalQuantile((((((ulong)high << 32) | low) >> 12) + 0.5) * UlpBelowOne);

    /// <summary>Adds multiples of variables row by row, in the order of the variables: any width of vectors gives the same sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine(ReadOnlySpan<double> factors, ReadOnlySpan<double> variables, Span<double> sums)
    {
        var width = Vector<double>.Count;
        ref var start = ref MemoryMarshal.GetReference(variables);
        for (var row = 0; row < RowsTogether; row += 4 * width)
        {
            Vector<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            ref var place = ref Unsafe.Add(ref start, row);
            for (var k = 0; k < factors.Length; k++)
            {
                var factor = new Vector<double>(factors[k]);
                sum0 += factor * Vector.LoadUnsafe(ref place);
                sum1 += factor * Vector.LoadUnsafe(ref place, (nuint)width);
                sum2 += factor * Vector.LoadUnsafe(ref place, (nuint)(2 * width));
                sum3 += factor * Vector.LoadUnsafe(ref place, (nuint)(3 * width));
                place = ref Unsafe.Add(ref place, RowsTogether);
            }

            sum0.CopyTo(sums[row..]);
            sum1.CopyTo(sums[(row + width)..]);
            sum2.CopyTo(sums[(row + (2 * width))..]);
            sum3.CopyTo(sums[(row + (3 * width))..]);
        }
    }

    /// <summary>Room for the variables of rows that are drawn together; one a thread.</summary>
    internal sealed class Scratch
    {
        private double[] _independent = [];
        private double[] _latents = [];

        public Span<double> Independent(int variableCount) => Room(ref _independent, variableCount);

        public Span<double> Latents(int variableCount) => Room(ref _latents, variableCount);

        private static Span<double> Room(ref double[] room, int variableCount)
        {
            if (room.Length < variableCount * RowsTogether)
                room = new double[variableCount * RowsTogether];
            return room.AsSpan(0, variableCount * RowsTogether);
        }
    }
}
