using System.Buffers;

namespace Engine.Tests.Support;

/// <summary>Memory from <see cref="GuardedMemory"/>: a span, a <see cref="Memory{T}"/> or a pointer, unmapped when disposed.</summary>
internal sealed unsafe class GuardedBuffer<T>(T* values, int length, nint mapping, nuint mappingSize) : MemoryManager<T>
    where T : unmanaged
{
    private bool _isDisposed;

    public Span<T> Span => GetSpan();

    public T* Pointer => values;

    public override Span<T> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new Span<T>(values, length);
    }

    // The memory never moves, there is nothing to pin.
    public override MemoryHandle Pin(int elementIndex = 0) => new(values + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        GuardedMemory.Free(mapping, mappingSize);
    }
}
