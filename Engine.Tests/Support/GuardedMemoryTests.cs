using System.Globalization;

namespace Engine.Tests.Support;

/// <summary>The guard itself is tested: a guard that does not hold would let every kernel test pass.</summary>
public sealed unsafe class GuardedMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(257)]
    [InlineData(5000)]
    public void EndingAtGuard_ByteAfterTheEnd_IsInaccessible(int length)
    {
        using var buffer = GuardedMemory.EndingAtGuard<float>(length);
        Assert.Equal("---p", AccessAt((nint)(buffer.Pointer + length)));
        if (length > 0)
            Assert.Equal("rw-p", AccessAt((nint)(buffer.Pointer + length) - 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(257)]
    [InlineData(5000)]
    public void StartingAtGuard_ByteBeforeTheStart_IsInaccessible(int length)
    {
        using var buffer = GuardedMemory.StartingAtGuard<double>(length);
        Assert.Equal("---p", AccessAt((nint)buffer.Pointer - 1));
        if (length > 0)
            Assert.Equal("rw-p", AccessAt((nint)buffer.Pointer));
    }

    [Fact]
    public void EndingAtGuard_Values_AreCopiedAndWritable()
    {
        using var buffer = GuardedMemory.EndingAtGuard<int>([1, 2, 3]);
        buffer.Span[1] = 7;
        Assert.Equal([1, 7, 3], buffer.Memory.Span.ToArray());
    }

    [Fact]
    public void GetSpan_AfterDispose_Throws()
    {
        var buffer = GuardedMemory.StartingAtGuard<byte>([1]);
        ((IDisposable)buffer).Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.GetSpan().Length);
    }

    // Lines read "7f12a000-7f12b000 rw-p ..."; the kernel's own word on what an access there would do.
    private static string AccessAt(nint address)
    {
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var parts = line.Split('-', ' ');
            if (address >= nint.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                && address < nint.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            {
                return line.Split(' ')[1];
            }
        }

        return "unmapped";
    }
}
