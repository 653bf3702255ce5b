using Bench.Commands;

namespace Engine.Tests.Bench.Commands;

public sealed class UserErrorsTests
{
    [Fact]
    public void Report_ErrorOfParallelWork_IsTheErrorItselfNotTheStopOfTheOthers()
    {
        var both = new AggregateException(new OperationCanceledException(), new AggregateException(new IOException("the disk is full")));
        Assert.Equal(1, UserErrors.Report(() => throw both));
        Assert.Equal(130, UserErrors.Report(() => throw new AggregateException(new OperationCanceledException())));
    }

    [Fact]
    public void Report_DamagedFile_IsTheUsersToMend() => Assert.Equal(1, UserErrors.Report(() => throw new InvalidDataException("model.safetensors: the file is truncated.")));

    [Fact]
    public void Report_BugInParallelWork_KeepsItsOwnException() =>
        Assert.Throws<InvalidOperationException>(() => UserErrors.Report(() => throw new AggregateException(new InvalidOperationException("a bug"))));
}
