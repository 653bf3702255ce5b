using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Rivals;

/// <summary>Rivals in processes of their own, with programs that the tests write.</summary>
public sealed class ProgramRivalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ProgramRivalTests() => Skip.Unless(OperatingSystem.IsLinux(), "the programs are shell scripts");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Measure_Answer_IsRead()
    {
        var result = Measure(Script("""echo warming up; echo '{"seconds": [[1, 2.5], [0.5, 1]], "peakGrowthBytes": 7, "version": "1.2", "note": "'"$2 $3 $6 $7 $8 $9"'"}'"""));
        Assert.Equal((ContenderStatus.Measured, null, "1.2", 7), (result.Status, result.Reason, result.Version, result.PeakGrowthBytes));
        Assert.Equal([[1, 2.5], [0.5, 1]], result.Repetitions);
        Assert.Equal("search faiss 60 1 l2 5", result.Note);
    }

    [Fact]
    public void Measure_NoInterpreter_IsAbsent() => AssertResult("no-such-python", ContenderStatus.Absent, "there is no no-such-python");

    [Fact]
    public void Measure_NoPackage_IsAbsentWithTheMessage() =>
        AssertResult(Script("echo \"No module named 'faiss'\" >&2; exit 3"), ContenderStatus.Absent, "No module named 'faiss'");

    [Fact]
    public void Measure_Error_FailsWithItsLastLine() =>
        AssertResult(Script("printf 'Traceback\\nMemoryError: 3 GB\\n' >&2; exit 1"), ContenderStatus.Failed, "MemoryError: 3 GB");

    [Fact]
    public void Measure_Killed_FailsWithTheSignal() => AssertResult(Script("kill -9 $$"), ContenderStatus.Failed, "killed by signal 9");

    [Fact]
    public void Measure_TooSlow_IsStopped() => AssertResult(Script("sleep 600"), ContenderStatus.TimedOut, "not done in 1 s", timeoutSeconds: 1);

    [Theory]
    [InlineData("echo done")]
    [InlineData("true")]
    public void Measure_NoAnswer_Fails(string commands) => Assert.StartsWith("its answer cannot be read", Measure(Script(commands)).Reason, StringComparison.Ordinal);

    [Fact]
    public void CompiledProgram_NoCompilerOrOneThatFails_IsAbsent()
    {
        Assert.Equal((ContenderStatus.Absent, "there is no no-such-g++"), Compile("no-such-g++"));
        Assert.Equal((ContenderStatus.Absent, "neighbor_rivals.cpp does not compile: out of memory"), Compile(Script("echo out of memory; exit 1")));

        (ContenderStatus Status, string? Reason) Compile(string compiler)
        {
            var result = new ProgramRival("C++ loop", new CompiledProgram(compiler, _folder.Path, "neighbor_rivals.cpp")).Measure(Task(), TestContext.Current.CancellationToken);
            return (result.Status, result.Reason);
        }
    }

    [Fact]
    public void Versions_NoInterpreterOrCompiler_SaysSo()
    {
        Assert.Equal("absent", Python("no-such-python").Versions(1, TestContext.Current.CancellationToken)["python"]);
        Assert.Equal("absent", new CompiledProgram("no-such-g++", _folder.Path, "").Versions(1, TestContext.Current.CancellationToken)["g++"]);
    }

    private void AssertResult(string interpreter, ContenderStatus status, string reason, double timeoutSeconds = 120)
    {
        var result = Measure(interpreter, timeoutSeconds);
        Assert.Equal((status, reason), (result.Status, result.Reason));
    }

    private Contender Measure(string interpreter, double timeoutSeconds = 120) =>
        new ProgramRival("faiss", Python(interpreter)).Measure(Task(timeoutSeconds), TestContext.Current.CancellationToken);

    private PythonProgram Python(string interpreter) => new(interpreter, _folder.Path, "neighbor_rivals.py");

    private RivalTask Task(double timeoutSeconds = 120) => new(_folder.Path, ["search", "l2", "5"], new MeasureOptions { Threads = 1, TimeoutSeconds = timeoutSeconds });

    private string Script(string commands)
    {
        var path = _folder.File("program");
        File.WriteAllText(path, $"#!/bin/sh\n{commands}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
