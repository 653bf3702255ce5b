using System.Runtime.InteropServices;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Reads and writes arrays in numpy's .npy format: one or two dimensions, little-endian.</summary>
/// <remarks>
/// <para>Read are format versions 1.0 to 3.0 of the types in <see cref="NpyElement"/>, row by row or column by column (Fortran order, as pandas writes); written is version 1.0, row by row. Bytes after the last value are ignored, as numpy does.
/// Nothing in a file is ever executed: arrays of Python objects are refused.</para>
/// <para>Every error in a file is an <see cref="InvalidDataException"/> that names the file. A path that leads to no file, or a link to none, is a <see cref="FileNotFoundException"/>,
/// in a folder that is not there a <see cref="DirectoryNotFoundException"/>; a folder, or a file that may not be read, an <see cref="UnauthorizedAccessException"/>. To read a large file without loading it, see <see cref="SampleMatrix.Map"/>.</para>
/// </remarks>
public static partial class NpyFile
{
    private const int BufferLength = 1 << 20;
    private const int ChunkLength = 1 << 16;

    /// <summary>Reads what a file says of itself, and checks that it is as long as it says.</summary>
    /// <param name="path">A .npy file.</param>
    /// <returns>Element type, shape and offset of the values.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file is not a .npy file that can be read here, or is truncated.</exception>
    public static NpyHeader ReadHeader(string path)
    {
        using var stream = Open(path);
        return NpyHeader.Read(stream);
    }

    /// <summary>Reads all values of a file.</summary>
    /// <typeparam name="T">float, double, int, long, byte or bool; the file's own type, nothing is converted.</typeparam>
    /// <param name="path">A .npy file of fewer than 2^31 values.</param>
    /// <returns>The values, row-major, and the shape.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is another type.</exception>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file cannot be read here, holds another type, or has too many values for one array.</exception>
    public static NpyArray<T> Read<T>(string path)
        where T : unmanaged
    {
        var element = NpyElements.Of<T>();
        using var stream = Open(path);
        var header = NpyHeader.Read(stream);
        if (header.Element != element)
            Throw.InvalidData_File(path, $"the values are {header.Element.Descr()} where {element.Descr()} is asked for; read them as {header.Element}.");
        if (header.ElementCount > Array.MaxLength)
            Throw.InvalidData_File(path, $"{header.ElementCount:N0} values do not fit in one array; use SampleMatrix.Map or NpyFile.ReadSamples.");

        var values = new T[header.ElementCount];
        if (header.IsColumnMajor)
            new NpyTiles<T>(stream, header).Read((row, firstColumn, part) => part.CopyTo(values.AsSpan((int)((row * header.Shape[1]) + firstColumn))));
        for (var start = 0; start < values.Length && !header.IsColumnMajor; start += ChunkLength)
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(ChunkLength, values.Length - start))));
        if (element == NpyElement.Boolean)
            CheckTruthValues(path, MemoryMarshal.AsBytes(values.AsSpan()));
        return new NpyArray<T>(values, header.Shape[0], header.Shape.Count == 2 ? header.Shape[1] : 1);
    }

    /// <summary>Reads a table of floats into memory of its own, padded for kernels.</summary>
    /// <param name="path">A .npy file of two dimensions, float32 or float64.</param>
    /// <returns>One row a sample. A float64 value is rounded to the nearest float32; beyond its range it becomes infinite, which <see cref="SampleMatrix.EnsureFinite"/> finds.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file cannot be read here, holds other values, or is not two-dimensional.</exception>
    public static SampleMatrix ReadSamples(string path)
    {
        using var stream = Open(path);
        var header = NpyHeader.Read(stream);
        if (header.Element is not (NpyElement.Float32 or NpyElement.Float64))
            Throw.InvalidData_File(path, $"the values are {header.Element.Descr()}; samples are <f4 or <f8, convert with array.astype('<f4').");
        var (rowCount, featureCount) = CheckSampleShape(path, header);
        var samples = SampleMatrix.Create(rowCount, featureCount);
        if (header.IsColumnMajor)
        {
            ReadColumns(stream, header, samples);
            return samples;
        }

        var doubles = new double[header.Element == NpyElement.Float64 ? featureCount : 0];
        for (long row = 0; row < rowCount; row++)
        {
            var destination = samples.GetWritableRow(row);
            if (header.Element == NpyElement.Float32)
            {
                stream.ReadExactly(MemoryMarshal.AsBytes(destination));
                continue;
            }

            stream.ReadExactly(MemoryMarshal.AsBytes(doubles.AsSpan()));
            for (var column = 0; column < featureCount; column++)
                destination[column] = (float)doubles[column];
        }

        return samples;
    }

    /// <summary>Opens a file for reading; others may read it too.</summary>
    internal static FileStream Open(string path) => RegularFile.Open(path, BufferLength);

    /// <summary>Returns the shape of a table of samples, or throws when the file holds none.</summary>
    internal static (long RowCount, int FeatureCount) CheckSampleShape(string path, NpyHeader header)
    {
        if (header.Shape.Count != 2)
            Throw.InvalidData_File(path, $"the array has shape ({header.Shape[0]},); samples are two-dimensional, save array.reshape(-1, featureCount).");
        if (header.Shape[1] is < 1 or > SampleMatrix.MaxFeatureCount)
            Throw.InvalidData_File(path, $"the array has {header.Shape[1]:N0} columns; allowed is 1 to {SampleMatrix.MaxFeatureCount:N0}.");
        return (header.Shape[0], (int)header.Shape[1]);
    }

    private static void ReadColumns(FileStream stream, NpyHeader header, SampleMatrix samples)
    {
        if (header.Element == NpyElement.Float32)
        {
            new NpyTiles<float>(stream, header).Read((row, firstColumn, part) => part.CopyTo(samples.GetWritableRow(row)[firstColumn..]));
            return;
        }

        new NpyTiles<double>(stream, header).Read((row, firstColumn, part) =>
        {
            var destination = samples.GetWritableRow(row)[firstColumn..];
            for (var column = 0; column < part.Length; column++)
                destination[column] = (float)part[column];
        });
    }

    // A bool of another bit pattern is neither true nor false to the compiler's comparisons.
    private static void CheckTruthValues(string path, ReadOnlySpan<byte> values)
    {
        var other = values.IndexOfAnyExcept<byte>(0, 1);
        if (other >= 0)
            Throw.InvalidData_File(path, $"value {other:N0} is the byte {values[other]}; a truth value is 0 or 1.");
    }
}
