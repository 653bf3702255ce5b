using System.Numerics;
using Engine.Networks;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Tests.Networks;

public sealed unsafe class LaneProductTests
{
    private static readonly int[] s_rows = [1, 2, 3, 4, 5, 7, 8, 11, 16];
    private static readonly int[] s_lanes = [1, 2, 3, 4, 5, 8, 11];
    private static readonly int[] s_steps = [0, 1, 19];

    [Fact]
    public void Multiply_AnyShape_HasTheBitsOfOneChainAValue()
    {
        foreach (var (rows, lanes) in s_rows.SelectMany(rows => s_lanes.Select(lanes => (rows, lanes))))
        {
            foreach (var steps in s_steps)
            {
                AssertChains<Lanes512<float>, float>(rows, lanes, steps);
                AssertChains<Lanes256<float>, float>(rows, lanes, steps);
                AssertChains<Lanes128<double>, double>(rows, lanes, steps);
                AssertChains<LanesScalar<double>, double>(rows, lanes, steps);
            }
        }
    }

    [Fact]
    public void Multiply_StepsInTwoParts_HasTheBitsOfOne()
    {
        float[] whole = Product<Lanes512<float>, float>(9, 5, 30, 30, out _, out _), parts = Product<Lanes512<float>, float>(9, 5, 30, 11, out _, out _);
        Assert.Equal(whole, parts);
    }

    private static void AssertChains<TLanes, T>(int rows, int lanes, int steps)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var result = Product<TLanes, T>(rows, lanes, steps, steps, out var left, out var right);
        var (width, stride) = (lanes * (64 / sizeof(T)), (lanes * (64 / sizeof(T))) + 3);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < width; j++)
            {
                var sum = T.CreateTruncating(j);
                for (var k = 0; k < steps; k++)
                    sum = T.FusedMultiplyAdd(left[(i * (steps + 2)) + k], right[(k * width) + j], sum);
                Assert.Equal(sum, result[(i * stride) + j]);
            }

            // Nothing beyond the columns is written.
            Assert.All(result.AsSpan((i * stride) + width, 3).ToArray(), value => Assert.Equal(T.NegativeOne, value));
        }
    }

    /// <summary>Computes a product whose sums begin with the number of their column, in two parts.</summary>
    private static T[] Product<TLanes, T>(int rows, int lanes, int steps, int firstPart, out T[] left, out T[] right)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = lanes * (64 / sizeof(T));
        var stream = new RandomStream(11, (ulong)((rows * 1000) + (lanes * 100) + steps));
        left = [.. Enumerable.Range(0, rows * (steps + 2)).Select(i => T.CreateTruncating(stream.Normal((ulong)i)))];
        right = [.. Enumerable.Range(0, (steps + 1) * width).Select(i => T.CreateTruncating(stream.Normal(100_000 + (ulong)i)))];
        T[] initial = [.. Enumerable.Range(0, width).Select(T.CreateTruncating)];
        var stride = width + 3;
        var result = new T[rows * stride];
        Array.Fill(result, T.NegativeOne);
        fixed (T* x = left, y = right, start = initial, sums = result)
        {
            var lane = (nint)(64 / sizeof(T));
            LaneProduct<TLanes, T>.Multiply(new ProductSides<T>(x, steps + 2, 1, y, lane, width, firstPart), rows, lanes, start, 0, sums, stride);
            var rest = new ProductSides<T>(x + firstPart, steps + 2, 1, y + (firstPart * width), lane, width, steps - firstPart);
            LaneProduct<TLanes, T>.Multiply(rest, rows, lanes, sums, stride, sums, stride);
        }

        return result;
    }
}
