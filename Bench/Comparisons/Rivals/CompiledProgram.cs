namespace Bench.Comparisons.Rivals;

/// <summary>A program in C++, compiled for this processor when the first case asks for it.</summary>
/// <param name="compiler">The compiler: g++, or one that takes its options.</param>
/// <param name="folder">An existing folder, which gets the source and the program.</param>
/// <param name="source">The name of the source, a resource of this program.</param>
internal sealed class CompiledProgram(string compiler, string folder, string source) : IRivalProgram
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);
    private static readonly string[] s_flags = ["-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math", "-fopenmp", "-std=c++17"];

    private (string[] Command, string? Problem)? _compiled;

    /// <inheritdoc/>
    public (string[] Command, string? Problem) Prepare(CancellationToken cancellation) => _compiled ??= Compile(cancellation);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Versions(int threads, CancellationToken cancellation)
    {
        var (ended, _) = RunCompiler(["-dumpfullversion"], cancellation);
        return new Dictionary<string, string> { ["g++"] = ended is null ? "absent" : $"{ended.LastLine} {string.Join(' ', s_flags)}" };
    }

    private (string[] Command, string? Problem) Compile(CancellationToken cancellation)
    {
        var program = Path.Combine(folder, Path.GetFileNameWithoutExtension(source));
        var (ended, problem) = RunCompiler([.. s_flags, ProgramResource.Write(source, folder), "-o", program], cancellation);
        return ([program], ended is { ExitCode: not 0 } ? $"{source} does not compile: {ended.Reason}" : problem);
    }

    private (ChildOutput? Ended, string? Problem) RunCompiler(string[] arguments, CancellationToken cancellation)
    {
        try
        {
            return (ChildProcess.Run(compiler, arguments, 1, s_timeout, cancellation), null);
        }
        catch (FileNotFoundException)
        {
            return (null, $"there is no {compiler}");
        }
        catch (TimeoutException)
        {
            return (null, $"{compiler} did not end");
        }
    }
}
