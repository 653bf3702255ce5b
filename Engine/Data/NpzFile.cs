using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Reads arrays by name from numpy's .npz format: a zip file of .npy files, stored (numpy.savez) or compressed (numpy.savez_compressed).</summary>
/// <remarks>
/// <para>An array is read as <see cref="NpyFile"/> reads a file, straight from the zip file: a compressed one is inflated on the way and is never in memory beside what is made of it.
/// What was not compressed can be mapped, by <see cref="SampleMatrix.Map(string, string)"/>.</para>
/// <para>An array that is read whole is compared with the checksum of the zip file. Every error in a file is an <see cref="InvalidDataException"/> that names file and array.</para>
/// </remarks>
public static class NpzFile
{
    private const string Suffix = ".npy";
    private const int MostShown = 20;

    /// <summary>Lists the arrays.</summary>
    /// <param name="path">A .npz file.</param>
    /// <returns>Their names, in the order of the file.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file is no zip file, or damaged.</exception>
    public static IReadOnlyList<string> Names(string path)
    {
        using var stream = RegularFile.Open(path);
        return [.. ArraysOf(stream).Select(ArrayNameOf)];
    }

    /// <summary>Reads what an array says of itself.</summary>
    /// <param name="path">A .npz file.</param>
    /// <param name="name">The name of the array, with or without .npy.</param>
    /// <returns>Element type, shape, and offset of the values from the beginning of the array's own bytes.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file has no such array, or it cannot be read here.</exception>
    public static NpyHeader ReadHeader(string path, string name)
    {
        using var input = NpyInput.Open(path, name);
        return NpyHeader.Read(input);
    }

    /// <summary>Reads all values of an array.</summary>
    /// <typeparam name="T">The array's own type: Half, float, double, an integer of 8 to 64 bits or bool; nothing is converted.</typeparam>
    /// <param name="path">A .npz file.</param>
    /// <param name="name">The name of the array, with or without .npy; of fewer than 2^31 values.</param>
    /// <returns>The values, row-major, and the shape.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is another type.</exception>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file has no such array, or it cannot be read here, or holds another type.</exception>
    public static NpyArray<T> Read<T>(string path, string name)
        where T : unmanaged
    {
        using var input = NpyInput.Open(path, name);
        return NpyFile.Read<T>(input);
    }

    /// <summary>Reads a table of numbers into memory of its own, padded for kernels.</summary>
    /// <param name="path">A .npz file.</param>
    /// <param name="name">The name of an array of two dimensions, with or without .npy.</param>
    /// <returns>One row a sample, rounded to float32 as <see cref="NpyFile.ReadSamples(string)"/> does.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file has no such array, or it cannot be read here, or is not two-dimensional.</exception>
    public static SampleMatrix ReadSamples(string path, string name)
    {
        using var input = NpyInput.Open(path, name);
        return NpyFile.ReadSamples(input);
    }

    /// <summary>Finds the member that holds an array.</summary>
    internal static ZipMember Find(FileStream stream, string name)
    {
        var arrays = ArraysOf(stream);
        var found = arrays.Where(member => member.Name == name + Suffix).DefaultIfEmpty().Concat(arrays.Where(member => member.Name == name)).OfType<ZipMember>().ToArray();
        if (found.Length == 0)
        {
            var names = arrays.Count == 0 ? "it has none" : $"it has {string.Join(", ", arrays.Take(MostShown).Select(ArrayNameOf))}{(arrays.Count > MostShown ? $" and {arrays.Count - MostShown:N0} more" : "")}";
            Throw.InvalidData_File(stream.Name, $"there is no array '{name}'; {names}.");
        }

        if (found.Skip(1).Any(other => other.Name == found[0].Name))
            Throw.InvalidData_File(stream.Name, $"there are several arrays '{name}'; write the file again with one of each name.");
        return found[0];
    }

    /// <summary>Returns what numpy calls the array of a member.</summary>
    internal static string ArrayNameOf(ZipMember member) => member.Name[..^Suffix.Length];

    private static List<ZipMember> ArraysOf(FileStream stream) => [.. ZipMembers.Read(stream).Where(member => member.Name.EndsWith(Suffix, StringComparison.Ordinal))];
}
