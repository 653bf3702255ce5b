using System.Numerics;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Tests.Numerics.Lanes;

/// <summary>Every register width does what one lane at a time does, in both types.</summary>
public sealed class LanesTests
{
    [Fact]
    public void Operations_Float64_HaveTheBitsOfOneLaneAtATime()
    {
        AssertOperations<Lanes512<double>, double>();
        AssertOperations<Lanes256<double>, double>();
        AssertOperations<Lanes128<double>, double>();
        AssertOperations<LanesScalar<double>, double>();
    }

    [Fact]
    public void Operations_Float32_HaveTheBitsOfOneLaneAtATime()
    {
        AssertOperations<Lanes512<float>, float>();
        AssertOperations<Lanes256<float>, float>();
        AssertOperations<Lanes128<float>, float>();
        AssertOperations<LanesScalar<float>, float>();
    }

    private static void AssertOperations<TLanes, T>()
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = 64 / System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        var stream = new RandomStream(17, 4);
        T[] left = Draw(0), right = Draw(100), sum = Draw(200);
        left[0] = T.Zero;
        right[1] = -T.Zero;
        var (a, b, c) = (TLanes.Load(ref left[0]), TLanes.Load(ref right[0]), TLanes.Load(ref sum[0]));
        AssertLanes(TLanes.Add(a, b), i => left[i] + right[i]);
        AssertLanes(TLanes.Subtract(a, b), i => left[i] - right[i]);
        AssertLanes(TLanes.Multiply(a, b), i => left[i] * right[i]);
        AssertLanes(TLanes.Divide(a, b), i => left[i] / right[i]);
        AssertLanes(TLanes.MultiplyAdd(a, b, c), i => T.FusedMultiplyAdd(left[i], right[i], sum[i]));
        AssertLanes(TLanes.MultiplySubtract(a, b, c), i => T.FusedMultiplyAdd(left[i], right[i], -sum[i]));
        AssertLanes(TLanes.Max(a, c), i => T.Max(left[i], sum[i]));
        AssertLanes(TLanes.Abs(b), i => T.Abs(right[i]));
        AssertLanes(TLanes.Sqrt(TLanes.Abs(c)), i => T.Sqrt(T.Abs(sum[i])));
        AssertLanes(TLanes.Floor(a), i => T.Floor(left[i]));
        AssertLanes(TLanes.Select(b, a, c), i => right[i] >= T.Zero ? left[i] : sum[i]);
        AssertLanes(TLanes.PowerOfTwo(TLanes.Floor(a)), i => T.ScaleB(T.One, int.CreateTruncating(T.Floor(left[i]))));
        var singles = Enumerable.Range(0, count).Select(i => (float)i / 7).ToArray();
        AssertLanes(TLanes.LoadSingles(ref singles[0]), i => T.CreateTruncating(singles[i]));
        var spoiled = singles.ToArray();
        for (var known = count; known >= -count; known--)
        {
            AssertLanes(TLanes.LoadSingles(ref spoiled[0], known), i => i < known ? T.CreateTruncating(singles[i]) : T.Zero);
            if (known > 0)
                spoiled[known - 1] = float.NaN;
        }

        var narrow = new float[count];
        TLanes.StoreSingles(a, ref narrow[0]);
        Assert.Equal(left.Select(float.CreateTruncating), narrow);

        var largest = left.Max();
        Assert.True(TLanes.AreAtMost(a, largest));
        Assert.False(TLanes.AreAtMost(a, T.BitDecrement(largest)));
        left[count - 1] = T.NaN;
        Assert.False(TLanes.AreAtMost(TLanes.Load(ref left[0]), T.PositiveInfinity));

        T[] Draw(int first) => [.. Enumerable.Range(first, count).Select(i => T.CreateTruncating(30 * stream.Normal((ulong)i)))];

        void AssertLanes(TLanes lanes, Func<int, T> expected)
        {
            var stored = new T[count];
            TLanes.Store(lanes, ref stored[0]);
            // Signs of zeros included.
            Assert.Equal(Enumerable.Range(0, count).Select(i => (expected(i), T.IsNegative(expected(i)))), stored.Select(value => (value, T.IsNegative(value))));
        }
    }
}
