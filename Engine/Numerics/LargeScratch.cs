using System.Buffers;

namespace Engine.Numerics;

/// <summary>Rents arrays that hold something of every row: of a large table each is made as long as it must be, and is not kept.</summary>
/// <remarks>The shared pool rounds lengths up to powers of two and keeps what is returned, which of ten million rows is most of the memory of a metric; shorter arrays come from there.</remarks>
internal sealed class LargeScratch<T> : ArrayPool<T>
{
    /// <summary>The longest array of the shared pool; a power of two, so that none of it is longer.</summary>
    private const int LongestShared = 1 << 22;

    private LargeScratch()
    {
    }

    /// <summary>Gets the one instance.</summary>
    public static LargeScratch<T> Pool { get; } = new();

    /// <inheritdoc/>
    public override T[] Rent(int minimumLength) =>
        minimumLength <= LongestShared ? Shared.Rent(minimumLength) : GC.AllocateUninitializedArray<T>(minimumLength);

    /// <inheritdoc/>
    public override void Return(T[] array, bool clearArray = false)
    {
        if (array.Length <= LongestShared)
            Shared.Return(array, clearArray);
    }
}
