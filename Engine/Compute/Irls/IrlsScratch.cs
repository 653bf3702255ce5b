using Engine.Numerics;

namespace Engine.Compute.Irls;

/// <summary>What one thread needs to add rows to normal equations, kept between blocks of the same width.</summary>
internal sealed unsafe class IrlsScratch : IDisposable
{
    /// <summary>Columns in a panel.</summary>
    public const int Width = 8;

    /// <summary>Rows that are added together: two panels of them take half of a first-level cache.</summary>
    public const int RowsPerStep = 128;

    /// <summary>Rows that are added together when there is no Hessian: all panels of them stay in the first-level cache.</summary>
    public const int RowsPerGradientStep = 32;

    // One row more than is used: at a power of two, the same row of all panels would compete for the same few lines of the cache.
    private const int PanelLength = (RowsPerStep + 1) * Width;

    [ThreadStatic]
    private static IrlsScratch? s_held;

    private readonly int _panelCount;
    private readonly NativeBuffer<double> _panels;
    private readonly NativeBuffer<double> _weighted = new(RowsPerStep * Width);

    private IrlsScratch(int panelCount)
    {
        _panelCount = panelCount;
        _panels = new NativeBuffer<double>((long)panelCount * PanelLength);
        Coefficients = new double[panelCount * Width];
    }

    /// <summary>Gets the coefficients of the features, zeros behind them.</summary>
    public double[] Coefficients { get; }

    /// <summary>Gets a panel times the curvatures.</summary>
    public double* Weighted => _weighted.Pointer;

    public byte[] Labels { get; } = new byte[RowsPerStep];

    public double[] Weights { get; } = new double[RowsPerStep];

    public double[] Etas { get; } = new double[RowsPerStep];

    public double[] Probabilities { get; } = new double[RowsPerStep];

    public double[] LogLikelihoods { get; } = new double[RowsPerStep];

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
        coefficients[..featureCount].CopyTo(Coefficients);
        Coefficients.AsSpan(featureCount).Clear();
        return coefficients.Length > featureCount ? coefficients[featureCount] : 0;
    }

    /// <summary>Makes a column of ones for the intercept.</summary>
    public void SetOnes(int column, int rowCount)
    {
        var panel = Panel(column / Width);
        for (var row = 0; row < rowCount; row++)
        {
            // Behind the last feature the panel may hold what an earlier fit of as many panels left there.
            new Span<double>(panel + (row * Width) + (column % Width), Width - (column % Width)).Clear();
            panel[(row * Width) + (column % Width)] = 1;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _panels.Dispose();
        _weighted.Dispose();
    }
}
