using Bench.Commands;

namespace Engine.Tests.Bench.Commands;

public sealed class RanksCommandTests
{
    [Theory]
    [InlineData("--npy t.npy --networks", "--networks needs --labels, the classes that networks learn")]
    [InlineData("--labels l.npy", "--labels needs --npy, the table that it belongs to")]
    [InlineData("--queries q.npy", "--queries needs --npy, the table that it belongs to")]
    [InlineData("--repeats 0", "--repeats is 0; it must be 1 or more")]
    public void Parse_BadArguments_SaysWhatIsWrong(string arguments, string error) =>
        Assert.Contains(new RanksCommand().Parse(arguments).Errors, found => found.Message.Contains(error, StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("--npy t.npy")]
    [InlineData("--npy t.npy --labels l.npy --networks --queries q.npy")]
    public void Parse_GoodArguments_HasNoError(string arguments) => Assert.Empty(new RanksCommand().Parse(arguments).Errors);
}
