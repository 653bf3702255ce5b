using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Rows as they come from the host, and where they go.</summary>
internal struct PrepareTask
{
    /// <summary>Padded rows, one every <see cref="Stride"/> elements.</summary>
    public ArrayView<float> Raw;

    /// <summary>What is subtracted from every row; zeros for L1.</summary>
    public ArrayView<float> Center;

    /// <summary>Receives element i of all rows, then element i + 1.</summary>
    public ArrayView<float> Turned;

    /// <summary>Receives one number a row.</summary>
    public ArrayView<float> Shares;

    public int RowCount;
    public int Pitch;
    public int Stride;

    /// <summary>1 less the error of the bound: see <see cref="Search.FilterBound"/>.</summary>
    public double NormFactor;
}
