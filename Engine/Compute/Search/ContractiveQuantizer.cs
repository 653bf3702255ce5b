using System.Runtime.CompilerServices;
using Engine.Numerics;

namespace Engine.Compute.Search;

/// <summary>A map from rows to short integer codes that never puts two rows further apart in L2 than they are.</summary>
/// <remarks>
/// <para><b>Computes</b> z = A (x - mean), with A either principal axes, scaled so that no direction is stretched, or a choice of columns.
/// The head, which every pair is compared by, is of either kind; wide codes, which those that pass are looked at by, are more axes, and column codes, the last look, are columns.
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
    private readonly int[] _columns;
    private readonly double _radius;

    private ContractiveQuantizer(float[] mean, RowProjection? projection, int[] columns, (int Head, int Wide, int Column) counts, double radius)
    {
        _mean = mean;
        _projection = projection;
        _columns = columns;
        (HeadCount, WideCount, ColumnCount) = counts;
        _radius = radius > 0 && double.IsFinite(radius) ? radius : 1;
        Step = _radius / RadiusInSteps;
    }

    /// <summary>Gets the number of codes of the first filter, the last of them the rest unless all columns are there.</summary>
    public int HeadCount { get; }

    /// <summary>Gets the number of codes of the second filter, the last of them the rest; 0 for none.</summary>
    public int WideCount { get; }

    /// <summary>Gets the number of codes of the third filter, likewise; 0 for none.</summary>
    public int ColumnCount { get; }

    /// <summary>Gets the length of one code in the unit of the features.</summary>
    public double Step { get; }

    /// <summary>Gets the number of features of a row.</summary>
    public int FeatureCount => _mean.Length;

    /// <summary>Gets the room for the scores of a row on the axes.</summary>
    public int ScoreStride => _projection?.ScoreStride ?? 0;

    /// <summary>Gets the number of chosen columns.</summary>
    public int ChosenCount => _columns.Length;

    private bool HeadHasRest => _projection is not null || ChosenCount < FeatureCount;

    /// <summary>Creates a map to chosen columns.</summary>
    public static ContractiveQuantizer OfColumns(float[] mean, int[] columns, double radius) =>
        new(mean, null, columns, (columns.Length + (columns.Length < mean.Length ? 1 : 0), 0, 0), radius);

    /// <summary>Creates a map to principal axes, the leading ones for the head, and to chosen columns for the last look.</summary>
    /// <param name="mean">The mean of every column.</param>
    /// <param name="axes">axisCount x columns, row-major.</param>
    /// <param name="axisCount">The number of axes.</param>
    /// <param name="headCount">How many codes the head has, 2 to axisCount + 1.</param>
    /// <param name="wideCount">The same of wide codes; 0 for none.</param>
    /// <param name="columns">The columns of the last look; none for no such look.</param>
    /// <param name="radius">The length to which longer rows are drawn back.</param>
    public static ContractiveQuantizer OfAxes(float[] mean, double[] axes, int axisCount, int headCount, int wideCount, int[] columns, double radius) =>
        new(mean, Contraction(axes, axisCount, mean.Length), columns, (headCount, wideCount, columns.Length > 0 ? columns.Length + 1 : 0), radius);

    /// <summary>Returns by how many steps the distance of two rows' codes can exceed the distance of the rows.</summary>
    public double SlackOf(int codeCount)
    {
        const double Unit = 1.0 / (1L << 53);
        var relative = ((_mean.Length + 8) * Unit * Math.Sqrt(codeCount)) + Math.Sqrt(((2.0 * _mean.Length) + 8) * Unit);
        return Math.Sqrt(codeCount) + (4 * RadiusInSteps * relative);
    }

    /// <summary>Computes all codes of the rows in a batch.</summary>
    /// <param name="batch">The rows, as read.</param>
    public void Encode(QuantizerBatch batch)
    {
        _projection?.Project(batch.Centered, batch.RowCount, Math.Max(HeadCount, WideCount) - 1, batch.Scores);
        for (var row = 0; row < batch.RowCount; row++)
        {
            var (square, stepsPerUnit) = ScaleOf(batch.CenteredRow(row));
            Choose(batch.CenteredRow(row), batch.ChosenColumns);
            if (_projection is null)
            {
                Round(batch.ChosenColumns, square, stepsPerUnit, batch.Head(row), HeadHasRest);
                continue;
            }

            Round(batch.ScoresOf(row), square, stepsPerUnit, batch.Head(row), hasRest: true);
            if (WideCount > 0)
                Round(batch.ScoresOf(row), square, stepsPerUnit, batch.Wide(row), hasRest: true);
            if (ColumnCount > 0)
                Round(batch.ChosenColumns, square, stepsPerUnit, batch.Columns(row), hasRest: true);
        }
    }

    /// <summary>Computes the leading head codes of the rows in a batch.</summary>
    /// <param name="batch">The rows, as read.</param>
    /// <param name="count">How many codes.</param>
    public void EncodeLeading(QuantizerBatch batch, int count)
    {
        _projection?.Project(batch.Centered, batch.RowCount, count, batch.Scores);
        for (var row = 0; row < batch.RowCount; row++)
        {
            var (square, stepsPerUnit) = ScaleOf(batch.CenteredRow(row));
            if (_projection is null)
                Choose(batch.CenteredRow(row), batch.ChosenColumns[..Math.Min(count, ChosenCount)]);
            Round(_projection is null ? batch.ChosenColumns : batch.ScoresOf(row), square, stepsPerUnit, batch.Head(row)[..count], HeadHasRest && count == HeadCount);
        }
    }

    /// <summary>Subtracts the mean of every column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Center(ReadOnlySpan<float> row, Span<double> centered)
    {
        for (var column = 0; column < centered.Length; column++)
            centered[column] = (double)row[column] - _mean[column];
    }

    /// <summary>Returns the squared length of a row, and what its coordinates are multiplied by.</summary>
    private (double Square, double StepsPerUnit) ScaleOf(ReadOnlySpan<double> centered)
    {
        var square = PrincipalAxes.Dot(centered, centered);
        var length = Math.Sqrt(square);
        return (square, (length > _radius ? _radius / length : 1) / Step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Choose(ReadOnlySpan<double> centered, Span<double> chosen)
    {
        for (var i = 0; i < chosen.Length; i++)
            chosen[i] = centered[_columns[i]];
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
        var sums = new double[axisCount];
        for (var i = 0; i < axisCount; i++)
        {
            var axis = axes.AsSpan(i * columnCount, columnCount);
            sums[i] += PrincipalAxes.Dot(axis, axis);
            for (var j = 0; j < i; j++)
            {
                var product = Math.Abs(PrincipalAxes.Dot(axis, axes.AsSpan(j * columnCount, columnCount)));
                sums[i] += product;
                sums[j] += product;
            }
        }

        var largest = Math.Max(1, sums.Max());
        var factor = (1 - 1e-12) / Math.Sqrt(largest);
        for (var i = 0; i < axisCount * columnCount; i++)
            axes[i] *= factor;
        return new RowProjection(axes, axisCount, columnCount);
    }
}
