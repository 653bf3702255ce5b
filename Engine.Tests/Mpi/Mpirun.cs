using System.Diagnostics;
using System.Globalization;
using Engine.Tests.Support;

namespace Engine.Tests.Mpi;

/// <summary>Starts programs as ranks.</summary>
internal static class Mpirun
{
    // Far beyond what a busy machine needs for some runtimes to start; a rank that is waited for for ever is told by it.
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private const string Command = "mpirun";

    /// <summary>Skips a test where there is no launcher.</summary>
    public static void SkipWithout() => Skip.Unless(IsInstalled(Command), "mpirun is not installed; on Debian: apt install openmpi-bin.");

    /// <summary>Tells whether a launcher is installed.</summary>
    public static bool IsInstalled(string launcher) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, launcher)));

    /// <summary>Returns where a program of this build is.</summary>
    public static string Program(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.dll");

    /// <summary>Runs a program of this build on so many ranks, to its end.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(string folder, int size, string program, params string[] arguments) =>
        RunAsync(folder, ["-n", size.ToString(CultureInfo.InvariantCulture), DotnetTool.Path, Program(program), .. arguments]);

    /// <summary>Runs what the arguments say, to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, string[] arguments)
    {
        using var job = Start(folder, arguments);
        return await EndAsync(job);
    }

    /// <summary>Starts what the arguments say, even where there are fewer cores than ranks, and as root, as which containers run.</summary>
    public static Process Start(string folder, string[] arguments)
    {
        SkipWithout();
        return Start(Command, folder, ["--allow-run-as-root", "--oversubscribe", .. arguments]);
    }

    /// <summary>Starts what the arguments say with a launcher.</summary>
    public static Process Start(string launcher, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(launcher, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // What another mpirun told this program is not for the ranks that it starts.
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("OMPI_", StringComparison.Ordinal) || name.StartsWith("PMI", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of a job.</summary>
    public static async Task<(int ExitCode, string Output)> EndAsync(Process job)
    {
        try
        {
            var error = job.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = job.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await job.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
            return (job.ExitCode, await output + await error);
        }
        finally
        {
            job.Kill(entireProcessTree: true);
        }
    }
}
