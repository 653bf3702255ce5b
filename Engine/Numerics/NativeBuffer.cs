using System.Runtime.InteropServices;

namespace Engine.Numerics;

/// <summary>Memory outside the managed heap: aligned to 64 bytes, zeroed, of any length, at an address that kernels may keep.</summary>
internal sealed unsafe class NativeBuffer<T> : SafeHandle
    where T : unmanaged
{
    private const nuint Alignment = 64;

    private readonly long _bytes;

    /// <summary>Allocates zeros.</summary>
    /// <param name="length">The number of elements, 0 or more.</param>
    public NativeBuffer(long length)
        : base(0, ownsHandle: true)
    {
        Length = length;
        _bytes = checked(length * sizeof(T)) + (long)Alignment;
        var start = NativeMemory.AlignedAlloc((nuint)_bytes, Alignment);
        SetHandle((nint)start);
        NativeMemory.Clear(start, (nuint)_bytes);
        GC.AddMemoryPressure(_bytes);
    }

    /// <summary>Gets the number of elements.</summary>
    public long Length { get; }

    /// <summary>Gets the address of the first element; null once it was released, for whoever forgot a <see cref="Lifetime"/>.</summary>
    public T* Pointer => (T*)handle;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        SetHandle(0);
        GC.RemoveMemoryPressure(_bytes);
        return true;
    }
}
