using System.Diagnostics;
using System.Globalization;

namespace Engine.Tests.Bench.Commands;

/// <summary>The bench as a user starts it: a process of its own, with exit code, output and error output.</summary>
internal sealed class BenchProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private BenchProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Starts the bench.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="processorCount">The processors that the runtime sees; all when 0.</param>
    public static BenchProcess Start(IEnumerable<string> arguments, int processorCount = 0)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        var start = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "Bench.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (processorCount > 0)
            start.Environment["DOTNET_PROCESSOR_COUNT"] = processorCount.ToString(CultureInfo.InvariantCulture);
        return new BenchProcess(Process.Start(start)!);
    }

    /// <summary>Runs the bench to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var bench = Start(arguments);
        return await bench.EndAsync();
    }

    /// <summary>Waits for the first line of output: the work has begun.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>Sends what Ctrl-C sends.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end of the process.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
