using System.Runtime.CompilerServices;
using Engine.Numerics;

namespace Engine.Compute.Search;

/// <summary>A map from rows to short integer codes that never puts two rows further apart in L2 than they are.</summary>
/// <remarks>
/// <para><b>Computes</b> z = A (x - mean), with A either principal axes, scaled so that no direction is stretched, or a choice of columns.
/// The head, which every pair is compared by, and the wide codes, which those that pass are looked at by, can be of either kind.
/// A prefix of z is completed by one more coordinate, what is left of the length: rest = sqrt(|x - mean|² - |z|²). For any A that stretches nothing,
/// |z(x) - z(y)|² + (rest(x) - rest(y))² is at most |x - y|², because rest is a seminorm of x - mean.
/// A row longer than a radius is drawn back to it, which brings no two rows further apart either. Then every coordinate is divided by the step and rounded.</para>
/// <para><b>Error</b>: a rounded coordinate is off by half a step, so a distance of codes of r coordinates is off by at most sqrt(r) steps for both rows.
/// Rounding in double arithmetic, relative to the radius, is covered by <see cref="SlackOf"/> with a factor of two to spare.</para>
/// <para><b>Source</b>: docs/numerics.md, Filters.</para>
/// </remarks>
internal sealed class ContractiveQuantizer
{
    /// <summary>The radius in steps: products of two codes add up to less than 2^29, differences of codes fit in 16 bits.</summary>
    public const double RadiusInSteps = 16_000;

    private readonly float[] _mean;
    private readonly RowProjection? _projection;
    private readonly int[]? _columns;
    private readonly double _radius;

    private ContractiveQuantizer(float[] mean, RowProjection? projection, int[]? columns, int headCount, int wideCount, double radius)
    {
        _mean = mean;
        _projection = projection;
        _columns = columns;
        HeadCount = headCount;
        WideCount = wideCount;
        _radius = radius > 0 && double.IsFinite(radius) ? radius : 1;
        Step = _radius / RadiusInSteps;
    }

    /// <summary>Gets the number of codes of the first filter, the last of them the rest unless all columns are there.</summary>
    public int HeadCount { get; }

    /// <summary>Gets the number of codes of the second filter, likewise; 0 for none.</summary>
    public int WideCount { get; }

    /// <summary>Gets the length of one code in the unit of the features.</summary>
    public double Step { get; }

    /// <summary>Gets the number of features of a row.</summary>
    public int FeatureCount => _mean.Length;

    /// <summary>Gets the room for the scores of a row on the axes.</summary>
    public int ScoreStride => _projection?.ScoreStride ?? 0;

    /// <summary>Gets the room for the chosen columns of a row.</summary>
    public int ColumnCount => _columns?.Length ?? 0;

    /// <summary>Creates a map to chosen columns.</summary>
    public static ContractiveQuantizer OfColumns(float[] mean, int[] columns, double radius) => new(mean, null, columns, columns.Length + (columns.Length < mean.Length ? 1 : 0), 0, radius);

    /// <summary>Creates a map to principal axes, the leading ones for the head.</summary>
    public static ContractiveQuantizer OfAxes(float[] mean, double[] axes, int axisCount, int headCount, int wideCount, double radius) =>
        new(mean, Contraction(axes, axisCount, mean.Length), null, headCount, wideCount, radius);

    /// <summary>Creates a map to principal axes for the head and to chosen columns for the wide codes.</summary>
    public static ContractiveQuantizer OfAxesAndColumns(float[] mean, double[] axes, int headCount, int[] columns, double radius) =>
        new(mean, Contraction(axes, headCount - 1, mean.Length), columns, headCount, columns.Length + 1, radius);

    /// <summary>Returns by how many steps the distance of two rows' codes can exceed the distance of the rows.</summary>
    public double SlackOf(int codeCount)
    {
        const double Unit = 1.0 / (1L << 53);
        var relative = ((_mean.Length + 8) * Unit * Math.Sqrt(codeCount)) + Math.Sqrt(((2.0 * _mean.Length) + 8) * Unit);
        return Math.Sqrt(codeCount) + (4 * RadiusInSteps * relative);
    }

    /// <summary>Computes the codes of the rows in a batch.</summary>
    /// <param name="batch">The rows, as read.</param>
    /// <param name="headCount">How many leading head codes are wanted; all of them in a batch that also wants the wide ones.</param>
    /// <param name="wantsWide">Whether the wide codes are wanted.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Encode(QuantizerBatch batch, int headCount, bool wantsWide)
    {
        _projection?.Project(batch.Centered, batch.RowCount, wantsWide && _columns is null ? WideCount - 1 : headCount, batch.Scores);
        for (var row = 0; row < batch.RowCount; row++)
        {
            var centered = batch.CenteredRow(row);
            var columns = batch.ChosenColumns;
            var neededColumns = _projection is null ? Math.Min(columns.Length, headCount) : wantsWide ? columns.Length : 0;
            for (var i = 0; i < neededColumns; i++)
                columns[i] = centered[_columns![i]];
            var square = PrincipalAxes.Dot(centered, centered);
            var length = Math.Sqrt(square);
            var stepsPerUnit = (length > _radius ? _radius / length : 1) / Step;
            var hasRest = _projection is not null || ColumnCount < FeatureCount;
            Round(_projection is null ? columns : batch.ScoresOf(row), square, stepsPerUnit, batch.Head(row)[..headCount], hasRest && headCount == HeadCount);
            if (wantsWide)
                Round(_columns is null ? batch.ScoresOf(row) : columns, square, stepsPerUnit, batch.Wide(row), hasRest: true);
        }
    }

    /// <summary>Subtracts the mean of every column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Center(ReadOnlySpan<float> row, Span<double> centered)
    {
        for (var column = 0; column < centered.Length; column++)
            centered[column] = (double)row[column] - _mean[column];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round(ReadOnlySpan<double> coordinates, double square, double stepsPerUnit, Span<short> codes, bool hasRest)
    {
        var plain = hasRest ? codes.Length - 1 : codes.Length;
        for (var i = 0; i < plain; i++)
            codes[i] = (short)Math.Round(coordinates[i] * stepsPerUnit);
        if (hasRest)
        {
            var used = coordinates[..plain];
            codes[plain] = (short)Math.Round(Math.Sqrt(Math.Max(0, square - PrincipalAxes.Dot(used, used))) * stepsPerUnit);
        }
    }

    /// <summary>Divides the axes by a bound on their largest stretch: the root of the largest absolute row sum of A A'.</summary>
    private static RowProjection Contraction(double[] axes, int axisCount, int columnCount)
    {
        var largest = 1.0;
        for (var i = 0; i < axisCount; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < axisCount; j++)
                sum += Math.Abs(PrincipalAxes.Dot(axes.AsSpan(i * columnCount, columnCount), axes.AsSpan(j * columnCount, columnCount)));
            largest = Math.Max(largest, sum);
        }

        var factor = (1 - 1e-12) / Math.Sqrt(largest);
        for (var i = 0; i < axisCount * columnCount; i++)
            axes[i] *= factor;
        return new RowProjection(axes, axisCount, columnCount);
    }
}
