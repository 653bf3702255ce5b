using System.Buffers.Binary;
using System.Text;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("x.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_AnyTensors_ComeBackWithTheirBits()
    {
        float[] singles = [1, -0f, float.Epsilon, float.MaxValue, 0.1f, float.NegativeInfinity];
        double[] doubles = [Math.PI, -0.0, double.Epsilon];
        new SafetensorsFile(
            [new("a.weight", [2, 3], singles), new("täg \"quoted\"", [3, 1, 1], doubles), new("scalar", [], [5f]), new("empty", [0, 4], ReadOnlySpan<float>.Empty)],
            new Dictionary<string, string> { ["model"] = "a \"name\"\n", ["z"] = "" }).Write(File);
        var read = SafetensorsFile.Read(File);
        Assert.Equal(["a.weight", "empty", "scalar", "täg \"quoted\""], read.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        var tensors = read.Tensors.ToDictionary(tensor => tensor.Name);
        Assert.Equal(singles.Select(BitConverter.SingleToInt32Bits), tensors["a.weight"].Singles.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(doubles.Select(BitConverter.DoubleToInt64Bits), read.DoublesOf("täg \"quoted\"", 3, 1, 1).ToArray().Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal([5f], read.SinglesOf("scalar").ToArray());
        Assert.Empty(read.SinglesOf("empty", 0, 4).ToArray());
        Assert.Equal("a \"name\"\n", read.TextOf("model"));
        Assert.Equal("", read.TextOf("z"));
        Assert.Throws<InvalidOperationException>(() => tensors["a.weight"].Doubles.ToArray());
        Assert.Throws<InvalidOperationException>(() => tensors["täg \"quoted\""].Singles.ToArray());
    }

    [Fact]
    public void Write_OneTensor_IsTheFormatsBytes()
    {
        new SafetensorsFile([new("w", [1, 2], [1f, 2f])]).Write(File);
        var bytes = System.IO.File.ReadAllBytes(File);
        const string Header = """{"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""";
        var length = (Header.Length + 7) / 8 * 8;
        Assert.Equal((ulong)length, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Assert.Equal(Header.PadRight(length), Encoding.UTF8.GetString(bytes, 8, length));
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0x40], bytes[(8 + length)..]);
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""", 4, "'w' is of dtype BF16")]
    [InlineData("""{"w":{"shape":[1],"data_offsets":[0,4]}}""", 4, "'w' has no dtype")]
    [InlineData("""{"w":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "'w' has no shape")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1]}}""", 4, "'w' has no data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "takes 8 bytes")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "entry 0 of shape")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "entry 0 of shape")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "data_offsets are 4 and 0")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "there are 2")]
    [InlineData("""{"w":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}}""", 0, "do not fit")]
    [InlineData("""{"w":{"dtype":"F32","shape":[9223372036854775807,0],"data_offsets":[0,0]}}""", 0, "axis of")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "back to back")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "back to back")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "back to back")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "truncated")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "belong to none")]
    [InlineData("""{"w":1}""", 0, "'w' is no JSON object")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "'a' of __metadata__")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__ is no")]
    [InlineData("[]", 0, "no JSON object")]
    [InlineData("""{"w":""", 0, "no safetensors file")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "no safetensors file")]
    public void Read_FaultyFile_NamesFileAndFault(string header, int dataLength, string fault)
    {
        Write(header, (ulong)header.Length, dataLength);
        var error = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(File));
        Assert.Contains(File, error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3UL, "truncated")]
    [InlineData(100_000_001UL, "at most 100,000,000")]
    [InlineData(ulong.MaxValue, "at most 100,000,000")]
    public void Read_OverlongHeader_NamesFileAndFault(ulong length, string fault)
    {
        Write("{}", length, 0);
        var error = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(File));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AFileTooShortForALength_Throws()
    {
        System.IO.File.WriteAllBytes(File, [1, 2, 3]);
        Assert.Contains("3 bytes", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(File)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Read(_folder.File("absent")));
    }

    [Fact]
    public void Find_WhatIsNotThere_NamesFileAndFault()
    {
        new SafetensorsFile([new("w", [1, 2], [1f, float.NaN]), new("d", [1], [2.0])]).Write(File);
        var file = SafetensorsFile.Read(File);
        AssertFault("there is no tensor 'v'", () => file.SinglesOf("v", 1).ToArray());
        AssertFault("of shape [1, 2] where [2, 1]", () => file.SinglesOf("w", 2, 1).ToArray());
        AssertFault("value 1 of tensor 'w' is NaN", () => file.SinglesOf("w", 1, 2).ToArray());
        AssertFault("'d' holds Float64", () => file.SinglesOf("d", 1).ToArray());
        AssertFault("'w' holds Float32", () => file.DoublesOf("w", 1, 2).ToArray());
        AssertFault("the metadata has no 'model'", () => file.TextOf("model"));

        void AssertFault(string fault, Func<object> use)
        {
            var error = Assert.Throws<InvalidDataException>(use);
            Assert.Contains(File, error.Message, StringComparison.Ordinal);
            Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tensors_ThatDoNotFit_Throw()
    {
        Assert.Throws<ArgumentException>(() => new SafetensorsTensor("w", [2, 2], [1f, 2f]));
        Assert.Throws<ArgumentException>(() => new SafetensorsTensor("w", [-1], ReadOnlySpan<float>.Empty));
        Assert.Throws<ArgumentException>(() => new SafetensorsTensor("", [1], [1.0]));
        Assert.Throws<ArgumentException>(() => new SafetensorsFile([new("w", [1], [1f]), new("w", [1], [1f])]));
        Assert.Throws<ArgumentException>(() => new SafetensorsFile([new("__metadata__", [1], [1f])]));
    }

    private void Write(string header, ulong headerLength, int dataLength)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, headerLength);
        System.IO.File.WriteAllBytes(File, [.. length, .. Encoding.UTF8.GetBytes(header), .. new byte[dataLength]]);
    }
}
