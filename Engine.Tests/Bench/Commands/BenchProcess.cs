using System.Diagnostics;
using System.Globalization;
using System.Text;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

/// <summary>The bench as a user starts it: a process of its own, with exit code, output and error output.</summary>
internal sealed class BenchProcess : IDisposable
{
    private const int InterruptNumber = 2;

    private readonly Process _process;
    private readonly Task<string> _output;

    private BenchProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Gets whether a process started from here ignores Ctrl-C, as those of a background shell and of nohup do.</summary>
    public static bool IgnoresInterrupts =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (ulong.Parse(ignored.AsSpan("SigIgn:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (InterruptNumber - 1) & 1) == 1;

    private static string Dotnet => DotnetTool.Path;

    private static string Bench => Path.Combine(AppContext.BaseDirectory, "Bench.dll");

    /// <summary>Starts the bench.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="processorCount">The processors that the runtime sees; all when 0.</param>
    public static BenchProcess Start(IEnumerable<string> arguments, int processorCount = 0)
    {
        var environment = new Dictionary<string, string>();
        if (processorCount > 0)
            environment.Add("DOTNET_PROCESSOR_COUNT", processorCount.ToString(CultureInfo.InvariantCulture));
        return Start(Dotnet, [Bench, .. arguments], environment);
    }

    /// <summary>Runs the bench to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var bench = Start(arguments);
        return await bench.EndAsync();
    }

    /// <summary>Runs the bench to its end with more in its environment.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var bench = Start(Dotnet, [Bench, .. arguments], environment);
        return await bench.EndAsync();
    }

    /// <summary>Runs a line of bash in which <c>bench</c> is the bench.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunShellAsync(string line)
    {
        using var shell = Start("bash", ["-c", $"bench() {{ '{Dotnet}' '{Bench}' \"$@\"; }}; {line}"], new Dictionary<string, string>());
        return await shell.EndAsync();
    }

    /// <summary>Waits for the first line of progress: the work has begun.</summary>
    public async Task<string?> ReadErrorLineAsync() => await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">INT, what Ctrl-C sends, TERM or KILL.</param>
    public void Send(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end of the process.</summary>
    /// <returns>What it said, without the lines that were read before.</returns>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        var error = await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, await _output, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static BenchProcess Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new BenchProcess(Process.Start(start)!);
    }
}
