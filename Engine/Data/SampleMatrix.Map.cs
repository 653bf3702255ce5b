using Engine.Diagnostics;

namespace Engine.Data;

/// <content>Matrices that are read from a file on demand.</content>
public sealed partial class SampleMatrix
{
    /// <summary>Maps a .npy file of float32 samples into memory; rows are read from disk when a kernel reaches them.</summary>
    /// <param name="path">A .npy file of two dimensions, float32; of any size. It must not be changed or shortened while it is mapped.</param>
    /// <returns>A read-only matrix; dispose it to unmap the file, which every block read from it ends with.</returns>
    /// <exception cref="InvalidDataException">The file is not such a file, or is truncated; a float64 file is read by <see cref="NpyFile.ReadSamples"/>.</exception>
    /// <remarks>
    /// <para><b>Cost</b>: opening reads the header only. Rows of a multiple of 16 features are used where they lie in the map; others are copied, padded, into the reader's scratch.</para>
    /// <para>Using the matrix after <see cref="Dispose"/> throws <see cref="ObjectDisposedException"/>; a thread that still reads a block while another disposes the matrix crashes the process.</para>
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
            return new SampleMatrix(new MappedRows(stream, header), rowCount, featureCount);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
