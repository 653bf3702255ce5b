using System.Reflection;
using System.Runtime.InteropServices;

namespace Engine.Mpi;

/// <summary>The functions of an MPI library that the engine needs, and the two handles that they take.</summary>
/// <remarks>
/// Handles are macros of mpi.h: addresses of exported objects in Open MPI, numbers in MPICH and its kin. Both are passed as a word: a number is read from its lower half.
/// </remarks>
internal static partial class LibMpi
{
    private const string Name = "mpi";
    private const nint MpichWorld = 0x44000000;
    private const nint MpichByte = 0x4c00010d;

    private static readonly string[] s_openMpi = ["libmpi.so.40", "libmpi.40.dylib"];
    private static readonly string[] s_mpich = ["libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib"];
    private static readonly string[] s_either = ["libmpi.so", "libmpi.dylib"];

    private static nint s_library;

    /// <summary>Gets the communicator of all processes.</summary>
    public static nint World { get; private set; }

    /// <summary>Gets the type of a byte.</summary>
    public static nint Byte { get; private set; }

    /// <summary>Loads the library that fits the launcher.</summary>
    /// <param name="isMpich">Whether the launcher is MPICH's.</param>
    /// <returns>False where there is none.</returns>
    public static bool TryLoad(bool isMpich)
    {
        if (s_library != 0)
            return true;
        // UCX, over which many builds of MPI send, ends the process at signals of which the runtime makes exceptions. It reads the environment of C, which that of .NET is a copy of.
        _ = SetEnvironment("UCX_ERROR_SIGNALS", "", overwrite: 0);
        string[] names = isMpich ? [.. s_mpich, .. s_either] : [.. s_openMpi, .. s_either];
        if (!names.Any(static name => NativeLibrary.TryLoad(name, out s_library)))
            return false;
        if (NativeLibrary.TryGetExport(s_library, "ompi_mpi_comm_world", out var world))
            (World, Byte) = (world, NativeLibrary.GetExport(s_library, "ompi_mpi_byte"));
        else
            (World, Byte) = (MpichWorld, MpichByte);
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), static (name, _, _) => name == Name ? s_library : 0);
        return true;
    }

    [LibraryImport(Name, EntryPoint = "MPI_Init_thread")]
    internal static partial int InitThread(nint argumentCount, nint arguments, int required, out int provided);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_rank")]
    internal static partial int CommRank(nint communicator, out int rank);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_size")]
    internal static partial int CommSize(nint communicator, out int size);

    [LibraryImport(Name, EntryPoint = "MPI_Allgather")]
    internal static unsafe partial int AllGather(byte* sent, int sentCount, nint sentType, byte* received, int receivedCount, nint receivedType, nint communicator);

    [LibraryImport(Name, EntryPoint = "MPI_Bcast")]
    internal static unsafe partial int Broadcast(byte* bytes, int count, nint type, int root, nint communicator);

    [LibraryImport(Name, EntryPoint = "MPI_Barrier")]
    internal static partial int Barrier(nint communicator);

    [LibraryImport(Name, EntryPoint = "MPI_Abort")]
    internal static partial int Abort(nint communicator, int exitCode);

    [LibraryImport(Name, EntryPoint = "MPI_Finalize")]
    internal static partial int End();

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
