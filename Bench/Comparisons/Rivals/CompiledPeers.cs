namespace Bench.Comparisons.Rivals;

/// <summary>Compiles the C++ rivals, once, when the first case asks for them.</summary>
/// <param name="sourceFolder">The folder with cpp_peers.cpp, present or not.</param>
/// <param name="workFolder">An existing folder, which gets the program.</param>
internal sealed class CompiledPeers(string sourceFolder, string workFolder)
{
    private const string Compiler = "g++";
    private const string SourceName = "cpp_peers.cpp";

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);
    private static readonly string[] s_flags = ["-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math", "-fopenmp", "-std=c++17"];

    private (string? Program, string? Problem)? _compiled;

    /// <summary>Compiles the program, or tells why there is none.</summary>
    /// <param name="cancellation">Stops the compiler.</param>
    /// <returns>A path, or a problem.</returns>
    public (string? Program, string? Problem) Compile(CancellationToken cancellation) => _compiled ??= CompileOnce(cancellation);

    /// <summary>Asks for the version of the compiler.</summary>
    /// <param name="cancellation">Stops asking.</param>
    public static string CompilerVersion(CancellationToken cancellation)
    {
        try
        {
            return $"{ChildProcess.Run(Compiler, ["-dumpfullversion"], 1, s_timeout, cancellation).LastLine} {string.Join(' ', s_flags)}";
        }
        catch (Exception error) when (error is FileNotFoundException or TimeoutException)
        {
            return "absent";
        }
    }

    private (string? Program, string? Problem) CompileOnce(CancellationToken cancellation)
    {
        var source = Path.Combine(sourceFolder, SourceName);
        if (!File.Exists(source))
            return (null, $"{SourceName} is absent; name its folder with --peers");
        var program = Path.Combine(workFolder, "cpp_peers");
        try
        {
            var ended = ChildProcess.Run(Compiler, [.. s_flags, source, "-o", program], 1, s_timeout, cancellation);
            return ended.ExitCode == 0 ? (program, null) : (null, $"{SourceName} does not compile: {ended.Reason}");
        }
        catch (FileNotFoundException)
        {
            return (null, $"there is no {Compiler}");
        }
        catch (TimeoutException)
        {
            return (null, $"{Compiler} did not end");
        }
    }
}
