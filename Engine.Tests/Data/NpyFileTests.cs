using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_TwoByThreeFloats_IsTheBytesThatNumpyWrites()
    {
        var path = _folder.File("small.npy");
        NpyFile.Write(path, [1f, 2, 3, 4, 5, 6], 2, 3);
        // numpy.save(..., numpy.arange(1, 7, dtype='<f4').reshape(2, 3)): 118 bytes of text (0x76), the last one a line feed.
        byte[] expected =
        [
            0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 0x01, 0x00, 0x76, 0x00,
            .. Encoding.ASCII.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".PadRight(117) + "\n"),
            0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0x40, 0x00, 0x00, 0x40, 0x40,
            0x00, 0x00, 0x80, 0x40, 0x00, 0x00, 0xA0, 0x40, 0x00, 0x00, 0xC0, 0x40,
        ];
        Assert.Equal(expected, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(200_000)]
    public void Write_EveryType_ReadsBack(int length)
    {
        CheckRoundTrip(length, i => (float)i / 3);
        CheckRoundTrip(length, i => (double)i / 3);
        CheckRoundTrip(length, i => i - 3);
        CheckRoundTrip(length, i => (long)i << 33);
        CheckRoundTrip(length, i => (byte)i);
        CheckRoundTrip(length, i => i % 3 == 0);
        CheckRoundTrip(length, i => (Half)i / (Half)3);
        CheckRoundTrip(length, i => (sbyte)i);
        CheckRoundTrip(length, i => (short)i);
        CheckRoundTrip(length, i => (ushort)i);
        CheckRoundTrip(length, i => (uint)i << 12);
        CheckRoundTrip(length, i => (ulong)i << 40);
    }

    [Fact]
    public void Write_SpecialFloats_KeepTheirBits()
    {
        float[] values = [-0f, float.NaN, float.PositiveInfinity, float.Epsilon, BitConverter.UInt32BitsToSingle(0x7FC0_1234)];
        var path = _folder.File("special.npy");
        NpyFile.Write(path, values);
        Assert.Equal(MemoryMarshal.AsBytes(values.AsSpan()), MemoryMarshal.AsBytes(NpyFile.Read<float>(path).Values.AsSpan()));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(300, 76)]
    [InlineData(1000, 32)]
    public void Write_SampleMatrix_ReadsBackWithoutPadding(int rowCount, int featureCount)
    {
        var samples = Samples(rowCount, featureCount);
        var path = _folder.File("samples.npy");
        NpyFile.Write(path, samples);
        var array = NpyFile.Read<float>(path);
        Assert.Equal(((long)rowCount, (long)featureCount), (array.RowCount, array.ColumnCount));
        Assert.Equal(Enumerable.Range(0, rowCount * featureCount).Select(i => (float)i), array.Values);
        AssertSame(samples, NpyFile.ReadSamples(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void ReadSamples_Float64_RoundsToNearestFloat()
    {
        var path = _folder.File("double.npy");
        NpyFile.Write(path, [0.1, 1e300, double.NaN, 1 + Math.ScaleB(1, -24), 2, 3], 2, 3);
        var samples = NpyFile.ReadSamples(path);
        Assert.Equal([0.1f, float.PositiveInfinity, float.NaN], samples.GetWritableRow(0).ToArray());
        Assert.Equal([1f, 2f, 3f], samples.GetWritableRow(1).ToArray());
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }\n", 1)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }\n", 2)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }\n", 3)]
    [InlineData("{\"shape\":(2,1),\"fortran_order\":False,\"descr\":\"<f4\"}", 1)]
    [InlineData(" { 'shape' : ( 2L , 1L ) , 'descr' : '<f4' , 'fortran_order' : False }   \n", 1)]
    public void ReadSamples_AnyVersionAndSpelling_IsRead(string header, byte major)
    {
        var path = Put(NpyBytes.Make(header, [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40], major));
        var samples = NpyFile.ReadSamples(path);
        Assert.Equal((2, 1, 1f, 2f), (samples.RowCount, samples.FeatureCount, samples.GetWritableRow(0)[0], samples.GetWritableRow(1)[0]));
    }

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", "big-endian")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "Python objects")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }", "<c8")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "named fields")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", "0 dimensions")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1, 1), }", "3 dimensions")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "a length of 0 or more")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "a length of 0 or more")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", "missing")]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2,), }", "True or False")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1}", "'more' is unknown")]
    [InlineData("{'descr': '<f4", "does not end")]
    [InlineData("", "'{' is expected")]
    public void Read_UnusableHeader_SaysWhyAndNamesTheFile(string header, string reason)
    {
        var path = Put(NpyBytes.Make(header, new byte[8]));
        var error = Assert.Throws<InvalidDataException>(() => NpyFile.Read<float>(path));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Truncated_NamesExpectedAndFoundBytes()
    {
        var path = _folder.File("whole.npy");
        NpyFile.Write(path, new double[1000]);
        var bytes = File.ReadAllBytes(path);
        Assert.Equal(8128, bytes.Length);
        var error = Assert.Throws<InvalidDataException>(() => NpyFile.Read<double>(Put(bytes[..^1])));
        Assert.Contains("needs 8,128 bytes and 8,127 are there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EveryPrefixOfAFile_IsInvalidData()
    {
        var path = _folder.File("whole.npy");
        NpyFile.Write(path, [1f, 2], 1, 2);
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => NpyFile.Read<float>(Put(bytes[..length])));
    }

    [Theory]
    [InlineData("(9223372036854775807, 9223372036854775807)")]
    [InlineData("(4611686018427387904, 2)")]
    public void Read_ShapeBeyondAnyFile_IsTruncated(string shape) =>
        Assert.Contains(
            "truncated",
            Assert.Throws<InvalidDataException>(() =>
                NpyFile.Read<float>(Put(NpyBytes.Make($"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}}}", new byte[8])))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_UnknownVersion_SaysSo() =>
        Assert.Contains("version 4.0", Assert.Throws<InvalidDataException>(() => NpyFile.ReadHeader(Put(NpyBytes.Make("{}", [], major: 4)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_FortranOrderOfOneDimension_IsTheSameBytes() =>
        Assert.Equal([1, 2], NpyFile.Read<byte>(Put(NpyBytes.Make("{'descr': '|u1', 'fortran_order': True, 'shape': (2,)}", [1, 2]))).Values);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 37)]
    [InlineData(37, 1)]
    [InlineData(0, 5)]
    [InlineData(2, 2)]
    [InlineData(5000, 3)]
    [InlineData(4096, 16)]
    [InlineData(4097, 33)]
    public void ReadSamples_FortranOrder_IsReadByRows(int rowCount, int columnCount)
    {
        var (singles, doubles) = (Put("singles.npy", ColumnMajor<float>("<f4", rowCount, columnCount)), Put("doubles.npy", ColumnMajor<double>("<f8", rowCount, columnCount)));
        foreach (var path in new[] { singles, doubles })
        {
            var samples = NpyFile.ReadSamples(path);
            Assert.Equal((rowCount, columnCount), (samples.RowCount, samples.FeatureCount));
            for (var row = 0; row < rowCount; row++)
                Assert.Equal(Enumerable.Range(0, columnCount).Select(column => (float)((row * columnCount) + column)), samples.GetWritableRow(row).ToArray());
        }

        Assert.Equal(Enumerable.Range(0, rowCount * columnCount).Select(value => (double)value), NpyFile.Read<double>(doubles).Values);
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(9, 1)]
    [InlineData(0, 4)]
    public void Map_FortranOrderOfOneRowOrColumn_IsTheSameBytes(int rowCount, int columnCount)
    {
        using var samples = SampleMatrix.Map(Put(ColumnMajor<float>("<f4", rowCount, columnCount)));
        for (var row = 0; row < rowCount; row++)
            Assert.Equal(Enumerable.Range(0, columnCount).Select(column => (float)((row * columnCount) + column)), samples.Row(row));
    }

    [Fact]
    public void Map_FortranOrder_SaysHowToLoadIt()
    {
        var path = Put(ColumnMajor<float>("<f4", 3, 2));
        Assert.True(NpyFile.ReadHeader(path).IsColumnMajor);
        Assert.Contains("ReadSamples", Assert.Throws<InvalidDataException>(() => SampleMatrix.Map(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnyReader_BrokenLink_IsFileNotFound()
    {
        Skip.When(OperatingSystem.IsWindows(), "links need a privilege there");
        var link = _folder.File("link.npy");
        File.CreateSymbolicLink(link, _folder.File("nowhere.npy"));
        foreach (var path in new[] { link, _folder.File("none.npy") })
        {
            Assert.Throws<FileNotFoundException>(() => NpyFile.ReadHeader(path));
            Assert.Throws<FileNotFoundException>(() => NpyFile.Read<float>(path));
            Assert.Throws<FileNotFoundException>(() => NpyFile.ReadSamples(path));
            Assert.Throws<FileNotFoundException>(() => SampleMatrix.Map(path));
        }

        Assert.Throws<DirectoryNotFoundException>(() => NpyFile.ReadHeader(_folder.File("none", "x.npy")));
        Assert.Throws<UnauthorizedAccessException>(() => NpyFile.ReadHeader(_folder.Path));
    }

    [Fact]
    public void AnyReader_Device_IsNoFile()
    {
        Skip.Unless(File.Exists("/dev/null"), "no devices by name there");
        Assert.Throws<InvalidDataException>(() => NpyFile.ReadHeader("/dev/null"));
        Assert.Throws<InvalidDataException>(() => SampleMatrix.Map("/dev/zero"));
    }

    /// <summary>Makes a file of the values 0, 1, 2, ... by rows, written column by column.</summary>
    private static byte[] ColumnMajor<T>(string descr, int rowCount, int columnCount)
        where T : unmanaged, INumberBase<T>
    {
        var values = Enumerable.Range(0, rowCount * columnCount).Select(i => T.CreateChecked((i % Math.Max(1, rowCount) * columnCount) + (i / Math.Max(1, rowCount)))).ToArray();
        return NpyBytes.Make($"{{'descr': '{descr}', 'fortran_order': True, 'shape': ({rowCount}, {columnCount})}}", MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    }

    [Fact]
    public void Read_OtherType_NamesBoth()
    {
        var path = _folder.File("ints.npy");
        NpyFile.Write(path, [1, 2, 3]);
        Assert.Contains("<i4 where <f4", Assert.Throws<InvalidDataException>(() => NpyFile.Read<float>(path)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NpyFile.Read<decimal>(path));
    }

    [Fact]
    public void Read_TruthValueOfTwo_IsInvalidData() =>
        Assert.Contains(
            "value 1 is the byte 2",
            Assert.Throws<InvalidDataException>(() => NpyFile.Read<bool>(Put(NpyBytes.Make("{'descr': '|b1', 'fortran_order': False, 'shape': (2,)}", [1, 2])))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ReadSamples_OneDimension_SaysHowToReshape()
    {
        var path = _folder.File("flat.npy");
        NpyFile.Write(path, [1f, 2, 3]);
        Assert.Contains("(3,)", Assert.Throws<InvalidDataException>(() => NpyFile.ReadSamples(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FailsHalfway_LeavesTheOldFileAndNothingBeside()
    {
        var source = _folder.File("source.npy");
        var target = _folder.File("target.npy");
        NpyFile.Write(source, Samples(600, 20));
        NpyFile.Write(target, [1f]);
        var samples = SampleMatrix.Map(source);
        samples.Dispose();
        Assert.Throws<ObjectDisposedException>(() => NpyFile.Write(target, samples));
        Assert.Equal([1f], NpyFile.Read<float>(target).Values);
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Write_WrongShape_Throws()
    {
        Assert.Throws<ArgumentException>(() => NpyFile.Write(_folder.File("x.npy"), [1f, 2], 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NpyFile.Write(_folder.File("x.npy"), [1f, 2], -1, -2));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static SampleMatrix Samples(int rowCount, int featureCount)
    {
        var samples = SampleMatrix.Create(rowCount, featureCount);
        for (var row = 0; row < rowCount; row++)
        {
            for (var column = 0; column < featureCount; column++)
                samples.GetWritableRow(row)[column] = (row * featureCount) + column;
        }

        return samples;
    }

    private static void AssertSame(SampleMatrix expected, SampleMatrix actual)
    {
        Assert.Equal((expected.RowCount, expected.FeatureCount), (actual.RowCount, actual.FeatureCount));
        for (long row = 0; row < expected.RowCount; row++)
            Assert.Equal(expected.GetWritableRow(row).ToArray(), actual.GetWritableRow(row).ToArray());
    }

    private void CheckRoundTrip<T>(int length, Func<int, T> make)
        where T : unmanaged
    {
        var path = _folder.File("array.npy");
        T[] values = [.. Enumerable.Range(0, length).Select(make)];
        NpyFile.Write(path, values);
        var flat = NpyFile.Read<T>(path);
        Assert.Equal((length, 1), (flat.RowCount, flat.ColumnCount));
        Assert.Equal(values, flat.Values);

        var columnCount = length % 2 == 0 ? 2 : 1;
        NpyFile.Write(path, values, length / columnCount, columnCount);
        var table = NpyFile.Read<T>(path);
        Assert.Equal((length / columnCount, columnCount), (table.RowCount, table.ColumnCount));
        Assert.Equal(values, table.Values);
        Assert.Equal(0, NpyFile.ReadHeader(path).DataOffset % 64);
    }

    private string Put(byte[] bytes) => Put("made-by-hand.npy", bytes);

    private string Put(string name, byte[] bytes)
    {
        var path = _folder.File(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
