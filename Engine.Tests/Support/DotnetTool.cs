using System.Diagnostics;

namespace Engine.Tests.Support;

/// <summary>The command <c>dotnet</c> on projects outside this process.</summary>
internal static class DotnetTool
{
    /// <summary>Gets where it is.</summary>
    public static string Path => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code, and what it printed and complained of.</returns>
    public static Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] arguments) => RunProgramAsync(Path, folder, arguments);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code, and what it printed and complained of.</returns>
    public static async Task<(int ExitCode, string Output)> RunProgramAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // Nothing stays behind that holds files of the folder, and nothing of the test program's own build leaks into another.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.Ordinal) && name != "MSBUILDDISABLENODEREUSE").ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
