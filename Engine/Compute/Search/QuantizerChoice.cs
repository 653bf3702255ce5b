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
    private const double CyclesPerLook = 30;
    private const double CyclesPerLookCode = 0.05;
    private const double CyclesPerDistance = 120;
    private const double CyclesPerDistanceFeature = 0.15;

    // Cost of one feature of one axis: for a sample row while axes are found, for a row that is rotated, counted twice for its query.
    private const double CyclesToFindAxis = 2;
    private const double CyclesToRotate = 0.25;

    /// <summary>What finding axes and rotating rows may cost of what comparing all columns would, when there are as many queries as rows.</summary>
    private const double LargestShareOfAxes = 0.5;

    private const int MainAxes = 8;
    private const int RowsForMainAxes = 256;
    private const double MainShare = 0.3;

    /// <summary>With fewer features, all of them together are as cheap to compare as a rotation's leading axes.</summary>
    private const int FeaturesForAxes = 20;

    /// <summary>Up to so many features few wide axes tell near rows apart; beyond, and where rows vary in hundreds of directions, many do.</summary>
    private const int FewFeatures = 160;
    private const int MostAxesOfFewFeatures = 48;
    private const int MostAxes = 256;
    private const int AxesPerStep = 16;

    /// <summary>Up to so many features what passes the wide axes is ranked at once; beyond, columns are looked at before.</summary>
    private const int MostFeaturesWithoutColumns = 1024;

    /// <summary>Codes of 16 bits to one feature of 32: of half the memory of the rows, what scratch, order and boxes leave.</summary>
    private const double CodeShare = 0.92;

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
        var widest = WidestOf(rowCount, sampleCount, allColumns.HeadCount, featureCount);
        if (widest == 0 || !HasMainAxes(sample, options))
            return allColumns;

        var axes = PrincipalAxes.Find(sample, sampleCount, widest - 1, options);
        var hasColumns = featureCount > MostFeaturesWithoutColumns;
        var (headCount, cost) = CheapestHead(sample, axes, widest, hasColumns, options);
        if (cost > CyclesPerPair + (CyclesPerCode * allColumns.HeadCount))
            return allColumns;
        var wideCount = headCount < widest ? widest : 0;
        int[] lastColumns = hasColumns ? columns[..LastColumns(featureCount, headCount + wideCount)] : [];
        return ContractiveQuantizer.OfAxes(mean, axes, widest - 1, headCount, wideCount, lastColumns, radius);
    }

    /// <summary>Fewer rows of very many features, so that the sample stays below a gigabyte.</summary>
    private static int SampleRowsOf(int featureCount) => Math.Min(SampleRows, Math.Max(1, LargestSample / featureCount));

    /// <summary>Returns how many wide codes of axes pay for themselves, and leave room for a head in half of the memory of the rows.</summary>
    private static int WidestOf(long rowCount, int sampleCount, int codeCount, int featureCount)
    {
        var most = featureCount <= FewFeatures ? Math.Min(MostAxesOfFewFeatures, Math.Max(AxesPerStep, (featureCount + 4) * 5 / 8)) : Math.Min(MostAxes, featureCount / 2);
        var costOfOne = ((CyclesToFindAxis * sampleCount) + (CyclesToRotate * rowCount)) * featureCount;
        var affordable = LargestShareOfAxes * CyclesPerCode * codeCount * rowCount * rowCount / costOfOne;
        return (int)Math.Min(most, affordable) / AxesPerStep * AxesPerStep;
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

    /// <summary>As many columns as leave all codes within a share of the memory of the rows, beside those of axes: a look seldom goes on to the last of them.</summary>
    private static int LastColumns(int featureCount, int axisCodes) => (((int)(CodeShare * featureCount) - axisCodes) / 16 * 16) - 1;

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
    private static (int HeadCount, double Cost) CheapestHead(NativeRows sample, double[] axes, int widest, bool hasColumns, ParallelOptions options)
    {
        var (sampleCount, featureCount) = (sample.RowCount, sample.ColumnCount);
        var queryCount = Math.Min(SampleQueries, sampleCount);
        var trials = new HeadTrials(sample, axes, [.. s_headCounts.Where(count => count < widest), widest], options);
        var survivors = new long[trials.HeadCounts.Length];
        ParallelLoop.For(0, queryCount, options, i =>
        {
            var query = (int)((long)i * sampleCount / queryCount);
            var distances = new double[sampleCount];
            for (var row = 0; row < sampleCount; row++)
            {
                var product = PrincipalAxes.Dot(sample[query], sample[row]);
                distances[row] = row == query ? double.PositiveInfinity : Math.Max(0, trials.Squares[query] + trials.Squares[row] - (2 * product));
            }

            Array.Sort(distances);
            var counts = trials.CountWithin(query, distances[Math.Min(SampleNeighbor, sampleCount - 1)]);
            for (var head = 0; head < counts.Length; head++)
                Interlocked.Add(ref survivors[head], counts[head]);
        });

        var pairs = (double)queryCount * sampleCount;
        var look = CyclesPerLook + (CyclesPerLookCode * widest);
        var last = hasColumns ? CyclesPerLook + (CyclesPerLookCode * featureCount) : CyclesPerDistance + (CyclesPerDistanceFeature * featureCount);
        return trials.HeadCounts
            .Select((count, head) => (HeadCount: count, Cost: CyclesPerPair + (CyclesPerCode * count)
                + (((count < widest ? survivors[head] * look : 0) + (survivors[^1] * last)) / pairs)))
            .MinBy(choice => choice.Cost);
    }

    /// <summary>Sample rows on axes, and what each length of head leaves of them.</summary>
    private sealed class HeadTrials
    {
        private readonly double[] _scores;
        private readonly double[] _rests;
        private readonly int _stride;
        private readonly int _rowCount;

        public HeadTrials(NativeRows sample, double[] axes, int[] headCounts, ParallelOptions options)
        {
            (HeadCounts, _rowCount) = (headCounts, sample.RowCount);
            (_scores, _stride) = PrincipalAxes.Project(sample, _rowCount, axes, headCounts[^1] - 1, options);
            (Squares, _rests) = (new double[_rowCount], new double[_rowCount * headCounts.Length]);
            for (var row = 0; row < _rowCount; row++)
            {
                var values = sample[row];
                var left = Squares[row] = PrincipalAxes.Dot(values, values);
                for (int head = 0, axis = 0; head < headCounts.Length; head++)
                {
                    for (; axis < headCounts[head] - 1; axis++)
                        left -= _scores[(row * _stride) + axis] * _scores[(row * _stride) + axis];
                    _rests[(row * headCounts.Length) + head] = Math.Sqrt(Math.Max(0, left));
                }
            }
        }

        /// <summary>Gets the lengths, rest included, rising.</summary>
        public int[] HeadCounts { get; }

        /// <summary>Gets the squared length of every row.</summary>
        public double[] Squares { get; }

        /// <summary>Counts, for each length, the other rows whose head does not tell that they are further than a squared distance.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public int[] CountWithin(int query, double square)
        {
            var counts = new int[HeadCounts.Length];
            var x = _scores.AsSpan(query * _stride, _stride);
            for (var row = 0; row < _rowCount; row++)
            {
                var y = _scores.AsSpan(row * _stride, _stride);
                var sum = 0.0;
                for (int head = 0, axis = 0; head < HeadCounts.Length && sum <= square && row != query; head++)
                {
                    for (; axis < HeadCounts[head] - 1; axis++)
                        sum += (x[axis] - y[axis]) * (x[axis] - y[axis]);
                    var gap = _rests[(row * HeadCounts.Length) + head] - _rests[(query * HeadCounts.Length) + head];
                    counts[head] += sum + (gap * gap) <= square ? 1 : 0;
                }
            }

            return counts;
        }
    }
}
