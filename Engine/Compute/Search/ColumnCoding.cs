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
/// <para>Columns that tell rows apart most come first: most rows lie too far away by the first codes alone.</para>
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
    private readonly int[] _order;
    private readonly float _stepsPerUnit;

    private ColumnCoding(double[] lows, double step, int[] order)
    {
        // The padding of a row is 0, and so are its codes.
        (_lows, _order) = (new float[SampleMatrix.PaddedLength(lows.Length)], new int[SampleMatrix.PaddedLength(lows.Length)]);
        for (var place = 0; place < _order.Length; place++)
        {
            _order[place] = place < order.Length ? order[place] : place;
            _lows[place] = place < order.Length ? (float)lows[order[place]] : 0;
        }

        Step = step;
        _stepsPerUnit = (float)(1 / step);
        ColumnOrder = order;
        Slack = lows.Length * LargestCode * RelativeError;
    }

    /// <summary>Gets the length of one code in the unit of the features.</summary>
    public double Step { get; }

    /// <summary>Gets the column of each code, the largest mean difference of two rows first.</summary>
    public IReadOnlyList<int> ColumnOrder { get; }

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
        var lows = columns.Select(column => (double)column[^1] - column[0] <= LargestCode * step ? column[0] : (double)column[outliers]).ToArray();
        var differences = columns.Select((column, index) => DifferenceOf(column, lows[index], step)).ToArray();
        return new ColumnCoding(lows, step, [.. Enumerable.Range(0, columns.Length).OrderByDescending(column => differences[column])]);
    }

    /// <summary>Computes the codes of a row.</summary>
    /// <param name="row">The features, with their zero padding.</param>
    /// <param name="codes">Receives one code a column in <see cref="ColumnOrder"/>, and zeros for the padding.</param>
    /// <returns>The residual in steps.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Encode(ReadOnlySpan<float> row, Span<byte> codes)
    {
        ref var x = ref MemoryMarshal.GetReference(row[.._lows.Length]);
        ref var code = ref MemoryMarshal.GetReference(codes[.._lows.Length]);
        var residuals = Vector256<double>.Zero;
        for (nuint place = 0; place < (nuint)_lows.Length; place += ColumnsPerStep)
        {
            var residual = Round(ref x, place, out var codes0) + Round(ref x, place + (nuint)Vector256<float>.Count, out var codes1);
            var narrow = Vector256.Narrow(codes0, codes1).AsUInt16();
            Vector128.Narrow(narrow.GetLower(), narrow.GetUpper()).StoreUnsafe(ref code, place);
            // Summed in double: a float32 sum over many columns would lose more than the slack.
            var (lower, upper) = Vector256.Widen(residual);
            residuals += lower + upper;
        }

        return Vector256.Sum(residuals);
    }

    /// <summary>Computes the first 16 codes of a row.</summary>
    /// <param name="row">The features, with their zero padding.</param>
    /// <param name="codes">Receives 16 codes, 0 past the last column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EncodeFirst(ReadOnlySpan<float> row, Span<short> codes)
    {
        ref var x = ref MemoryMarshal.GetReference(row[.._lows.Length]);
        Round(ref x, 0, out var codes0);
        Round(ref x, (nuint)Vector256<float>.Count, out var codes1);
        Vector256.Narrow(codes0, codes1).CopyTo(codes);
    }

    /// <summary>Rounds the columns of eight places to codes.</summary>
    /// <returns>What rounding changed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Round(ref float row, nuint place, out Vector256<int> codes)
    {
        ref var order = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_order), place);
        var values = Vector256.Create(
            Unsafe.Add(ref row, order),
            Unsafe.Add(ref row, Unsafe.Add(ref order, 1)),
            Unsafe.Add(ref row, Unsafe.Add(ref order, 2)),
            Unsafe.Add(ref row, Unsafe.Add(ref order, 3)),
            Unsafe.Add(ref row, Unsafe.Add(ref order, 4)),
            Unsafe.Add(ref row, Unsafe.Add(ref order, 5)),
            Unsafe.Add(ref row, Unsafe.Add(ref order, 6)),
            Unsafe.Add(ref row, Unsafe.Add(ref order, 7)));
        var low = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_lows), place);
        var steps = Vector256.Min(Vector256.Max((values - low) * _stepsPerUnit, Vector256<float>.Zero), Vector256.Create((float)LargestCode));
        codes = Vector256.ConvertToInt32Native(steps + Vector256.Create(0.5f));
        return Vector256.Abs(steps - Vector256.ConvertToSingle(codes));
    }

    /// <summary>Computes the mean difference of the codes of two rows, but for a factor; the column is sorted.</summary>
    private static double DifferenceOf(float[] column, double low, double step)
    {
        var sum = 0.0;
        for (var place = 0; place < column.Length; place++)
            sum += ((2.0 * place) - column.Length + 1) * Math.Clamp((column[place] - low) / step, 0, LargestCode);
        return sum;
    }
}
