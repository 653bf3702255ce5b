using Engine.Resampling;
using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Rows to be made on the device, and some of the rows that they are made between.</summary>
internal struct MakeTask
{
    /// <summary>Padded rows, one every <see cref="Stride"/> elements.</summary>
    public ArrayView<float> Parents;

    /// <summary>The rows to be made; parents counted among all rows.</summary>
    public ArrayView<SyntheticRow> Drawn;

    /// <summary>One number a column: 1 where the nearer parent's value is taken, else 0.</summary>
    public ArrayView<byte> IsNominal;

    /// <summary>Receives the rows.</summary>
    public ArrayView<float> Made;

    /// <summary>The first of <see cref="Parents"/>, counted among all rows.</summary>
    public long FirstParent;

    public int ParentCount;
    public int Stride;
}
