using Engine.Numerics;

namespace Engine.Tests.Numerics;

public sealed unsafe class NativeBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(4097)]
    public void Pointer_AnyLength_IsAlignedAndZeroed(int length)
    {
        // Memory that was used before is what the next allocation is likely to get.
        for (var repeat = 0; repeat < 20; repeat++)
        {
            using var buffer = new NativeBuffer<int>(length);
            Assert.Equal(length, buffer.Length);
            Assert.Equal(0u, (nuint)buffer.Pointer % 64);
            var values = new Span<int>(buffer.Pointer, length);
            Assert.Equal(-1, values.IndexOfAnyExcept(0));
            values.Fill(-1);
        }
    }

    [Fact]
    public void Dispose_Twice_IsHarmless()
    {
        var buffer = new NativeBuffer<long>(5);
        buffer.Dispose();
        buffer.Dispose();
        Assert.True(buffer.IsClosed);
    }

    [Fact]
    public void Constructor_MoreBytesThanCanBeCounted_Throws() => Assert.Throws<OverflowException>(() => new NativeBuffer<long>(long.MaxValue / 4));
}
