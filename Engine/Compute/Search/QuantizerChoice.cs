using System.Runtime.CompilerServices;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Compute.Search;

/// <summary>Chooses the map to codes that should cost least on some rows: how many coordinates the first filter compares, and of which kind.</summary>
/// <remarks>
/// Clinical rows vary in few directions: a handful of principal axes tells most pairs apart. Uniform rows vary in all: there every column is compared.
/// The choice is made by trying the bounds on pairs of sample rows. It changes how long a search takes, never what it finds.
/// </remarks>
internal static class QuantizerChoice
{
    private const int SampleRows = 512;
    private const int LargestSample = 1 << 27;
    private const int SampleQueries = 48;
    private const int SampleNeighbor = 3;

    /// <summary>Codes that one row of a leaf holds at most: products of longer ones need more than 32 bits.</summary>
    private const int LargestHead = 2048;

    // Cost of a pair in processor cycles, measured in docs/kernels.md: a comparison of codes, a look at wide codes, a canonical distance.
    private const double CyclesPerPair = 0.25;
    private const double CyclesPerCode = 0.042;
    private const double CyclesPerWideLook = 30;
    private const double CyclesPerDistance = 120;
    private const double CyclesPerDistanceFeature = 0.15;

    private const double CyclesPerWideLookFeature = 0.05;

    // Cost of one feature of one axis: for a sample row while axes are found, for a row that is rotated, counted twice for its query.
    private const double CyclesToFindAxis = 2;
    private const double CyclesToRotate = 0.5;

    private const int MainAxes = 8;
    private const int RowsForMainAxes = 256;
    private const double MainShare = 0.3;

    /// <summary>With fewer features, all of them together are as cheap to compare as a rotation's leading axes.</summary>
    private const int FeaturesForAxes = 20;

    /// <summary>Up to so many features the wide codes are axes too, which tell near rows apart by few codes; beyond, columns, which take no rotation.</summary>
    private const int MostFeaturesForWideAxes = 160;

    /// <summary>Codes of 16 bits to one feature of 32: of half the memory of the rows, what scratch, order and boxes leave.</summary>
    private const double CodeShare = 0.92;

    private const int WideAxes = 48;
    private const int ManyFeatures = 1024;

    private static readonly int[] s_headCounts = [8, 16, 24, 32, 48, 64, 96, 128];

    /// <summary>Chooses a map.</summary>
    /// <param name="rows">The rows to be searched, finite.</param>
    /// <param name="rowCount">How many of them there are.</param>
    /// <param name="rowOf">The row in <paramref name="rows"/> of each of them.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>The map.</returns>
    public static ContractiveQuantizer Choose(SampleMatrix rows, long rowCount, Func<long, long> rowOf, ParallelOptions options)
    {
        var featureCount = rows.FeatureCount;
        var sampleCount = (int)Math.Min(rowCount, SampleRowsOf(featureCount));
        var mean = new float[featureCount];
        using var sample = new NativeRows(sampleCount, featureCount);
        Center(rows, index => rowOf(index * rowCount / sampleCount), sample, mean);
        var radius = RadiusOf(sample);
        var columns = ColumnsByVariance(sample);
        var allColumns = ContractiveQuantizer.OfColumns(mean, columns[..Math.Min(featureCount, LargestHead)], radius);
        if (featureCount < FeaturesForAxes)
            return allColumns;
        var wideOfAxes = featureCount <= MostFeaturesForWideAxes;
        var widest = wideOfAxes ? Math.Min(WideAxes, Math.Max(16, (featureCount + 4) * 5 / 8 / 16 * 16)) : LargestHeadOf(featureCount);
        if (!CanPay(rowCount, sampleCount, widest, allColumns.HeadCount, featureCount) || !HasMainAxes(sample, options))
            return allColumns;

        var axes = PrincipalAxes.Find(sample, sampleCount, widest - 1, options);
        var (headCount, cost) = CheapestHead(sample, axes, widest, wideOfAxes, options);
        if (cost > CyclesPerPair + (CyclesPerCode * allColumns.HeadCount))
            return allColumns;
        if (!wideOfAxes)
            return ContractiveQuantizer.OfAxesAndColumns(mean, axes, headCount, columns[..WideColumns(featureCount, headCount)], radius);
        return ContractiveQuantizer.OfAxes(mean, axes, widest - 1, headCount, headCount < widest ? widest : 0, radius);
    }

    private static int LargestHeadOf(int featureCount) => featureCount > ManyFeatures ? 128 : 96;

    /// <summary>Fewer rows of very many features, so that the sample stays below a gigabyte.</summary>
    private static int SampleRowsOf(int featureCount) => Math.Min(SampleRows, Math.Max(1, LargestSample / featureCount));

    /// <summary>Whether finding axes and rotating rows costs less than comparing fewer codes can save, when there are as many queries as rows.</summary>
    private static bool CanPay(long rowCount, int sampleCount, int axisCount, int codeCount, int featureCount)
    {
        var finding = CyclesToFindAxis * sampleCount * axisCount * featureCount;
        var rotating = CyclesToRotate * rowCount * axisCount * featureCount;
        return finding + rotating < CyclesPerCode * codeCount * rowCount * rowCount;
    }

    /// <summary>Whether a few axes hold much of what rows vary by; where they do not, many will not help either, and need not be looked for.</summary>
    private static bool HasMainAxes(NativeRows sample, ParallelOptions options)
    {
        var rows = Math.Min(sample.RowCount, RowsForMainAxes);
        var axes = PrincipalAxes.Find(sample, rows, MainAxes, options);
        double held = 0, all = 0;
        for (var row = 0; row < rows; row++)
        {
            var values = sample[row];
            all += PrincipalAxes.Dot(values, values);
            for (var axis = 0; axis < MainAxes; axis++)
            {
                var score = PrincipalAxes.Dot(values, axes.AsSpan(axis * sample.ColumnCount, sample.ColumnCount));
                held += score * score;
            }
        }

        return held > MainShare * all;
    }

    /// <summary>As many columns as leave all codes within a share of the memory of the rows, beside the head: a look seldom goes on to the last of them.</summary>
    private static int WideColumns(int featureCount, int headCount) => (((int)(CodeShare * featureCount) - headCount) / 16 * 16) - 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Center(SampleMatrix rows, Func<long, long> rowOf, NativeRows sample, float[] mean)
    {
        var sums = new double[mean.Length];
        var reader = new RowReader(rows);
        for (var i = 0; i < sample.RowCount; i++)
        {
            var row = reader.Read(rowOf(i));
            var values = sample[i];
            for (var column = 0; column < values.Length; column++)
                sums[column] += values[column] = row[column];
        }

        for (var column = 0; column < mean.Length; column++)
            mean[column] = (float)(sums[column] / sample.RowCount);
        for (var i = 0; i < sample.RowCount; i++)
        {
            var values = sample[i];
            for (var column = 0; column < values.Length; column++)
                values[column] -= mean[column];
        }
    }

    /// <summary>A radius that holds nearly all rows: four times the median length, or the largest where that is less.</summary>
    private static double RadiusOf(NativeRows sample)
    {
        var lengths = new double[sample.RowCount];
        for (var i = 0; i < lengths.Length; i++)
            lengths[i] = Math.Sqrt(PrincipalAxes.Dot(sample[i], sample[i]));
        Array.Sort(lengths);
        var median = lengths[lengths.Length / 2];
        return median > 0 ? Math.Min(lengths[^1] * 1.25, 4 * median) : lengths[^1];
    }

    private static int[] ColumnsByVariance(NativeRows sample)
    {
        var squares = new double[sample.ColumnCount];
        for (var i = 0; i < sample.RowCount; i++)
        {
            var values = sample[i];
            for (var column = 0; column < squares.Length; column++)
                squares[column] += values[column] * values[column];
        }

        return [.. Enumerable.Range(0, squares.Length).OrderByDescending(column => squares[column])];
    }

    /// <summary>Tries heads of several lengths on pairs of sample rows.</summary>
    /// <returns>The head count of least cost, and that cost in cycles a pair.</returns>
    private static (int HeadCount, double Cost) CheapestHead(NativeRows sample, double[] axes, int wideCount, bool wideOfAxes, ParallelOptions options)
    {
        var (sampleCount, featureCount) = (sample.RowCount, sample.ColumnCount);
        var queryCount = Math.Min(SampleQueries, sampleCount);
        var headCounts = s_headCounts.Where(count => count < wideCount).Append(wideCount).ToArray();
        var survivors = new long[headCounts.Length];
        var scores = new double[sampleCount * wideCount];
        var squares = new double[sampleCount];
        ParallelLoop.For(0, sampleCount, options, row =>
        {
            var values = sample[row];
            for (var axis = 0; axis < wideCount - 1; axis++)
                scores[(row * wideCount) + axis] = PrincipalAxes.Dot(values, axes.AsSpan(axis * featureCount, featureCount));
            squares[row] = PrincipalAxes.Dot(values, values);
        });
        ParallelLoop.For(0, queryCount, options, i =>
        {
            var query = (int)((long)i * sampleCount / queryCount);
            var distances = new double[sampleCount];
            for (var row = 0; row < sampleCount; row++)
            {
                var product = PrincipalAxes.Dot(sample[query], sample[row]);
                distances[row] = row == query ? double.PositiveInfinity : Math.Max(0, squares[query] + squares[row] - (2 * product));
            }

            var sorted = distances.ToArray();
            Array.Sort(sorted);
            var threshold = sorted[Math.Min(SampleNeighbor, sampleCount - 1)];
            for (var head = 0; head < headCounts.Length; head++)
            {
                var count = CountWithin(scores, squares, wideCount, query, headCounts[head] - 1, threshold);
                Interlocked.Add(ref survivors[head], count);
            }
        });

        var pairs = (double)queryCount * sampleCount;
        var look = wideOfAxes ? CyclesPerWideLook : CyclesPerWideLook + (CyclesPerWideLookFeature * featureCount);
        // Wide axes leave about as many pairs as the longest head does; wide columns leave only true neighbors.
        var afterWide = wideOfAxes ? survivors[^1] / pairs * (CyclesPerDistance + (CyclesPerDistanceFeature * featureCount)) : 0;
        return Enumerable.Range(0, headCounts.Length)
            .Select(head => (HeadCount: headCounts[head], Cost: CyclesPerPair + (CyclesPerCode * headCounts[head]) + afterWide
                + (wideOfAxes && headCounts[head] == wideCount ? 0 : survivors[head] / pairs * look)))
            .MinBy(choice => choice.Cost);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountWithin(double[] scores, double[] squares, int width, int query, int axisCount, double threshold)
    {
        var x = scores.AsSpan(query * width, axisCount);
        var restOfQuery = Math.Sqrt(Math.Max(0, squares[query] - PrincipalAxes.Dot(x, x)));
        var count = 0;
        for (var row = 0; row < squares.Length; row++)
        {
            var y = scores.AsSpan(row * width, axisCount);
            var sum = 0.0;
            for (var axis = 0; axis < axisCount; axis++)
                sum += (x[axis] - y[axis]) * (x[axis] - y[axis]);
            var rest = Math.Sqrt(Math.Max(0, squares[row] - PrincipalAxes.Dot(y, y)));
            if (row != query && sum + ((rest - restOfQuery) * (rest - restOfQuery)) <= threshold)
                count++;
        }

        return count;
    }
}
