using System.Collections.Concurrent;
using Engine.Numerics;

namespace Engine.Compute.Irls;

/// <summary>The gradients and log-likelihoods of many models over the same rows and weights, and what one thread needs to sum them.</summary>
/// <remarks>Models lie side by side, eight a register: no model's sums depend on the others, or on how many there are.</remarks>
internal sealed unsafe class GradientBatch : ISums<GradientBatch>, IDisposable
{
    /// <summary>Rows that are added together: with the coefficients and the gradients of sixteen models of 76 features they take 60 KiB.</summary>
    public const int RowsPerStep = 64;

    private readonly NativeBuffer<double> _coefficients;
    private readonly NativeBuffer<double> _gradients;
    private readonly NativeBuffer<double> _logLikelihoods;
    private readonly NativeBuffer<double> _rows;
    private readonly ConcurrentBag<GradientBatch> _others = [];
    private readonly int _modelCount;

    /// <summary>Creates empty sums.</summary>
    /// <param name="coefficients">Those of each model, one a column: the features, then the intercept.</param>
    public GradientBatch(IReadOnlyList<double[]> coefficients)
        : this(coefficients.Count, coefficients[0].Length)
    {
        for (var model = 0; model < coefficients.Count; model++)
        {
            for (var column = 0; column < ColumnCount; column++)
                Coefficients[(column * Width) + model] = coefficients[model][column];
        }
    }

    private GradientBatch(int modelCount, int columnCount)
    {
        _modelCount = modelCount;
        ColumnCount = columnCount;
        Width = (modelCount + 7) / 8 * 8;
        Stride = (columnCount + 15) / 16 * 16;
        _coefficients = new NativeBuffer<double>(Stride * Width);
        _gradients = new NativeBuffer<double>(Stride * Width);
        _logLikelihoods = new NativeBuffer<double>(Width);
        _rows = new NativeBuffer<double>(RowsPerStep * Stride);
        Etas = new double[RowsPerStep * Width];
        Residuals = new double[RowsPerStep * Width];
        Labels = new double[RowsPerStep * Width];
        Weights = new double[RowsPerStep * Width];
    }

    /// <summary>Gets the number of coefficients of a model.</summary>
    public int ColumnCount { get; }

    /// <summary>Gets the number of places for models, a multiple of 8.</summary>
    public int Width { get; }

    /// <summary>Gets the length of a row of <see cref="Rows"/>, a multiple of 16.</summary>
    public int Stride { get; }

    /// <inheritdoc/>
    public int SentLength => (ColumnCount + 1) * Width;

    /// <summary>Gets the coefficients, one column of all models after the other.</summary>
    public double* Coefficients => _coefficients.Pointer;

    /// <summary>Gets sum w (y - m) x in the same order.</summary>
    public double* Gradients => _gradients.Pointer;

    /// <summary>Gets sum w (y eta - log(1 + exp(eta))) of each model.</summary>
    public double* LogLikelihoods => _logLikelihoods.Pointer;

    /// <summary>Gets up to <see cref="RowsPerStep"/> rows, widened.</summary>
    public double* Rows => _rows.Pointer;

    /// <summary>Gets the label of each row, once a model.</summary>
    public double[] Labels { get; }

    /// <summary>Gets the weight of each row, once a model.</summary>
    public double[] Weights { get; }

    /// <summary>Gets the linear predictors, all models of a row after the other.</summary>
    public double[] Etas { get; }

    public double[] Residuals { get; }

    /// <summary>Creates empty sums of the same models, which are disposed with this.</summary>
    public GradientBatch WithoutSums()
    {
        var other = new GradientBatch(_modelCount, ColumnCount);
        new ReadOnlySpan<double>(Coefficients, Stride * Width).CopyTo(new Span<double>(other.Coefficients, Stride * Width));
        _others.Add(other);
        return other;
    }

    public void Clear()
    {
        new Span<double>(Gradients, Stride * Width).Clear();
        new Span<double>(LogLikelihoods, Width).Clear();
    }

    /// <summary>Adds the sums of later rows.</summary>
    public void Add(GradientBatch later)
    {
        DoubleVector.AddScaled(new Span<double>(Gradients, Stride * Width), 1, new ReadOnlySpan<double>(later.Gradients, Stride * Width));
        DoubleVector.AddScaled(new Span<double>(LogLikelihoods, Width), 1, new ReadOnlySpan<double>(later.LogLikelihoods, Width));
    }

    /// <inheritdoc/>
    public void Write(Span<double> sent)
    {
        new ReadOnlySpan<double>(Gradients, ColumnCount * Width).CopyTo(sent);
        new ReadOnlySpan<double>(LogLikelihoods, Width).CopyTo(sent[(ColumnCount * Width)..]);
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<double> sent)
    {
        sent[..(ColumnCount * Width)].CopyTo(new Span<double>(Gradients, ColumnCount * Width));
        sent[(ColumnCount * Width)..].CopyTo(new Span<double>(LogLikelihoods, Width));
    }

    /// <summary>Adds the sums of a model to others.</summary>
    public void AddTo(NormalEquations sums, int model)
    {
        for (var column = 0; column < ColumnCount; column++)
            sums.Gradient[column] += Gradients[(column * Width) + model];
        sums.LogLikelihood += LogLikelihoods[model];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _coefficients.Dispose();
        _gradients.Dispose();
        _logLikelihoods.Dispose();
        _rows.Dispose();
        foreach (var other in _others)
            other.Dispose();
    }
}
