using System.Runtime.InteropServices;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Writes rows of float32 to a .npy file as they come, so that a table need never be in memory: <see cref="SampleMatrix.Map(string)"/> reads it.</summary>
/// <remarks>The file appears under its name when <see cref="Complete"/> is called, and not at all when the writer is disposed before.</remarks>
public sealed class NpyWriter : IDisposable
{
    private readonly PendingFile _file;
    private readonly long _rowCount;
    private readonly int _featureCount;
    private long _valuesLeft;
    private bool _isDisposed;

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="rowCount">The number of rows, 0 to <see cref="SampleMatrix.MaxRowCount"/>.</param>
    /// <param name="featureCount">The number of features a row, 1 to <see cref="SampleMatrix.MaxFeatureCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public NpyWriter(string path, long rowCount, int featureCount)
    {
        SampleMatrix.CheckShape(rowCount, featureCount);
        (_rowCount, _featureCount, _valuesLeft) = (rowCount, featureCount, rowCount * featureCount);
        _file = new PendingFile(path);
        _file.Stream.Write(NpyHeader.Format(NpyElement.Float32, rowCount, featureCount));
    }

    /// <summary>Writes the next values, row after row.</summary>
    /// <param name="values">Any number of them, up to the end of the last row.</param>
    /// <exception cref="ArgumentException">There are more than the rows have.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public void Write(ReadOnlySpan<float> values)
    {
        ThrowIfDisposed();
        if (values.Length > _valuesLeft)
            Throw.Argument_Invalid(nameof(values), $"{nameof(values)} has {values.Length:N0} values and {_valuesLeft:N0} are left of {_rowCount:N0} rows of {_featureCount:N0}.");
        _file.Stream.Write(MemoryMarshal.AsBytes(values));
        _valuesLeft -= values.Length;
    }

    /// <summary>Ends the file, makes it last on its disk and gives it its name.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public void Complete()
    {
        ThrowIfDisposed();
        if (_valuesLeft > 0)
            Throw.InvalidOperation($"{_valuesLeft:N0} values of {_rowCount:N0} rows of {_featureCount:N0} were not written.");
        _file.Commit();
        Dispose();
    }

    /// <summary>Removes what was written, unless it is complete.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _file.Dispose();
    }

    private void ThrowIfDisposed()
    {
        if (_isDisposed)
            Throw.ObjectDisposed(nameof(NpyWriter));
    }
}
