using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Compute.Search;

/// <summary>Byte codes of columns, one step for all: their L1 distance is never far above that of the rows.</summary>
/// <remarks>
/// <para><b>Computes</b> code = round((x - low) / step), limited to 0 to 255, for each column with its own low. The residual of a row is the sum of what rounding changed.
/// Limiting brings no two rows further apart, so |x - y| is at least step times the difference of the codes, summed, less both residuals.</para>
/// <para>The step is a whole part of 1 where that is possible: one-hot and 0/1 columns then have no residual.</para>
/// <para><b>Error</b>: residuals are summed in double and rounded up; <see cref="Slack"/> covers the rounding of what they are computed from.</para>
/// </remarks>
internal sealed class ColumnCoding
{
    private const int LargestCode = 255;
    private const int SampleRows = 2048;
    private const int ColumnsPerStep = 16;

    /// <summary>The share of sample rows at either end of a column that may be limited.</summary>
    private const double OutlierShare = 0.004;

    /// <summary>Of the steps before they are rounded, and of the sum of what rounding changes, for both rows.</summary>
    private const double RelativeError = 8.0 / (1 << 24);

    private readonly float[] _lows;
    private readonly int[] _widestColumns;
    private readonly float[] _widestLows = new float[ColumnsPerStep];
    private readonly float _stepsPerUnit;

    private ColumnCoding(float[] lows, double step, int[] columnsByVariance)
    {
        _lows = new float[SampleMatrix.PaddedLength(lows.Length)];
        lows.CopyTo(_lows, 0);
        Step = step;
        _stepsPerUnit = (float)(1 / step);
        _widestColumns = columnsByVariance[..Math.Min(ColumnsPerStep, columnsByVariance.Length)];
        for (var i = 0; i < _widestColumns.Length; i++)
            _widestLows[i] = lows[_widestColumns[i]];
        Slack = lows.Length * LargestCode * RelativeError;
    }

    /// <summary>Gets the length of one code in the unit of the features.</summary>
    public double Step { get; }

    /// <summary>Gets up to 16 columns, largest variance of their codes first.</summary>
    public ReadOnlySpan<int> WidestColumns => _widestColumns;

    /// <summary>Gets by how many steps rounding in double can change a distance of codes.</summary>
    public double Slack { get; }

    /// <summary>Chooses step and lows from a sample.</summary>
    /// <param name="rows">The rows to be searched, finite.</param>
    /// <param name="rowCount">How many of them there are.</param>
    /// <param name="rowOf">The row in <paramref name="rows"/> of each of them.</param>
    /// <param name="options">How to use the machine.</param>
    public static ColumnCoding Choose(SampleMatrix rows, long rowCount, Func<long, long> rowOf, ParallelOptions options)
    {
        var sampleCount = (int)Math.Min(rowCount, SampleRows);
        var reader = new RowReader(rows);
        var columns = new float[rows.FeatureCount][];
        for (var column = 0; column < columns.Length; column++)
            columns[column] = new float[sampleCount];
        for (var i = 0; i < sampleCount; i++)
        {
            var row = reader.Read(rowOf(i * rowCount / sampleCount));
            for (var column = 0; column < columns.Length; column++)
                columns[column][i] = row[column];
        }

        ParallelLoop.For(0, columns.Length, options, column => Array.Sort(columns[column]));
        var outliers = (int)(sampleCount * OutlierShare);
        var widest = columns.Max(column => (double)column[^(1 + outliers)] - column[outliers]);
        if (widest == 0)
            widest = columns.Max(column => (double)column[^1] - column[0]);
        var step = widest > 0 ? widest / LargestCode : 1;
        if (step < 1)
            step = 1 / Math.Floor(1 / step);
        // Within these ends neither a step, nor one divided by it, nor a difference too large for float32 can give a wrong code.
        step = Math.Clamp(step, 1e-30, 1e30);
        var lows = columns.Select(column => (double)column[^1] - column[0] <= LargestCode * step ? column[0] : column[outliers]).ToArray();
        var coding = columns.Select((column, index) => (Index: index, Variance: VarianceOf(column, lows[index], step)));
        return new ColumnCoding(lows, step, [.. coding.OrderByDescending(pair => pair.Variance).Select(pair => pair.Index)]);
    }

    /// <summary>Computes the codes of a row.</summary>
    /// <param name="row">The features, with their zero padding.</param>
    /// <param name="codes">Receives one code a column, and zeros for the padding.</param>
    /// <returns>The residual in steps.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Encode(ReadOnlySpan<float> row, Span<byte> codes)
    {
        ref var x = ref MemoryMarshal.GetReference(row[.._lows.Length]);
        ref var low = ref MemoryMarshal.GetArrayDataReference(_lows);
        ref var code = ref MemoryMarshal.GetReference(codes[.._lows.Length]);
        var residuals = Vector256<double>.Zero;
        for (nuint column = 0; column < (nuint)_lows.Length; column += ColumnsPerStep)
        {
            var second = column + (nuint)Vector256<float>.Count;
            var residual0 = Round(Vector256.LoadUnsafe(ref x, column), Vector256.LoadUnsafe(ref low, column), out var codes0);
            var residual1 = Round(Vector256.LoadUnsafe(ref x, second), Vector256.LoadUnsafe(ref low, second), out var codes1);
            var narrow = Vector256.Narrow(codes0, codes1).AsUInt16();
            Vector128.Narrow(narrow.GetLower(), narrow.GetUpper()).StoreUnsafe(ref code, column);
            // Summed in double: a float32 sum over many columns would lose more than the slack.
            var (lower, upper) = Vector256.Widen(residual0 + residual1);
            residuals += lower + upper;
        }

        return Vector256.Sum(residuals);
    }

    /// <summary>Computes the codes of the columns of largest variance, the others left out.</summary>
    /// <param name="row">The features.</param>
    /// <param name="codes">Receives 16 codes, 0 past the last column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EncodeWidest(ReadOnlySpan<float> row, Span<short> codes)
    {
        Span<float> values = stackalloc float[ColumnsPerStep];
        values.Clear();
        for (var i = 0; i < _widestColumns.Length; i++)
            values[i] = row[_widestColumns[i]];
        ref var x = ref MemoryMarshal.GetReference(values);
        ref var low = ref MemoryMarshal.GetArrayDataReference(_widestLows);
        Round(Vector256.LoadUnsafe(ref x), Vector256.LoadUnsafe(ref low), out var codes0);
        Round(Vector256.LoadUnsafe(ref x, ColumnsPerStep / 2), Vector256.LoadUnsafe(ref low, ColumnsPerStep / 2), out var codes1);
        Vector256.Narrow(codes0, codes1).CopyTo(codes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Round(Vector256<float> row, Vector256<float> low, out Vector256<int> codes)
    {
        var steps = Vector256.Min(Vector256.Max((row - low) * _stepsPerUnit, Vector256<float>.Zero), Vector256.Create((float)LargestCode));
        codes = Vector256.ConvertToInt32Native(steps + Vector256.Create(0.5f));
        return Vector256.Abs(steps - Vector256.ConvertToSingle(codes));
    }

    private static double VarianceOf(float[] column, double low, double step)
    {
        double sum = 0, squares = 0;
        foreach (var value in column)
        {
            var code = Math.Clamp((value - low) / step, 0, LargestCode);
            sum += code;
            squares += code * code;
        }

        return squares - (sum * sum / column.Length);
    }
}
