using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Some rows of an IRLS pass on the device, and their sums.</summary>
internal struct IrlsTask
{
    /// <summary>Padded float32 rows, one every <see cref="RowStride"/> elements.</summary>
    public ArrayView<float> Rows;

    public ArrayView<byte> Labels;

    /// <summary>One a row; not read where <see cref="HasWeights"/> is 0.</summary>
    public ArrayView<double> Weights;

    /// <summary>One a row; not read where <see cref="HasOffsets"/> is 0.</summary>
    public ArrayView<double> Offsets;

    /// <summary>One a column.</summary>
    public ArrayView<double> Coefficients;

    /// <summary>Receives w m (1 - m) of each row, 0 for weight 0.</summary>
    public ArrayView<double> Curvatures;

    /// <summary>Receives, for each part of the rows, the lower triangle row by row, then the gradient, the log-likelihood and the largest |eta|.</summary>
    public ArrayView<double> Partials;

    /// <summary>The sums of all rows before these, laid out as one part; receives what they add.</summary>
    public ArrayView<double> Sums;

    public int RowCount;
    public int RowStride;
    public int FeatureCount;
    public int ColumnCount;
    public int PartCount;
    public int HasWeights;
    public int HasOffsets;
    public int HasHessian;
}
