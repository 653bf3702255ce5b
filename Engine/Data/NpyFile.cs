using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Reads and writes arrays in numpy's .npy format: one or two dimensions, little-endian.</summary>
/// <remarks>
/// <para>Read are format versions 1.0 to 3.0 of the types in <see cref="NpyElement"/>, row by row or column by column (Fortran order, as pandas writes); written is version 1.0, row by row. Bytes after the last value are ignored, as numpy does.
/// Nothing in a file is ever executed: arrays of Python objects are refused.</para>
/// <para>Every error in a file is an <see cref="InvalidDataException"/> that names the file. A path that leads to no file, or a link to none, is a <see cref="FileNotFoundException"/>,
/// in a folder that is not there a <see cref="DirectoryNotFoundException"/>; a folder, or a file that may not be read, an <see cref="UnauthorizedAccessException"/>. To read a large file without loading it, see <see cref="SampleMatrix.Map(string)"/>; arrays of a .npz file, see <see cref="NpzFile"/>.</para>
/// </remarks>
public static partial class NpyFile
{
    private const int ChunkLength = 1 << 16;

    /// <summary>Reads what a file says of itself, and checks that it is as long as it says.</summary>
    /// <param name="path">A .npy file.</param>
    /// <returns>Element type, shape and offset of the values.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file is not a .npy file that can be read here, or is truncated.</exception>
    public static NpyHeader ReadHeader(string path)
    {
        using var input = NpyInput.Open(path);
        return NpyHeader.Read(input);
    }

    /// <summary>Reads all values of a file.</summary>
    /// <typeparam name="T">Half, float, double, an integer of 8 to 64 bits, or bool; the file's own type, nothing is converted.</typeparam>
    /// <param name="path">A .npy file of fewer than 2^31 values.</param>
    /// <returns>The values, row-major, and the shape.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is another type.</exception>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file cannot be read here, holds another type, or has too many values for one array.</exception>
    public static NpyArray<T> Read<T>(string path)
        where T : unmanaged
    {
        using var input = NpyInput.Open(path);
        return Read<T>(input);
    }

    /// <summary>Reads a table of numbers into memory of its own, padded for kernels.</summary>
    /// <param name="path">A .npy file of two dimensions, of any type in <see cref="NpyElement"/>.</param>
    /// <returns>One row a sample. A float64 value, and a whole number beyond 2^24, is rounded to the nearest float32; beyond its range it becomes infinite, which <see cref="SampleMatrix.EnsureFinite"/> finds. A truth value is 0 or 1.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file cannot be read here, or is not two-dimensional.</exception>
    public static SampleMatrix ReadSamples(string path)
    {
        using var input = NpyInput.Open(path);
        return ReadSamples(input);
    }

    /// <summary>Reads all values of an input.</summary>
    internal static NpyArray<T> Read<T>(NpyInput input)
        where T : unmanaged
    {
        var element = NpyElements.Of<T>();
        var header = NpyHeader.Read(input);
        if (header.Element != element)
            Throw.InvalidData_File(input.Name, $"the values are {header.Element.Descr()} where {element.Descr()} is asked for; read them as {header.Element}.");
        if (header.ElementCount > Array.MaxLength)
            Throw.InvalidData_File(input.Name, $"{header.ElementCount:N0} values do not fit in one array; use SampleMatrix.Map or ReadSamples.");

        var values = new T[header.ElementCount];
        if (header.IsColumnMajor)
            ReadColumns<T>(input, header, (row, firstColumn, part) => part.CopyTo(values.AsSpan((int)((row * header.Shape[1]) + firstColumn))));
        for (var start = 0; start < values.Length && !header.IsColumnMajor; start += ChunkLength)
            input.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(ChunkLength, values.Length - start))));
        input.CheckWhole();
        if (element == NpyElement.Boolean)
            CheckTruthValues(input.Name, MemoryMarshal.AsBytes(values.AsSpan()), 0);
        return new NpyArray<T>(values, header.Shape[0], header.Shape.Count == 2 ? header.Shape[1] : 1);
    }

    /// <summary>Reads a table of numbers from an input.</summary>
    internal static SampleMatrix ReadSamples(NpyInput input)
    {
        var header = NpyHeader.Read(input);
        var (rowCount, featureCount) = CheckSampleShape(input.Name, header);
        var samples = SampleMatrix.Create(rowCount, featureCount);
        switch (header.Element)
        {
            case NpyElement.Float32:
                Fill<float>(input, header, samples);
                break;
            case NpyElement.Float64:
                Fill<double>(input, header, samples);
                break;
            case NpyElement.Float16:
                Fill<Half>(input, header, samples);
                break;
            case NpyElement.Int8:
                Fill<sbyte>(input, header, samples);
                break;
            case NpyElement.Int16:
                Fill<short>(input, header, samples);
                break;
            case NpyElement.Int32:
                Fill<int>(input, header, samples);
                break;
            case NpyElement.Int64:
                Fill<long>(input, header, samples);
                break;
            case NpyElement.UInt16:
                Fill<ushort>(input, header, samples);
                break;
            case NpyElement.UInt32:
                Fill<uint>(input, header, samples);
                break;
            case NpyElement.UInt64:
                Fill<ulong>(input, header, samples);
                break;
            default:
                Fill<byte>(input, header, samples);
                break;
        }

        input.CheckWhole();
        return samples;
    }

    /// <summary>Returns the shape of a table of samples, or throws when the file holds none.</summary>
    internal static (long RowCount, int FeatureCount) CheckSampleShape(string path, NpyHeader header)
    {
        if (header.Shape.Count != 2)
            Throw.InvalidData_File(path, $"the array has shape ({header.Shape[0]},); samples are two-dimensional, save array.reshape(-1, featureCount).");
        if (header.Shape[1] is < 1 or > SampleMatrix.MaxFeatureCount)
            Throw.InvalidData_File(path, $"the array has {header.Shape[1]:N0} columns; allowed is 1 to {SampleMatrix.MaxFeatureCount:N0}.");
        return (header.Shape[0], (int)header.Shape[1]);
    }

    private static void Fill<T>(NpyInput input, NpyHeader header, SampleMatrix samples)
        where T : unmanaged, INumberBase<T>
    {
        if (header.IsColumnMajor)
        {
            ReadColumns<T>(input, header, (row, firstColumn, part) => Convert(part, row, firstColumn));
            return;
        }

        var values = new T[samples.FeatureCount];
        for (long row = 0; row < samples.RowCount; row++)
        {
            if (typeof(T) == typeof(float))
            {
                input.ReadExactly(MemoryMarshal.AsBytes(samples.GetWritableRow(row)));
                continue;
            }

            input.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            Convert(values, row, 0);
        }

        void Convert(ReadOnlySpan<T> part, long row, int firstColumn)
        {
            if (header.Element == NpyElement.Boolean)
                CheckTruthValues(input.Name, MemoryMarshal.AsBytes(part), (row * samples.FeatureCount) + firstColumn);
            TensorPrimitives.ConvertTruncating(part, samples.GetWritableRow(row)[firstColumn..]);
        }
    }

    private static void ReadColumns<T>(NpyInput input, NpyHeader header, NpyTiles<T>.RowPart receive)
        where T : unmanaged
    {
        if (input.IsFile)
        {
            new NpyTiles<T>(input, header).Read(receive);
            return;
        }

        // What may be compressed is read from beginning to end, and every column visits all rows.
        var values = new T[ChunkLength];
        for (var column = 0; column < header.Shape[1]; column++)
        {
            for (long firstRow = 0; firstRow < header.Shape[0]; firstRow += ChunkLength)
            {
                var part = values.AsSpan(0, (int)Math.Min(ChunkLength, header.Shape[0] - firstRow));
                input.ReadExactly(MemoryMarshal.AsBytes(part));
                for (var i = 0; i < part.Length; i++)
                    receive(firstRow + i, column, part.Slice(i, 1));
            }
        }
    }

    // A bool of another bit pattern is neither true nor false to the compiler's comparisons.
    private static void CheckTruthValues(string path, ReadOnlySpan<byte> values, long first)
    {
        var other = values.IndexOfAnyExcept<byte>(0, 1);
        if (other >= 0)
            Throw.InvalidData_File(path, $"value {first + other:N0} is the byte {values[other]}; a truth value is 0 or 1.");
    }
}
