using System.Buffers;
using Engine.Numerics;

namespace Engine.Tests.Numerics;

public sealed class LargeScratchTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(1 << 22)]
    public void Rent_UpToFourMillion_ComesFromTheSharedPool(int length)
    {
        var array = LargeScratch<byte>.Pool.Rent(length);
        Assert.InRange(array.Length, length, 1 << 22);
        LargeScratch<byte>.Pool.Return(array);
        // On this thread the pool gives what was returned last.
        var again = ArrayPool<byte>.Shared.Rent(length);
        Assert.Same(array, again);
        ArrayPool<byte>.Shared.Return(again);
    }

    [Fact]
    public void Rent_More_IsAsLongAsAskedForAndNotKept()
    {
        var array = LargeScratch<byte>.Pool.Rent((1 << 22) + 1);
        Assert.Equal((1 << 22) + 1, array.Length);
        LargeScratch<byte>.Pool.Return(array);
        Assert.NotSame(array, LargeScratch<byte>.Pool.Rent((1 << 22) + 1));
    }
}
