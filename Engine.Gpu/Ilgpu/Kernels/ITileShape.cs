namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>How many threads share a tile: a square of so many a side, a constant to the compiler.</summary>
internal interface ITileShape
{
    /// <summary>Gets the side, a power of two of at most 16.</summary>
    static abstract int Side { get; }
}

/// <summary>256 threads, tiles of 128 queries x 128 rows: a GPU.</summary>
internal readonly struct WideTile : ITileShape
{
    public static int Side => 16;
}

/// <summary>4 threads, tiles of 16 x 16: devices with small groups, such as ILGPU's CPU accelerator, where threads wait for each other for long.</summary>
internal readonly struct NarrowTile : ITileShape
{
    public static int Side => 2;
}
