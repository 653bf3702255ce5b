using Engine.Compute.Search;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Compute.Search;

/// <summary>Distances of boxes against plain loops, beside inaccessible pages.</summary>
public sealed unsafe class BoxTests
{
    [Fact]
    public void SquaredGap_AnyBoxes_EqualsPlainLoops()
    {
        for (var length = ShortBox.Multiple; length <= 64; length += ShortBox.Multiple)
        {
            foreach (var atEnd in new[] { true, false })
            {
                // Codes of rows within the radius: gaps are sums of squares below 2^31.
                var bound = (int)(ContractiveQuantizer.RadiusInSteps / Math.Sqrt(length));
                using GuardedBuffer<short> a = Shorts(1), b = Shorts(2), c = Shorts(3), d = Shorts(4);
                MakeCorners(a.Span, b.Span);
                MakeCorners(c.Span, d.Span);
                var (gap, distance) = (0, 0);
                for (var i = 0; i < length; i++)
                {
                    var between = Math.Max(0, Math.Max(c.Span[i] - b.Span[i], a.Span[i] - d.Span[i]));
                    gap += between * between;
                    distance += (a.Span[i] - c.Span[i]) * (a.Span[i] - c.Span[i]);
                }

                Assert.Equal(gap, ShortBox.SquaredGap(a.Pointer, b.Pointer, c.Pointer, d.Pointer, length));
                Assert.Equal(gap, ShortBox.SquaredGap(c.Pointer, d.Pointer, a.Pointer, b.Pointer, length));
                Assert.Equal(distance, ShortBox.SquaredDistance(a.Pointer, c.Pointer, length));

                GuardedBuffer<short> Shorts(ulong stream)
                {
                    var draws = new RandomStream((ulong)length, stream);
                    return Guarded(atEnd, Enumerable.Range(0, length).Select(i => (short)((int)draws.Below((ulong)i, (ulong)(2 * bound) + 1) - bound)));
                }
            }
        }
    }

    [Fact]
    public void Gap_AnyBoxes_EqualsPlainLoops()
    {
        for (var length = ByteBox.Multiple; length <= 256; length += ByteBox.Multiple)
        {
            foreach (var atEnd in new[] { true, false })
            {
                using GuardedBuffer<byte> a = Bytes(1), b = Bytes(2), c = Bytes(3), d = Bytes(4);
                MakeCorners(a.Span, b.Span);
                MakeCorners(c.Span, d.Span);
                var (gap, corners) = (0, 0L);
                for (var i = 0; i < length; i++)
                {
                    gap += Math.Max(0, Math.Max(c.Span[i] - b.Span[i], a.Span[i] - d.Span[i]));
                    corners += Math.Abs(a.Span[i] - c.Span[i]) + Math.Abs(b.Span[i] - d.Span[i]);
                }

                Assert.Equal(gap, ByteBox.Gap(a.Pointer, b.Pointer, c.Pointer, d.Pointer, length));
                Assert.Equal(gap, ByteBox.Gap(c.Pointer, d.Pointer, a.Pointer, b.Pointer, length));
                Assert.Equal(corners, ByteBox.CornerDistance(a.Pointer, b.Pointer, c.Pointer, d.Pointer, length));

                GuardedBuffer<byte> Bytes(ulong stream)
                {
                    // Both extremes are common.
                    var draws = new RandomStream((ulong)length, stream);
                    return Guarded(atEnd, Enumerable.Range(0, length).Select(i => (byte)Math.Clamp((int)draws.Below((ulong)i, 400) - 72, 0, 255)));
                }
            }
        }
    }

    [Fact]
    public void Include_Rows_BoxHoldsAll()
    {
        short[] low = [3, 3, 3], high = [3, 3, 3], codes = [-7, 3, 9];
        fixed (short* lowStart = low, highStart = high, codesStart = codes)
            ShortBox.Include(lowStart, highStart, codesStart, 3);
        Assert.Equal([-7, 3, 3], low);
        Assert.Equal([3, 3, 9], high);
    }

    private static GuardedBuffer<T> Guarded<T>(bool atEnd, IEnumerable<T> values)
        where T : unmanaged => atEnd ? GuardedMemory.EndingAtGuard<T>(values.ToArray()) : GuardedMemory.StartingAtGuard<T>(values.ToArray());

    /// <summary>Makes of two rows the corners of a box.</summary>
    private static void MakeCorners<T>(Span<T> low, Span<T> high)
        where T : IComparable<T>
    {
        for (var i = 0; i < low.Length; i++)
        {
            if (low[i].CompareTo(high[i]) > 0)
                (low[i], high[i]) = (high[i], low[i]);
        }
    }
}
