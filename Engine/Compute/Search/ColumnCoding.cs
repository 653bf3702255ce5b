using System.Numerics;
using Engine.Data;

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

    /// <summary>The share of sample rows at either end of a column that may be limited.</summary>
    private const double OutlierShare = 0.004;

    /// <summary>Of the steps before they are rounded, and of the sum of what rounding changes, for both rows.</summary>
    private const double RelativeError = 8.0 / (1 << 24);

    private readonly float[] _lows;
    private readonly float _stepsPerUnit;

    private ColumnCoding(float[] lows, double step, int[] columnsByVariance)
    {
        _lows = lows;
        Step = step;
        _stepsPerUnit = (float)(1 / step);
        ColumnsByVariance = columnsByVariance;
        Slack = lows.Length * LargestCode * RelativeError;
    }

    /// <summary>Gets the length of one code in the unit of the features.</summary>
    public double Step { get; }

    /// <summary>Gets the columns, largest variance of their codes first.</summary>
    public int[] ColumnsByVariance { get; }

    /// <summary>Gets by how many steps rounding in double can change a distance of codes.</summary>
    public double Slack { get; }

    /// <summary>Chooses step and lows from a sample.</summary>
    /// <param name="rows">The rows to be searched, finite.</param>
    /// <param name="rowCount">How many of them there are.</param>
    /// <param name="rowOf">The row in <paramref name="rows"/> of each of them.</param>
    public static ColumnCoding Choose(SampleMatrix rows, long rowCount, Func<long, long> rowOf)
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

        foreach (var column in columns)
            Array.Sort(column);
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
    /// <param name="row">The features, padded or not.</param>
    /// <param name="codes">Receives one code a column.</param>
    /// <returns>The residual in steps.</returns>
    public double Encode(ReadOnlySpan<float> row, Span<byte> codes)
    {
        var column = 0;
        var residuals = Vector<double>.Zero;
        Vector<float> largest = new(LargestCode), half = new(0.5f);
        for (; column <= _lows.Length - Vector<float>.Count; column += Vector<float>.Count)
        {
            var steps = (new Vector<float>(row[column..]) - new Vector<float>(_lows, column)) * _stepsPerUnit;
            steps = Vector.Min(Vector.Max(steps, Vector<float>.Zero), largest);
            var rounded = Vector.ConvertToInt32(steps + half);
            // Summed in double: a float32 sum over many columns would lose more than the slack.
            Vector.Widen(Vector.Abs(steps - Vector.ConvertToSingle(rounded)), out var low, out var high);
            residuals += low + high;
            for (var i = 0; i < Vector<float>.Count; i++)
                codes[column + i] = (byte)rounded[i];
        }

        var residual = Vector.Sum(residuals);
        for (; column < _lows.Length; column++)
        {
            codes[column] = CodeOf(row, column, out var rest);
            residual += rest;
        }

        return residual;
    }

    /// <summary>Computes the code of one column.</summary>
    public byte CodeOf(ReadOnlySpan<float> row, int column, out float residual)
    {
        var steps = Math.Min(Math.Max((row[column] - _lows[column]) * _stepsPerUnit, 0), LargestCode);
        var code = (int)(steps + 0.5f);
        residual = Math.Abs(steps - code);
        return (byte)code;
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
