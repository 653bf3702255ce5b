namespace Engine.Data;

/// <summary>The element types that are read from and written to .npy files, little-endian.</summary>
public enum NpyElement
{
    /// <summary>32-bit float, &lt;f4.</summary>
    Float32,

    /// <summary>64-bit float, &lt;f8.</summary>
    Float64,

    /// <summary>Signed 32-bit integer, &lt;i4.</summary>
    Int32,

    /// <summary>Signed 64-bit integer, &lt;i8.</summary>
    Int64,

    /// <summary>Unsigned byte, |u1.</summary>
    UInt8,

    /// <summary>Truth value, one byte 0 or 1, |b1.</summary>
    Boolean,

    /// <summary>16-bit float, &lt;f2.</summary>
    Float16,

    /// <summary>Signed byte, |i1.</summary>
    Int8,

    /// <summary>Signed 16-bit integer, &lt;i2.</summary>
    Int16,

    /// <summary>Unsigned 16-bit integer, &lt;u2.</summary>
    UInt16,

    /// <summary>Unsigned 32-bit integer, &lt;u4.</summary>
    UInt32,

    /// <summary>Unsigned 64-bit integer, &lt;u8.</summary>
    UInt64,
}
