using Engine.Data;
using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>Means, deviations and ranges of the values that are present, column by column.</summary>
/// <remarks><b>Determinism</b>: sums over fixed runs of blocks, in double; the same bits for any number of threads.</remarks>
internal sealed class ColumnMoments
{
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly float[] _minima;
    private readonly float[] _maxima;
    private readonly long[] _counts;
    private readonly long _rowCount;

    private ColumnMoments(long rowCount, double[] means, double[] deviations, float[] minima, float[] maxima, long[] counts) =>
        (_rowCount, _means, _deviations, _minima, _maxima, _counts) = (rowCount, means, deviations, minima, maxima, counts);

    /// <summary>Computes the moments of some columns.</summary>
    /// <param name="rows">n x p; NaN where missing.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="options">How to use the machine.</param>
    public static ColumnMoments Of(SampleMatrix rows, int[] columns, ParallelOptions options)
    {
        var length = columns.Length;
        var (counts, means, squares) = (new double[length], new double[length], new double[length]);
        var (minima, maxima) = (new float[length], new float[length]);
        Array.Fill(minima, float.PositiveInfinity);
        Array.Fill(maxima, float.NegativeInfinity);
        Sum(rows, columns, options, new double[length], partial =>
        {
            for (var i = 0; i < length; i++)
            {
                counts[i] += partial.Counts[i];
                means[i] += partial.Sums[i];
                (minima[i], maxima[i]) = (Math.Min(minima[i], partial.Minima[i]), Math.Max(maxima[i], partial.Maxima[i]));
            }
        });
        for (var i = 0; i < length; i++)
            means[i] = counts[i] == 0 ? 0 : means[i] / counts[i];
        Sum(rows, columns, options, means, partial => DoubleVector.AddScaled(squares, 1, partial.Squares));
        for (var i = 0; i < length; i++)
            squares[i] = counts[i] == 0 || minima[i] == maxima[i] ? 0 : Math.Sqrt(squares[i] / counts[i]);
        return new ColumnMoments(rows.RowCount, means, squares, minima, maxima, Array.ConvertAll(counts, static count => (long)count));
    }

    /// <summary>Returns the mean of the values that are present; 0 where there is none.</summary>
    public double MeanOf(int i) => _means[i];

    /// <summary>Returns the population deviation of the values that are present; 0 where they are equal.</summary>
    public double DeviationOf(int i) => _deviations[i];

    /// <summary>Returns the largest value less the smallest; 0 where there is none.</summary>
    public double RangeOf(int i) => _counts[i] == 0 ? 0 : (double)_maxima[i] - _minima[i];

    /// <summary>Returns the smallest value that is present; infinite where there is none.</summary>
    public float MinimumOf(int i) => _minima[i];

    /// <summary>Returns the number of values that are present.</summary>
    public long CountOf(int i) => _counts[i];

    /// <summary>Returns whether no value is missing.</summary>
    public bool IsComplete(int i) => _counts[i] == _rowCount;

    private static void Sum(SampleMatrix rows, int[] columns, ParallelOptions options, double[] centers, Action<Partial> merge)
    {
        using var hold = rows.Hold();
        BlockReduction.Sum(
            rows.BlockCount,
            options,
            () => new Partial(columns.Length, rows.BlockScratchLength),
            static partial => partial.Clear(),
            (partial, blockIndex) =>
            {
                var block = rows.ReadBlock(blockIndex, partial.Scratch);
                for (var row = 0; row < block.RowCount; row++)
                    partial.Add(block.Row(row), columns, centers);
            },
            merge);
    }

    private sealed class Partial(int length, int scratchLength)
    {
        public double[] Counts { get; } = new double[length];

        public double[] Sums { get; } = new double[length];

        public double[] Squares { get; } = new double[length];

        public float[] Minima { get; } = new float[length];

        public float[] Maxima { get; } = new float[length];

        public float[] Scratch { get; } = new float[scratchLength];

        public void Clear()
        {
            foreach (var array in new[] { Counts, Sums, Squares })
                Array.Clear(array);
            Array.Fill(Minima, float.PositiveInfinity);
            Array.Fill(Maxima, float.NegativeInfinity);
        }

        public void Add(ReadOnlySpan<float> row, int[] columns, double[] centers)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var value = row[columns[i]];
                if (float.IsNaN(value))
                    continue;
                var centered = value - centers[i];
                Counts[i]++;
                Sums[i] += value;
                Squares[i] += centered * centered;
                (Minima[i], Maxima[i]) = (Math.Min(Minima[i], value), Math.Max(Maxima[i], value));
            }
        }
    }
}
