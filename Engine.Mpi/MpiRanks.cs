using System.Globalization;
using Engine.Collectives;

namespace Engine.Mpi;

/// <summary>Runs a program that <c>mpirun</c> started several times, on one machine or many, as ranks that work together.</summary>
/// <remarks>
/// <code>mpirun -n 8 dotnet program.dll</code>
/// <para>Open MPI (libmpi.so.40) or MPICH (libmpich.so.12); whichever the launcher belongs to is loaded. Nothing but bytes is sent.</para>
/// </remarks>
public static class MpiRanks
{
    /// <summary>MPI_THREAD_SERIALIZED: any thread may call, one at a time.</summary>
    private const int OneThreadAtATime = 2;

    /// <summary>The system's errors, such as a file that is not there, come to all ranks at once; the others give rank 0 so long to tell them, and to end the job before each has told the same.</summary>
    private static readonly TimeSpan s_precedence = TimeSpan.FromSeconds(2);

    private static int s_runs;

    /// <summary>Gets whether a launcher of MPI started this process.</summary>
    public static bool AreStarted => Variable("OMPI_COMM_WORLD_SIZE") is not null || Variable("PMI_SIZE") is not null || Variable("PMIX_RANK") is not null;

    /// <summary>Runs work on this rank; every other does the same.</summary>
    /// <param name="work">What to do with the ranks.</param>
    /// <param name="describe">Returns what is told of an error; all of it, with the stack, when null.</param>
    /// <exception cref="InvalidOperationException">No launcher of MPI started this process, its library is not installed or is another's, or the process has run ranks before: MPI begins and ends once.</exception>
    /// <remarks>An error on one rank ends the whole job, that of rank 0 at once and that of another within seconds, with a line on standard error that names the rank and its machine: the others would wait for it for ever.</remarks>
    public static void Run(Action<ICollective> work, Func<Exception, string>? describe = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!AreStarted)
            throw new InvalidOperationException("this process was not started by a launcher of MPI; start it as: mpirun -n 2 dotnet program.dll");
        var isMpich = Variable("OMPI_COMM_WORLD_SIZE") is null && Variable("PMI_SIZE") is not null;
        if (!LibMpi.TryLoad(isMpich))
            throw new InvalidOperationException($"the launcher is there and the library of MPI is not: no {(isMpich ? "libmpich.so.12" : "libmpi.so.40")} is found. On Debian: apt install {(isMpich ? "libmpich12" : "libopenmpi3")}; elsewhere, put its folder in LD_LIBRARY_PATH.");
        if (Interlocked.Exchange(ref s_runs, 1) != 0)
            throw new InvalidOperationException("this process has run ranks before, and MPI begins and ends once; do all work in one call.");
        MpiCollective.Check(LibMpi.InitThread(0, 0, OneThreadAtATime, out var provided), "MPI_Init_thread");
        MpiCollective.Check(LibMpi.CommRank(LibMpi.World, out var rank), "MPI_Comm_rank");
        MpiCollective.Check(LibMpi.CommSize(LibMpi.World, out var size), "MPI_Comm_size");
        // Whatever ends this process without a word would leave the others waiting.
        AppDomain.CurrentDomain.UnhandledException += (_, error) => End(rank, size, error.ExceptionObject.ToString());
        try
        {
            if (provided < OneThreadAtATime)
                throw new InvalidOperationException($"this MPI allows calls from one thread only (level {provided}), and the engine makes them from whichever thread asks; build it with thread support.");
            if ((Variable("OMPI_COMM_WORLD_SIZE") ?? Variable("PMI_SIZE")) is { } started && started != size.ToString(CultureInfo.InvariantCulture))
                throw new InvalidOperationException($"the launcher started {started} processes and the library of MPI sees {size}: they belong to two MPIs; start with the launcher of the library that is installed.");
            work(new MpiCollective(rank, size));
        }
        catch (Exception error)
        {
            // Whatever the error is, the other ranks wait for this one.
            End(rank, size, describe?.Invoke(error) ?? error.ToString());
        }

        MpiCollective.Check(LibMpi.End(), "MPI_Finalize");
    }

    private static void End(int rank, int size, string? error)
    {
        if (rank > 0)
            Thread.Sleep(s_precedence);
        Console.Out.Flush();
        Console.Error.WriteLine($"rank {rank} of {size} on {Environment.MachineName} ends the job: {error}");
        Console.Error.Flush();
        _ = LibMpi.Abort(LibMpi.World, 1);
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
