using System.Runtime.InteropServices;

namespace Engine.Gpu.Torch;

/// <summary>The native libtorch that TorchSharp calls: where it is looked for, and why it cannot be used.</summary>
/// <remarks>Everything that touches TorchSharp calls <see cref="Require"/> first. TorchSharp by itself answers a library that does not load by copying half a gigabyte about, writing to
/// the console and a type initializer's stack.</remarks>
internal static partial class LibTorch
{
    /// <summary>The environment variable that names the folder of a libtorch that the user has.</summary>
    public const string FolderVariable = "ENGINE_LIBTORCH";

    /// <summary>The libtorch that TorchSharp 0.107.0 was compiled against.</summary>
    public const string Version = "2.10";

    private const string MissingSymbolVersion = "GLIBCXX_";
    private const int ResolveNow = 2;

    private static readonly Lazy<Outcome> s_outcome = new(Load);

    /// <summary>Gets the folder that it was loaded from.</summary>
    public static string? Folder => s_outcome.Value.Folder;

    /// <summary>Gets why libtorch cannot be used; null when it is loaded.</summary>
    public static string? WhyNot => s_outcome.Value.WhyNot;

    /// <summary>Loads libtorch, once per process.</summary>
    /// <exception cref="AcceleratorException">There is none, or it does not load; the message says why and what to do.</exception>
    public static void Require()
    {
        if (WhyNot is { } reason)
            throw new AcceleratorException($"libtorch cannot be used: {reason}");
    }

    /// <summary>Says which libtorch there is, or why none.</summary>
    /// <returns>One line.</returns>
    public static string Describe() => WhyNot is { } reason ? $"No libtorch: {reason}" : $"libtorch: {Version}, in {Folder}; {(TorchDevices.HasCuda ? "CPU and CUDA" : "CPU, no CUDA")}.";

    /// <summary>Chooses the folder of libtorch: the user's, else the one that came with the build.</summary>
    /// <param name="wanted">The value of <see cref="FolderVariable"/>; nothing when null or empty.</param>
    /// <param name="searched">The folders that the build's native libraries lie in.</param>
    /// <returns>The folder, or why there is none.</returns>
    internal static (string? Folder, string? WhyNot) Choose(string? wanted, IEnumerable<string> searched)
    {
        var library = FileName("torch_cpu");
        if (!string.IsNullOrEmpty(wanted))
        {
            return File.Exists(Path.Combine(wanted, library))
                ? (Path.GetFullPath(wanted), null)
                : (null, $"{FolderVariable} is '{wanted}', where there is no {library}; let it name the folder of libtorch {Version}'s libraries, such as lib of its download or torch/lib of Python's torch.");
        }

        return searched.FirstOrDefault(folder => File.Exists(Path.Combine(folder, library))) is { } found
            ? (found, null)
            : (null, $"this build has no native libtorch; build with -p:LibTorch=cpu, or let {FolderVariable} name the folder of libtorch {Version}'s libraries.");
    }

    /// <summary>Says in plain words why a library did not load.</summary>
    /// <param name="library">Its file.</param>
    /// <param name="error">What the system's loader said.</param>
    /// <returns>One or two sentences, with the way out.</returns>
    internal static string Explain(string library, string error)
    {
        var start = error.IndexOf(MissingSymbolVersion, StringComparison.Ordinal);
        if (start < 0)
            return $"{library} does not load: {error.ReplaceLineEndings(" ").Trim()}. It needs libtorch {Version} and no other version.";
        var end = start + MissingSymbolVersion.Length;
        while (end < error.Length && (char.IsAsciiDigit(error[end]) || error[end] == '.'))
            end++;
        return $"{library} needs {error[start..end]} of libstdc++.so.6, which this system's is too old to have. Debian 13, Ubuntu 24.04 and newer have it, as has every system with GCC 13 or newer; use the managed networks here.";
    }

    private static Outcome Load()
    {
        var native = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append(AppContext.BaseDirectory).ToArray();
        var (folder, whyNot) = Choose(Environment.GetEnvironmentVariable(FolderVariable), native);
        if (folder is null)
            return new Outcome(null, whyNot);
        // By full path and in the order of their needs: afterwards their names mean these files, whatever else the system has.
        foreach (var name in (string[])["c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch"])
        {
            var path = Path.Combine(folder, FileName(name));
            if (File.Exists(path) && TryLoad(path) is { } error)
                return new Outcome(null, Explain(path, error));
        }

        var bridge = native.Prepend(folder).Select(candidate => Path.Combine(candidate, FileName("LibTorchSharp"))).FirstOrDefault(File.Exists);
        return bridge is null
            ? new Outcome(null, $"{FileName("LibTorchSharp")}, which comes with TorchSharp, is not beside the program; publish it for this system, or put it into {folder}.")
            : new Outcome(folder, TryLoad(bridge) is { } problem ? Explain(bridge, problem) : null);
    }

    private static string? TryLoad(string path)
    {
        // With every function resolved at once, a libtorch of another version is an error here and not the end of the process later.
        if (OperatingSystem.IsLinux())
        {
            // The first call of DlError loads what it stands in, which would hide the error to be told.
            _ = DlError();
            if (DlOpen(path, ResolveNow) == 0)
                return Marshal.PtrToStringUTF8(DlError()) ?? "the loader gives no reason";
        }

        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            return error.Message;
        }
    }

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    [LibraryImport("libdl.so.2", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint DlOpen(string path, int flags);

    [LibraryImport("libdl.so.2", EntryPoint = "dlerror")]
    private static partial nint DlError();

    private sealed record Outcome(string? Folder, string? WhyNot);
}
