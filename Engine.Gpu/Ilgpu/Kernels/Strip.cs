using Engine.Numerics.Distances;
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

    /// <summary>Adds the canonical terms of eight pairs of consecutive elements, each to a sum of its own.</summary>
    public static Strip AddCanonical<TTerm>(Strip sum, ArrayView<float> x, long firstX, ArrayView<float> y, long firstY)
        where TTerm : struct, IDistanceTerm
    {
        sum.S0 = AddTerm<TTerm>(sum.S0, x[firstX], y[firstY]);
        sum.S1 = AddTerm<TTerm>(sum.S1, x[firstX + 1], y[firstY + 1]);
        sum.S2 = AddTerm<TTerm>(sum.S2, x[firstX + 2], y[firstY + 2]);
        sum.S3 = AddTerm<TTerm>(sum.S3, x[firstX + 3], y[firstY + 3]);
        sum.S4 = AddTerm<TTerm>(sum.S4, x[firstX + 4], y[firstY + 4]);
        sum.S5 = AddTerm<TTerm>(sum.S5, x[firstX + 5], y[firstY + 5]);
        sum.S6 = AddTerm<TTerm>(sum.S6, x[firstX + 6], y[firstY + 6]);
        sum.S7 = AddTerm<TTerm>(sum.S7, x[firstX + 7], y[firstY + 7]);
        return sum;
    }

    /// <summary>Adds sixteen sums by the canonical tree: 16 -> 8 -> 4 -> 2 -> 1, lane j and lane j + width.</summary>
    public static float Fold(Strip low, Strip high) => Rounded.Add(
        Rounded.Add(
            Rounded.Add(Rounded.Add(low.S0, high.S0), Rounded.Add(low.S4, high.S4)),
            Rounded.Add(Rounded.Add(low.S2, high.S2), Rounded.Add(low.S6, high.S6))),
        Rounded.Add(
            Rounded.Add(Rounded.Add(low.S1, high.S1), Rounded.Add(low.S5, high.S5)),
            Rounded.Add(Rounded.Add(low.S3, high.S3), Rounded.Add(low.S7, high.S7))));

    private static float AddTerm<TTerm>(float sum, float x, float y)
        where TTerm : struct, IDistanceTerm =>
        Rounded.Add(sum, TTerm.Of(new RoundedSingle(x), new RoundedSingle(y)).Value);
}
