using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Engine.Numerics;

/// <summary>Hints that memory is needed soon, so that it arrives while a kernel computes.</summary>
internal static unsafe class Prefetch
{
    /// <summary>Brings a cache line to the second-level cache; does nothing where the machine has no such instruction, or the address no memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }
}
