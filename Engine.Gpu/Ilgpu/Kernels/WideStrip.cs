using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Five numbers of one thread in double precision, in registers.</summary>
internal struct WideStrip
{
    public const int Length = 5;

    public double S0, S1, S2, S3, S4;

    /// <summary>Reads every so many numbers of shared memory: neighboring threads read neighboring banks.</summary>
    public static WideStrip Load(ArrayView<double> values, int first, int step) => new()
    {
        S0 = values[first],
        S1 = values[first + step],
        S2 = values[first + (2 * step)],
        S3 = values[first + (3 * step)],
        S4 = values[first + (4 * step)],
    };

    /// <summary>Adds the products of one number and five.</summary>
    public static WideStrip Add(WideStrip sum, double x, WideStrip y)
    {
        sum.S0 += x * y.S0;
        sum.S1 += x * y.S1;
        sum.S2 += x * y.S2;
        sum.S3 += x * y.S3;
        sum.S4 += x * y.S4;
        return sum;
    }
}
