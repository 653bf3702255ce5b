using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Rows of an IRLS pass on the device, and their sums.</summary>
internal struct IrlsTask
{
    /// <summary>Padded float32 rows, one every <see cref="RowStride"/> elements.</summary>
    public ArrayView<float> Rows;

    public ArrayView<byte> Labels;

    public ArrayView<double> Weights;

    /// <summary>One a row.</summary>
    public ArrayView<double> Offsets;

    /// <summary>One a column.</summary>
    public ArrayView<double> Coefficients;

    /// <summary>Receives four numbers a row: weighted residual, curvature, weighted log-likelihood, |eta|; zeros for weight 0.</summary>
    public ArrayView<double> Terms;

    /// <summary>Receives, for each part of the rows, the lower triangle row by row, then the gradient, the log-likelihood and the largest |eta|.</summary>
    public ArrayView<double> Partials;

    /// <summary>Receives the sums, laid out as one part.</summary>
    public ArrayView<double> Sums;

    public int RowCount;
    public int RowStride;
    public int FeatureCount;
    public int ColumnCount;
    public int PartCount;
}
