using Engine.Diagnostics;

namespace Engine.Data;

/// <content>Matrices that are read from a file on demand.</content>
public sealed partial class SampleMatrix
{
    /// <summary>Maps a .npy file of float32 samples into memory; rows are read from disk when a kernel reaches them.</summary>
    /// <param name="path">A .npy file of two dimensions, float32; of any size. It must not be changed while it is mapped.</param>
    /// <returns>A read-only matrix; dispose it to unmap the file, which every block read from it ends with.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file is not such a file, or is truncated; another type is read by <see cref="NpyFile.ReadSamples(string)"/>.</exception>
    /// <remarks>
    /// <para><b>Cost</b>: opening reads the header only. Rows of a multiple of 16 features are used where they lie in the map; others are copied, padded, into the reader's scratch.</para>
    /// <para>Every operation first asks how long the file is, and throws <see cref="InvalidDataException"/> where it was cut short; one that is cut while an operation reads it still ends the process.</para>
    /// <para>Operations of this library that run while another thread disposes the matrix keep the map until they end. A block that the caller read in place ends with the map: reading it
    /// after <see cref="Dispose"/> can end the process.</para>
    /// </remarks>
    public static SampleMatrix Map(string path) => Map(NpyInput.Open(path));

    /// <summary>Maps an array of a .npz file that was not compressed (numpy.savez) into memory, where it lies in the file.</summary>
    /// <param name="path">A .npz file, of any size. It must not be changed while it is mapped.</param>
    /// <param name="name">The name of an array of two dimensions, float32, with or without .npy.</param>
    /// <returns>A read-only matrix, like one that is mapped from a .npy file; dispose it to unmap the file.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or has no such array, or the array is compressed or of another kind; <see cref="NpzFile.ReadSamples"/> reads those.</exception>
    /// <remarks><b>Cost</b>: that of a map of a .npy file; rows are seldom used in place, as a zip file begins its members at any byte. The checksum of the array is not looked at.</remarks>
    public static SampleMatrix Map(string path, string name) => Map(NpyInput.Open(path, name));

    private static SampleMatrix Map(NpyInput input)
    {
        try
        {
            var header = NpyHeader.Read(input);
            var reader = input.IsFile ? "NpyFile.ReadSamples" : "NpzFile.ReadSamples";
            if (header.Element != NpyElement.Float32)
                Throw.InvalidData_File(input.Name, $"the values are {header.Element.Descr()} and only <f4 can be used in place; convert with array.astype('<f4'), or load it with {reader}.");
            var (rowCount, featureCount) = NpyFile.CheckSampleShape(input.Name, header);
            if (header.IsColumnMajor)
                Throw.InvalidData_File(input.Name, $"the values lie column by column (Fortran order), as pandas writes them, and rows can be used in place only where they lie row by row; load it with {reader}, or save numpy.ascontiguousarray(array).");
            if (input.Offset is not { } offset)
            {
                Throw.InvalidData_File(input.Name, $"the values are compressed and cannot be used in place; load them with {reader}, or write the file with numpy.savez.");
                return null;
            }

            return new SampleMatrix(new MappedRows(input.File, input.Name, header, offset), rowCount, featureCount);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }
}
