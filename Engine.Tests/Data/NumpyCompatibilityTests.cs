using System.Diagnostics;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

/// <summary>Files exchanged with numpy itself, where a Python has it.</summary>
public sealed class NumpyCompatibilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_EveryType_NumpyReadsTheSameValues()
    {
        NpyFile.Write(_folder.File("f4.npy"), [1f, -0.5f, 3, 4, 5, 6], 2, 3);
        NpyFile.Write(_folder.File("f8.npy"), [0.1, 2]);
        NpyFile.Write(_folder.File("i4.npy"), [-1, 2]);
        NpyFile.Write(_folder.File("i8.npy"), [-1L, 1L << 40]);
        NpyFile.Write(_folder.File("u1.npy"), [(byte)0, (byte)255]);
        NpyFile.Write(_folder.File("b1.npy"), [true, false]);
        RunPython(
            """
            for name, values in [('f4', [[1, -0.5, 3], [4, 5, 6]]), ('f8', [0.1, 2]), ('i4', [-1, 2]), ('i8', [-1, 2**40]), ('u1', [0, 255]), ('b1', [True, False])]:
                array = numpy.load(name + '.npy')
                assert array.dtype.str.endswith(name), array.dtype
                assert numpy.array_equal(array, numpy.array(values, dtype=name)), name
            """);
    }

    [Fact]
    public void Write_Float32_IsByteForByteNumpysFile()
    {
        NpyFile.Write(_folder.File("ours.npy"), [1f, 2, 3, 4, 5, 6], 2, 3);
        RunPython("numpy.save('theirs.npy', numpy.arange(1, 7, dtype='<f4').reshape(2, 3))");
        Assert.Equal(File.ReadAllBytes(_folder.File("theirs.npy")), File.ReadAllBytes(_folder.File("ours.npy")));
    }

    [Fact]
    public void Read_EveryVersion_GivesNumpysValues()
    {
        RunPython(
            """
            array = numpy.arange(600 * 16, dtype='<f4').reshape(600, 16)
            for major in (1, 2, 3):
                with open(f'v{major}.npy', 'wb') as file:
                    numpy.lib.format.write_array(file, array, version=(major, 0))
            """);
        foreach (var major in new[] { 1, 2, 3 })
        {
            using var mapped = SampleMatrix.Map(_folder.File($"v{major}.npy"));
            var block = mapped.ReadBlock(2, new float[mapped.BlockScratchLength]);
            Assert.Equal(Enumerable.Range(512 * 16, 88 * 16).Select(i => (float)i), block.Values.ToArray());
        }
    }

    [Fact]
    public void ReadSamples_FortranOrder_IsWhatNumpySaved()
    {
        RunPython(
            """
            array = numpy.arange(5000 * 19, dtype='<f4').reshape(5000, 19)
            numpy.save('table.npy', numpy.asfortranarray(array))
            numpy.save('row.npy', numpy.asfortranarray(array[:1]))
            numpy.save('none.npy', numpy.asfortranarray(array[:0]))
            """);
        var table = NpyFile.ReadSamples(_folder.File("table.npy"));
        for (var row = 0; row < 5000; row++)
            Assert.Equal(Enumerable.Range(row * 19, 19).Select(i => (float)i), table.GetWritableRow(row).ToArray());
        Assert.Equal(Enumerable.Range(0, 19).Select(i => (float)i), NpyFile.Read<float>(_folder.File("row.npy")).Values);
        Assert.Equal((0, 19), (NpyFile.ReadSamples(_folder.File("none.npy")).RowCount, NpyFile.ReadSamples(_folder.File("none.npy")).FeatureCount));
    }

    [Fact]
    public void ReadNpz_StoredAndCompressed_GivesNumpysValues()
    {
        RunPython(
            """
            array = numpy.arange(600 * 16, dtype='<f4').reshape(600, 16)
            arrays = {'x': array, 'half': array[:20].astype('<f2'), 'by columns': numpy.asfortranarray(array.astype('<f8')), 'y': array[:, 0].astype('<u2')}
            numpy.savez('stored.npz', **arrays)
            numpy.savez_compressed('packed.npz', **arrays)
            """);
        var expected = Enumerable.Range(0, 600 * 16).Select(i => (float)i);
        foreach (var path in new[] { _folder.File("stored.npz"), _folder.File("packed.npz") })
        {
            Assert.Equal(["x", "half", "by columns", "y"], NpzFile.Names(path));
            Assert.Equal(expected, NpzFile.Read<float>(path, "x").Values);
            Assert.Equal(expected.Take(320), NpzFile.Read<Half>(path, "half").Values.Select(value => (float)value));
            Assert.Equal(expected, NpzFile.Read<double>(path, "by columns").Values.Select(value => (float)value));
            Assert.Equal((ushort)(599 * 16), NpzFile.Read<ushort>(path, "y").Values[599]);
            Assert.Equal(expected.Skip(599 * 16), NpzFile.ReadSamples(path, "by columns").Row(599));
        }

        using var mapped = SampleMatrix.Map(_folder.File("stored.npz"), "x");
        Assert.Equal(expected.Skip(599 * 16), mapped.Row(599));
    }

    [Fact]
    public void Read_WhatIsNotSupported_SaysWhy()
    {
        RunPython(
            """
            numpy.save('big.npy', numpy.ones(2, dtype='>f4'))
            numpy.save('object.npy', numpy.array([{}, None], dtype=object), allow_pickle=True)
            numpy.save('fields.npy', numpy.zeros(2, dtype=[('a', '<f4')]))
            """);
        foreach (var (name, reason) in new[] { ("big", "big-endian"), ("object", "objects"), ("fields", "named fields") })
        {
            var error = Assert.Throws<InvalidDataException>(() => NpyFile.Read<float>(_folder.File($"{name}.npy")));
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        }
    }

    private void RunPython(string code)
    {
        var start = new ProcessStartInfo(Python.WithNumpy(), ["-c", "import numpy\n" + code]) { WorkingDirectory = _folder.Path, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
    }
}
