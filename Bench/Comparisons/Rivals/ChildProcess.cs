using System.ComponentModel;
using System.Diagnostics;

namespace Bench.Comparisons.Rivals;

/// <summary>Runs another program to its end.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program.</summary>
    /// <param name="program">Its path, or a name to look up.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="threads">The number of threads that OpenMP and the BLAS libraries may use in it.</param>
    /// <param name="timeout">When to stop it.</param>
    /// <param name="cancellation">Stops it too.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="FileNotFoundException">There is no such program.</exception>
    /// <exception cref="TimeoutException">It took too long; it and what it started are gone.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set; likewise.</exception>
    public static ChildOutput Run(string program, IEnumerable<string> arguments, int threads, TimeSpan timeout, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS" })
            start.Environment[variable] = $"{threads}";
        // Threads of OpenMP that spin while they wait take the cores from those of a BLAS library that works.
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        start.Environment["PYTHONWARNINGS"] = "ignore";
        // Scripts import one another; compiled copies must not stay in a folder of the user.
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        // The engine's Python package, which the build lays here, on the engine that this program runs itself.
        start.Environment["PYTHONPATH"] = string.Join(Path.PathSeparator, new[] { Path.Combine(AppContext.BaseDirectory, "python"), Environment.GetEnvironmentVariable("PYTHONPATH") }.OfType<string>());
        start.Environment["ENGINE_LIBRARY"] = AppContext.BaseDirectory;
        return RunAsync(start, timeout, cancellation).GetAwaiter().GetResult();
    }

    private static async Task<ChildOutput> RunAsync(ProcessStartInfo start, TimeSpan timeout, CancellationToken cancellation)
    {
        using var process = Start(start);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return new ChildOutput(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException();
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new FileNotFoundException(error.Message, start.FileName, error);
        }
    }
}
