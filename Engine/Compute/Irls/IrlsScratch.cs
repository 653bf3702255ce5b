using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Compute.Irls;

/// <summary>What one thread needs to add rows to normal equations, kept between blocks of the same width.</summary>
internal sealed unsafe class IrlsScratch : IDisposable
{
    /// <summary>Columns in a panel.</summary>
    public const int Width = 8;

    /// <summary>Columns of two weighted panels side by side.</summary>
    public const int WeightedWidth = 2 * Width;

    /// <summary>Rows that are added together: two panels of them take half of a first-level cache.</summary>
    public const int RowsPerStep = 128;

    /// <summary>Rows that are added together when there is no Hessian: they are read twice, and stay in the first-level cache up to a hundred columns.</summary>
    public const int RowsPerGradientStep = 64;

    /// <summary>Rows whose predictors are computed together.</summary>
    public const int RowsPerTile = 4;

    // One row more than is used: at a power of two, the same row of all panels would compete for the same few lines of the cache.
    public const int PanelLength = (RowsPerStep + 1) * Width;

    [ThreadStatic]
    private static IrlsScratch? s_held;

    // Copies lie one after the other.
    private static readonly int[] s_inOrder = [.. Enumerable.Range(0, RowsPerStep)];

    private readonly int _panelCount;
    private readonly NativeBuffer<double> _coefficients;
    private readonly NativeBuffer<double> _panels;
    private readonly NativeBuffer<float> _copies;
    private readonly NativeBuffer<nint> _places = new(RowsPerStep);
    private readonly NativeBuffer<double> _weighted = new(RowsPerStep * WeightedWidth);
    private readonly NativeBuffer<double> _tile = new(2 * Width * Width);
    private readonly double[] _labels = new double[RowsPerStep];
    private readonly double[] _weights = new double[RowsPerStep];
    private int _copiedFeatureCount;

    private IrlsScratch(int panelCount)
    {
        _panelCount = panelCount;
        _coefficients = new NativeBuffer<double>(panelCount * Width);
        _panels = new NativeBuffer<double>((long)panelCount * PanelLength);
        _copies = new NativeBuffer<float>((long)RowsPerStep * panelCount * Width);
    }

    /// <summary>Gets the coefficients of the features, zeros behind them.</summary>
    public double* Coefficients => _coefficients.Pointer;

    /// <summary>Gets a place for two panels times the curvatures, <see cref="RowsPerStep"/> x <see cref="WeightedWidth"/>.</summary>
    public double* Weighted => _weighted.Pointer;

    /// <summary>Gets a place for sixteen rows of eight sums of the Hessian.</summary>
    public double* Tile => _tile.Pointer;

    /// <summary>Gets the rows of the block that are added together, and behind them some of the block up to a multiple of four.</summary>
    public int[] Rows { get; } = new int[RowsPerStep];

    /// <summary>Gets where each of them begins.</summary>
    public float** Places => (float**)_places.Pointer;

    /// <summary>Gets the distance from each to a row that is read soon after, for a hint; 0 where that is not known.</summary>
    public nint Ahead { get; private set; }

    /// <summary>Gets the columns of the rows that are read in whole registers, a multiple of 16.</summary>
    public int WholeColumns { get; private set; }

    /// <summary>Gets how many columns follow them, 1 to 16, in rows behind which lies anything; 0 where all are read whole.</summary>
    public int RestColumns { get; private set; }

    public double[] Etas { get; } = new double[RowsPerStep];

    public double[] Residuals { get; } = new double[RowsPerStep];

    public double[] Curvatures { get; } = new double[RowsPerStep];

    /// <summary>Returns the scratch of this thread.</summary>
    public static IrlsScratch Of(int panelCount)
    {
        if (s_held is not { } held || held._panelCount != panelCount)
        {
            s_held?.Dispose();
            s_held = new IrlsScratch(panelCount);
        }

        return s_held;
    }

    /// <summary>Returns a panel, <see cref="RowsPerStep"/> x <see cref="Width"/>.</summary>
    public double* Panel(int panel) => _panels.Pointer + ((long)panel * PanelLength);

    /// <summary>Takes the coefficients of a pass.</summary>
    /// <returns>The intercept, 0 where there is none.</returns>
    public double SetCoefficients(ReadOnlySpan<double> coefficients, int featureCount)
    {
        var all = new Span<double>(Coefficients, _panelCount * Width);
        coefficients[..featureCount].CopyTo(all);
        all[featureCount..].Clear();
        return coefficients.Length > featureCount ? coefficients[featureCount] : 0;
    }

    /// <summary>Takes the next rows of positive weight.</summary>
    /// <param name="next">The first row to look at; receives the first that was not.</param>
    /// <param name="labels">The labels of the block.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="limit">How many to take at most.</param>
    /// <returns>How many were taken.</returns>
    public int Take(ref int next, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, int limit)
    {
        var count = Math.Min(limit, weights.Length - next);
        var coming = weights.Slice(next, count);
        // As a rule every row has a weight.
        if (MemoryMarshal.Cast<double, long>(coming).ContainsAny(BitConverter.DoubleToInt64Bits(0), BitConverter.DoubleToInt64Bits(-0.0)))
        {
            count = TakeWeighted(ref next, labels, weights, limit);
        }
        else
        {
            TakeAll(next, labels.Slice(next, count), coming);
            next += count;
        }

        // Predictors are computed four rows at a time; the rest of the last four can be any row there is.
        for (var i = count; i % RowsPerTile != 0; i++)
            Rows[i] = Rows[0];
        return count;
    }

    /// <summary>Makes the rows that were taken readable: where they lie, or copied.</summary>
    /// <param name="run">The block.</param>
    /// <param name="inPlace">Its rows in place, pinned; null where they do not lie together.</param>
    /// <param name="count">How many were taken.</param>
    /// <param name="next">The row of the block that is taken next.</param>
    public void Read(RowRun run, float* inPlace, int count, int next)
    {
        var rows = Rows.AsSpan(0, (count + RowsPerTile - 1) / RowsPerTile * RowsPerTile);
        (WholeColumns, RestColumns) = (run.Stride, 0);
        if (inPlace != null)
        {
            Locate(rows, inPlace, run.Distance);
            // A block ahead.
            Ahead = Distance(inPlace, run.AddressOf(run.RowCount));
            if (!run.IsPadded)
                (WholeColumns, RestColumns) = (run.Stride - SampleMatrix.StrideMultiple, run.FeatureCount - run.Stride + SampleMatrix.StrideMultiple);
            return;
        }

        var copies = new Span<float>(_copies.Pointer, RowsPerStep * run.Stride);
        if (_copiedFeatureCount != run.FeatureCount)
            copies.Clear();
        _copiedFeatureCount = run.FeatureCount;
        run.Copy(rows[..count], copies);
        Locate(s_inOrder.AsSpan(0, rows.Length), _copies.Pointer, run.Stride);
        // As far as rows are copied together.
        Ahead = Distance(_copies.Pointer, run.AddressOf(next));
    }

    /// <summary>Adds the offsets of the rows to their predictors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddOffsets(int count, ReadOnlySpan<double> offsets)
    {
        for (var i = 0; i < count; i++)
            Etas[i] += offsets[Rows[i]];
    }

    /// <summary>Computes residuals and curvatures from the predictors, and adds the log-likelihood.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Derive<TLanes>(int count, NormalEquations sums)
        where TLanes : struct, ILanes<TLanes, double>
    {
        var logLikelihood = sums.LogLikelihood;
        var largest = BernoulliRows<TLanes>.AddOne(
            _labels.AsSpan(0, count), _weights.AsSpan(0, count), Etas.AsSpan(0, count), Residuals, sums.HasHessian ? Curvatures : [], ref logLikelihood);
        sums.LogLikelihood = logLikelihood;
        sums.LargestLinearPredictor = Math.Max(sums.LargestLinearPredictor, largest);
    }

    private static nint Distance(float* from, float* to) => to == null ? 0 : (nint)(to - from);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Locate(ReadOnlySpan<int> rows, float* first, int distance)
    {
        var places = Places;
        for (var i = 0; i < rows.Length; i++)
            places[i] = first + ((nint)rows[i] * distance);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeAll(int first, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights)
    {
        weights.CopyTo(_weights);
        var rows = Rows.AsSpan(0, labels.Length);
        var taken = _labels.AsSpan(0, labels.Length);
        for (var i = 0; i < labels.Length; i++)
        {
            rows[i] = first + i;
            taken[i] = labels[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TakeWeighted(ref int next, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, int limit)
    {
        var (used, row) = (0, next);
        for (; row < weights.Length && used < limit; row++)
        {
            if (weights[row] == 0)
                continue;
            Rows[used] = row;
            _labels[used] = labels[row];
            _weights[used] = weights[row];
            used++;
        }

        next = row;
        return used;
    }

    /// <summary>Makes a column of ones for the intercept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SetOnes(int column, int rowCount)
    {
        var panel = Panel(column / Width);
        // A panel that holds no feature may hold what an earlier fit of as many panels left there; times 0, a value that is no number would spoil a predictor.
        if (column % Width == 0)
            new Span<double>(panel, rowCount * Width).Clear();
        for (var row = 0; row < rowCount; row++)
            panel[(row * Width) + (column % Width)] = 1;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _coefficients.Dispose();
        _panels.Dispose();
        _copies.Dispose();
        _places.Dispose();
        _weighted.Dispose();
        _tile.Dispose();
    }
}
