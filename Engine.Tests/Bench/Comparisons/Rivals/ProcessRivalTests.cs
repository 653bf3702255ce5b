using Bench.Comparisons.Arrays;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Rivals;

/// <summary>Rivals in processes of their own, with programs that the tests write.</summary>
public sealed class ProcessRivalTests : IDisposable
{
    /// <summary>Seconds that a loaded machine may need to start a program.</summary>
    private const double Patience = 120;

    private readonly TemporaryFolder _folder = new();

    public ProcessRivalTests() => Skip.Unless(OperatingSystem.IsLinux(), "the programs are shell scripts");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PythonRival_NoInterpreter_IsAbsent() => AssertResult(Python("no-such-python"), RivalStatus.Absent, "there is no no-such-python");

    [Fact]
    public void PythonRival_NoPackage_IsAbsentWithTheMessage() =>
        AssertResult(Python(Script("echo \"No module named 'faiss'\" >&2; exit 3")), RivalStatus.Absent, "No module named 'faiss'");

    [Fact]
    public void PythonRival_Error_FailsWithItsLastLine() =>
        AssertResult(Python(Script("printf 'Traceback\\nMemoryError: 3 GB\\n' >&2; exit 1")), RivalStatus.Failed, "MemoryError: 3 GB");

    [Fact]
    public void PythonRival_Killed_FailsWithTheSignal() => AssertResult(Python(Script("kill -9 $$")), RivalStatus.Failed, "killed by signal 9");

    [Fact]
    public void PythonRival_TooSlow_IsStopped() => AssertResult(Python(Script("sleep 600")), RivalStatus.TimedOut, "not done in 1 s", timeoutSeconds: 1);

    [Fact]
    public void PythonRival_NoAnswer_Fails() =>
        Assert.StartsWith("its answer cannot be read", Measure(Python(Script("echo done"))).Reason, StringComparison.Ordinal);

    [Fact]
    public void PythonRival_Library_FindsTheNeighbors()
    {
        // Whatever of the libraries is installed must be right; what is not is absent.
        var programs = new PythonPrograms("/usr/bin/python3", _folder.Path);
        var reasons = new List<string>();
        foreach (var name in new[] { RivalName.Faiss, RivalName.ScikitLearn, RivalName.SciPyTree, RivalName.Torch })
        {
            foreach (var metric in new[] { Metric.L1, Metric.L2 })
            {
                var result = new PythonRival(name, programs).Measure(Task(metric), TestContext.Current.CancellationToken);
                if (result.Status == RivalStatus.Absent)
                {
                    reasons.Add($"{name}: {result.Reason}");
                    continue;
                }

                Assert.Null(result.Reason);
                Assert.Equal(2, result.Repetitions.Count);
                Assert.Equal(SmallArrays.Find(Task(metric).Files.Arrays, metric, 2).Indices, result.Indices);
            }
        }

        Skip.When(reasons.Count == 8, $"no library is installed; {string.Join("; ", reasons.Distinct())}");
    }

    [Fact]
    public void CompiledRival_NoSource_IsAbsent() =>
        AssertResult(Compiled("absent"), RivalStatus.Absent, "cpp_peers.cpp is absent; name its folder with --peers");

    [Fact]
    public void CompiledRival_SourceOfSomethingElse_DoesNotCompile()
    {
        File.WriteAllText(_folder.File("cpp_peers.cpp"), "no C++");
        var result = Measure(Compiled(_folder.Path));
        Assert.Equal(RivalStatus.Absent, result.Status);
        Assert.Matches("^(there is no g\\+\\+$|cpp_peers.cpp does not compile: )", result.Reason);
    }

    [Fact]
    public void Versions_NoInterpreter_SaysSo() =>
        Assert.Equal("absent", new PythonPrograms("no-such-python", _folder.Path).Versions(1, TestContext.Current.CancellationToken)["python"]);

    private void AssertResult(IRival rival, RivalStatus status, string reason, double timeoutSeconds = Patience)
    {
        var result = Measure(rival, timeoutSeconds);
        Assert.Equal((status, reason), (result.Status, result.Reason));
    }

    private RivalResult Measure(IRival rival, double timeoutSeconds = Patience) =>
        rival.Measure(Task(Metric.L2, timeoutSeconds), TestContext.Current.CancellationToken);

    private PythonRival Python(string interpreter) => new(RivalName.Faiss, new PythonPrograms(interpreter, _folder.Path));

    private CompiledRival Compiled(string folder) => new(RivalName.Compiled, "brute", new CompiledPeers(folder, _folder.Path));

    private RivalTask Task(Metric metric, double timeoutSeconds = Patience)
    {
        var arrays = new UniformRows(6).Make(new ArraySize(400, 30), new CohortShelf("absent"), TestContext.Current.CancellationToken);
        return new RivalTask(new ArrayFiles(_folder.Path, arrays), metric, 2, new MeasureOptions { Repeats = 2, TimeoutSeconds = timeoutSeconds });
    }

    private string Script(string commands)
    {
        var path = _folder.File("program");
        File.WriteAllText(path, $"#!/bin/sh\n{commands}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
