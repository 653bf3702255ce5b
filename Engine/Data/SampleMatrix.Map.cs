using Engine.Diagnostics;

namespace Engine.Data;

/// <content>Matrices that are read from a file on demand.</content>
public sealed partial class SampleMatrix
{
    /// <summary>Maps a .npy file of float32 samples into memory; rows are read from disk when a kernel reaches them.</summary>
    /// <param name="path">A .npy file of two dimensions, float32; of any size. It must not be changed while it is mapped.</param>
    /// <returns>A read-only matrix; dispose it to unmap the file, which every block read from it ends with.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or a link leads to none.</exception>
    /// <exception cref="InvalidDataException">The file is not such a file, or is truncated; a float64 file is read by <see cref="NpyFile.ReadSamples"/>.</exception>
    /// <remarks>
    /// <para><b>Cost</b>: opening reads the header only. Rows of a multiple of 16 features are used where they lie in the map; others are copied, padded, into the reader's scratch.</para>
    /// <para>Every operation first asks how long the file is, and throws <see cref="InvalidDataException"/> where it was cut short; one that is cut while an operation reads it still ends the process.</para>
    /// <para>Operations of this library that run while another thread disposes the matrix keep the map until they end. A block that the caller read in place ends with the map: reading it
    /// after <see cref="Dispose"/> can end the process.</para>
    /// </remarks>
    public static SampleMatrix Map(string path)
    {
        var stream = NpyFile.Open(path);
        try
        {
            var header = NpyHeader.Read(stream);
            if (header.Element != NpyElement.Float32)
                Throw.InvalidData_File(path, $"the values are {header.Element.Descr()} and only <f4 can be used in place; convert with array.astype('<f4'), or load <f8 through NpyFile.ReadSamples.");
            var (rowCount, featureCount) = NpyFile.CheckSampleShape(path, header);
            if (header.IsColumnMajor)
                Throw.InvalidData_File(path, "the values lie column by column (Fortran order), as pandas writes them, and rows can be used in place only where they lie row by row; load it with NpyFile.ReadSamples, or save numpy.ascontiguousarray(array).");
            return new SampleMatrix(new MappedRows(stream, header), rowCount, featureCount);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
