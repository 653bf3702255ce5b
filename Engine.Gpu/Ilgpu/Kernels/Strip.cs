using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Eight numbers of one thread, in registers.</summary>
internal struct Strip
{
    public const int Length = 8;

    public float S0, S1, S2, S3, S4, S5, S6, S7;

    /// <summary>Reads every so many numbers of shared memory: neighboring threads read neighboring banks.</summary>
    public static Strip Load(ArrayView<float> values, int first, int step) => new()
    {
        S0 = values[first],
        S1 = values[first + step],
        S2 = values[first + (2 * step)],
        S3 = values[first + (3 * step)],
        S4 = values[first + (4 * step)],
        S5 = values[first + (5 * step)],
        S6 = values[first + (6 * step)],
        S7 = values[first + (7 * step)],
    };

    /// <summary>Adds the terms of one query element and eight row elements.</summary>
    public static Strip Add<TTerm>(Strip sum, float x, Strip y)
        where TTerm : struct, IFilterTerm
    {
        sum.S0 = TTerm.Add(sum.S0, x, y.S0);
        sum.S1 = TTerm.Add(sum.S1, x, y.S1);
        sum.S2 = TTerm.Add(sum.S2, x, y.S2);
        sum.S3 = TTerm.Add(sum.S3, x, y.S3);
        sum.S4 = TTerm.Add(sum.S4, x, y.S4);
        sum.S5 = TTerm.Add(sum.S5, x, y.S5);
        sum.S6 = TTerm.Add(sum.S6, x, y.S6);
        sum.S7 = TTerm.Add(sum.S7, x, y.S7);
        return sum;
    }
}
