using Engine.Diagnostics;

namespace Engine.Tests.Data;

public sealed class FileMessageTests
{
    [Fact]
    public void InvalidData_ControlCharactersOfAFile_AreReplaced()
    {
        const string Message = "the field \u001b[2J\u0007\r\n\u009b is unknown.", Shown = "the field \uFFFD[2J\uFFFD\uFFFD\uFFFD\uFFFD is unknown.";
        Assert.Equal(Shown, Assert.Throws<InvalidDataException>(static () => Throw.InvalidData(Message)).Message);
        Assert.Equal("a.npy: " + Shown, Assert.Throws<InvalidDataException>(static () => Throw.InvalidData_File("a.npy", Message)).Message);
    }

    [Fact]
    public void InvalidData_LongText_IsCutAtAThousandCharacters()
    {
        var text = new string('x', 1_001);
        Assert.Equal(text[..1_000], Assert.Throws<InvalidDataException>(() => Throw.InvalidData(text)).Message);
        Assert.Equal("a.npy: " + text[..1_000], Assert.Throws<InvalidDataException>(() => Throw.InvalidData_File("a.npy", text)).Message);
        Assert.Equal(text[..1_000], Assert.Throws<InvalidDataException>(() => Throw.InvalidData(text[..1_000])).Message);
    }
}
