using System.Runtime.InteropServices;
using Bench.Comparisons.Arrays;
using Engine.Data;

namespace Bench.Comparisons.Rivals;

/// <summary>The arrays of a case as files, written when the first rival asks for them.</summary>
internal sealed class ArrayFiles
{
    private readonly Lazy<(string Reference, string Queries)> _npy;
    private readonly Lazy<(string Reference, string Queries)> _raw;

    /// <summary>Names the folder; nothing is written yet.</summary>
    /// <param name="folder">An existing folder, for files of the case and of its rivals.</param>
    /// <param name="arrays">The arrays.</param>
    public ArrayFiles(string folder, CaseArrays arrays)
    {
        Folder = folder;
        Arrays = arrays;
        _npy = new(() => Write(".npy", NpyFile.Write));
        _raw = new(() => Write(".f32", WriteRaw));
    }

    /// <summary>Gets the folder.</summary>
    public string Folder { get; }

    /// <summary>Gets the arrays.</summary>
    public CaseArrays Arrays { get; }

    /// <summary>Gets the files in numpy's format.</summary>
    public (string Reference, string Queries) Npy => _npy.Value;

    /// <summary>Gets the files as float32 values and nothing else, row-major.</summary>
    public (string Reference, string Queries) Raw => _raw.Value;

    private (string Reference, string Queries) Write(string extension, Action<string, SampleMatrix> write)
    {
        var (reference, queries) = (Path.Combine(Folder, $"reference{extension}"), Path.Combine(Folder, $"queries{extension}"));
        write(reference, Arrays.Reference);
        write(queries, Arrays.Queries);
        return (reference, queries);
    }

    private static void WriteRaw(string path, SampleMatrix samples)
    {
        using var stream = File.Create(path);
        var row = new float[samples.FeatureCount];
        for (long i = 0; i < samples.RowCount; i++)
        {
            samples.CopyRow(i, row);
            stream.Write(MemoryMarshal.AsBytes(row.AsSpan()));
        }
    }
}
