using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class NpzFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<CompressionLevel, bool> Layouts => new() { { CompressionLevel.NoCompression, false }, { CompressionLevel.NoCompression, true }, { CompressionLevel.Optimal, false }, { CompressionLevel.Optimal, true } };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Layouts))]
    public void ReadSamples_AnyLayout_GivesTheRowsWritten(CompressionLevel level, bool isFortranOrder)
    {
        const int RowCount = 70_000;
        const int ColumnCount = 3;
        var values = Enumerable.Range(0, RowCount * ColumnCount).Select(i => (float)(isFortranOrder ? (i % RowCount * ColumnCount) + (i / RowCount) : i)).ToArray();
        var path = Put(level, ("x", Npy("<f4", $"({RowCount}, {ColumnCount})", values, isFortranOrder)), ("y", Npy("|u1", "(2,)", [(byte)0, (byte)1])));
        Assert.Equal(["x", "y"], NpzFile.Names(path));
        var samples = NpzFile.ReadSamples(path, "x");
        Assert.Equal((RowCount, ColumnCount), (samples.RowCount, samples.FeatureCount));
        for (var row = 0; row < RowCount; row++)
            Assert.Equal([row * 3f, (row * 3f) + 1, (row * 3f) + 2], samples.Row(row));
        Assert.Equal(Enumerable.Range(0, RowCount * ColumnCount).Select(i => (float)i), NpzFile.Read<float>(path, "x").Values);
        Assert.Equal([0, 1], NpzFile.Read<byte>(path, "y.npy").Values);
        Assert.Equal((NpyElement.UInt8, 1), (NpzFile.ReadHeader(path, "y").Element, NpzFile.ReadHeader(path, "y").Shape.Count));
    }

    [Theory]
    [InlineData("x", 16)]
    [InlineData("xy", 16)]
    [InlineData("xyz", 16)]
    [InlineData("xyzw", 16)]
    [InlineData("x", 5)]
    public void Map_StoredArray_GivesTheRowsWritten(string name, int columnCount)
    {
        var values = Enumerable.Range(0, 600 * columnCount).Select(i => (float)i).ToArray();
        var path = Put(CompressionLevel.NoCompression, ("before", Npy("<f4", "(1,)", [9f])), (name, Npy("<f4", $"(600, {columnCount})", values)), ("after", Npy("<f4", "(1,)", [9f])));
        using var mapped = SampleMatrix.Map(path, name);
        Assert.Equal((600, columnCount), (mapped.RowCount, mapped.FeatureCount));
        for (var row = 0; row < 600; row++)
            Assert.Equal(values[(row * columnCount)..((row + 1) * columnCount)], mapped.Row(row));
        mapped.Dispose();
        Assert.Contains($"array '{name}'", Assert.Throws<ObjectDisposedException>(() => mapped.Row(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_WhatCannotBeUsedInPlace_NamesTheReader()
    {
        var packed = Put(CompressionLevel.Optimal, ("x", Npy("<f4", "(2, 1)", [1f, 2f])));
        var doubles = Put(CompressionLevel.NoCompression, ("x", Npy("<f8", "(2, 1)", [1.0, 2.0])));
        Assert.Contains("compressed and cannot be used in place; load them with NpzFile.ReadSamples", Assert.Throws<InvalidDataException>(() => SampleMatrix.Map(packed, "x")).Message, StringComparison.Ordinal);
        Assert.Contains("load it with NpzFile.ReadSamples", Assert.Throws<InvalidDataException>(() => SampleMatrix.Map(doubles, "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnyReader_UnknownName_ListsTheArrays()
    {
        var path = Put(CompressionLevel.Optimal, ("x_train", Npy("<f4", "(1,)", [1f])), ("y_train", Npy("<f4", "(1,)", [1f])));
        foreach (var read in new Action[] { () => NpzFile.Read<float>(path, "x"), () => NpzFile.ReadSamples(path, "x"), () => NpzFile.ReadHeader(path, "x"), () => SampleMatrix.Map(path, "x") })
        {
            var message = Assert.Throws<InvalidDataException>(read).Message;
            Assert.Equal($"{path}: there is no array 'x'; it has x_train, y_train.", message);
        }
    }

    [Fact]
    public void AnyReader_NameTwice_SaysSo()
    {
        var path = Put(CompressionLevel.Optimal, ("x", Npy("<f4", "(1,)", [1f])), ("x", Npy("<f4", "(1,)", [2f])));
        Assert.Contains("several arrays 'x'", Assert.Throws<InvalidDataException>(() => NpzFile.Read<float>(path, "x")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Read_AnyByteChanged_IsInvalidDataOrTheValuesWritten(CompressionLevel level)
    {
        int[] values = [.. Enumerable.Range(0, 20)];
        var path = Put(level, ("x", Npy("<i4", "(20,)", values)));
        var bytes = File.ReadAllBytes(path);
        var refusedCount = 0;
        for (var place = 0; place < bytes.Length; place++)
        {
            bytes[place] ^= 0x10;
            File.WriteAllBytes(path, bytes);
            bytes[place] ^= 0x10;
            try
            {
                // A time, a version, a bit behind the last: not every byte says something of the values.
                Assert.Equal(values, NpzFile.Read<int>(path, "x").Values);
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
                refusedCount++;
            }
        }

        Assert.True(refusedCount > bytes.Length / 2, $"{refusedCount} of {bytes.Length}");
    }

    [Fact]
    public void Read_EveryPrefixOfAFile_IsInvalidData()
    {
        var bytes = File.ReadAllBytes(Put(CompressionLevel.NoCompression, ("x", Npy("<f4", "(2,)", [1f, 2f]))));
        var path = _folder.File("cut.npz");
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => NpzFile.Read<float>(path, "x"));
        }
    }

    [Fact]
    public void Read_LengthThatNoDeflateReaches_IsInvalidDataBeforeMemoryIsTaken()
    {
        var path = Put(CompressionLevel.Optimal, ("x", Npy("<f4", "(500000000, 2)", [1f])));
        var bytes = File.ReadAllBytes(path);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.AsSpan().LastIndexOf("PK\x1\x2"u8) + 24), 4_000_000_100);
        File.WriteAllBytes(path, bytes);
        Assert.Contains("cannot have 4,000,000,100 bytes", Assert.Throws<InvalidDataException>(() => NpzFile.ReadSamples(path, "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AFileOfTheOtherKind_SaysWhichReader()
    {
        var (zip, plain) = (Put(CompressionLevel.Optimal, ("x", Npy("<f4", "(1,)", [1f]))), _folder.File("x.npy"));
        NpyFile.Write(plain, [1f]);
        Assert.Contains("read one of them by its name with NpzFile", Assert.Throws<InvalidDataException>(() => NpyFile.Read<float>(zip)).Message, StringComparison.Ordinal);
        Assert.Contains("has no directory", Assert.Throws<InvalidDataException>(() => NpzFile.Read<float>(plain, "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSamples_EveryType_BecomesFloat()
    {
        Check<Half>("<f2", [(Half)0.1f, Half.PositiveInfinity], [(float)(Half)0.1f, float.PositiveInfinity]);
        Check<sbyte>("|i1", [-128, 127], [-128, 127]);
        Check<short>("<i2", [short.MinValue, 7], [short.MinValue, 7]);
        Check<int>("<i4", [-5, (1 << 24) + 1], [-5, 1 << 24]);
        Check<long>("<i8", [-5, (1L << 40) + (1L << 16) + 1], [-5, (1L << 40) + (1L << 17)]);
        Check<byte>("|u1", [0, 255], [0, 255]);
        Check<ushort>("<u2", [0, ushort.MaxValue], [0, ushort.MaxValue]);
        Check<uint>("<u4", [1, uint.MaxValue], [1, 4294967296f]);
        Check<ulong>("<u8", [1, ulong.MaxValue], [1, 18446744073709551616f]);
        Check<byte>("|b1", [0, 1], [0, 1]);
        Check<double>("<f8", [0.1, 1e300], [0.1f, float.PositiveInfinity]);
        var path = Put(CompressionLevel.Optimal, ("x", Npy("|b1", "(2, 1)", [(byte)1, (byte)2])));
        Assert.Contains("value 1 is the byte 2", Assert.Throws<InvalidDataException>(() => NpzFile.ReadSamples(path, "x")).Message, StringComparison.Ordinal);

        void Check<T>(string descr, T[] values, float[] expected)
            where T : unmanaged
        {
            // Wide enough for vectors of every length and a rest.
            var many = Enumerable.Range(0, 37).Select(i => values[i % 2]).ToArray();
            var samples = NpzFile.ReadSamples(Put(CompressionLevel.Optimal, ("x", Npy(descr, "(1, 37)", many))), "x");
            Assert.Equal(Enumerable.Range(0, 37).Select(i => expected[i % 2]), samples.Row(0));
        }
    }

    /// <summary>Puts an array into the format of a .npy file.</summary>
    private static byte[] Npy<T>(string descr, string shape, T[] values, bool isFortranOrder = false)
        where T : unmanaged =>
        NpyBytes.Make($"{{'descr': '{descr}', 'fortran_order': {isFortranOrder}, 'shape': {shape}}}", MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    private string Put(CompressionLevel level, params (string Name, byte[] Bytes)[] arrays)
    {
        var path = _folder.File($"arrays{Directory.GetFiles(_folder.Path).Length}.npz");
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create, leaveOpen: false, Encoding.UTF8);
        foreach (var (name, bytes) in arrays)
        {
            using var entry = archive.CreateEntry(name + ".npy", level).Open();
            entry.Write(bytes);
        }

        return path;
    }
}
