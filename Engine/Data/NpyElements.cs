using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>What numpy calls each element type, and what C# does.</summary>
internal static class NpyElements
{
    private static readonly (NpyElement Element, string Descr, Type Type, int Size)[] s_table =
    [
        (NpyElement.Float32, "<f4", typeof(float), sizeof(float)),
        (NpyElement.Float64, "<f8", typeof(double), sizeof(double)),
        (NpyElement.Int32, "<i4", typeof(int), sizeof(int)),
        (NpyElement.Int64, "<i8", typeof(long), sizeof(long)),
        (NpyElement.UInt8, "|u1", typeof(byte), sizeof(byte)),
        (NpyElement.Boolean, "|b1", typeof(bool), sizeof(bool)),
        (NpyElement.Float16, "<f2", typeof(Half), sizeof(short)),
        (NpyElement.Int8, "|i1", typeof(sbyte), sizeof(sbyte)),
        (NpyElement.Int16, "<i2", typeof(short), sizeof(short)),
        (NpyElement.UInt16, "<u2", typeof(ushort), sizeof(ushort)),
        (NpyElement.UInt32, "<u4", typeof(uint), sizeof(uint)),
        (NpyElement.UInt64, "<u8", typeof(ulong), sizeof(ulong)),
    ];

    /// <summary>Returns numpy's name of an element type, such as &lt;f4.</summary>
    public static string Descr(this NpyElement element) => s_table[(int)element].Descr;

    /// <summary>Returns the size of an element in bytes.</summary>
    public static int Size(this NpyElement element) => s_table[(int)element].Size;

    /// <summary>Finds an element type by numpy's name.</summary>
    public static bool TryParse(string descr, out NpyElement element)
    {
        var index = Array.FindIndex(s_table, entry => entry.Descr == descr);
        element = index < 0 ? default : s_table[index].Element;
        return index >= 0;
    }

    /// <summary>Returns the element type of a C# type.</summary>
    /// <exception cref="ArgumentException">The type has none.</exception>
    public static NpyElement Of<T>()
    {
        var index = Array.FindIndex(s_table, entry => entry.Type == typeof(T));
        if (index < 0)
            Throw.Argument_Invalid(nameof(T), $"{typeof(T)} has no .npy element type here; use Half, float, double, an integer of 8 to 64 bits, or bool.");
        return s_table[index].Element;
    }
}
