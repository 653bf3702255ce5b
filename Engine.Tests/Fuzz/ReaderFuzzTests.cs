using System.Globalization;
using Engine.Tests.Support;

namespace Engine.Tests.Fuzz;

/// <summary>Spoiled files: every reader reads them or throws its documented exception, soon and in little memory.</summary>
/// <remarks>By hand, ENGINE_FUZZ_CASES=100000 spoils so many files a reader, and ENGINE_FUZZ_FIRST=7 begins at case 7.</remarks>
public sealed class ReaderFuzzTests
{
    private const int DefaultCaseCount = 60;

    /// <summary>A hang; the slowest reader takes milliseconds.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    /// <summary>What no small file needs, and a number taken for a size soon asks for.</summary>
    private const long MostBytes = 1L << 29;

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_SoundFiles_Succeeds(string name)
    {
        using var folder = new TemporaryFolder();
        var target = FuzzTargets.All.Single(target => target.Name == name);
        target.Write(folder.Path);
        target.Read(folder.Path);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_SpoiledFiles_SucceedsOrThrowsWhatIsDocumented(string name)
    {
        using var folder = new TemporaryFolder();
        var target = FuzzTargets.All.Single(target => target.Name == name);
        target.Write(folder.Path);
        var files = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => (Path: path, Bytes: File.ReadAllBytes(path))).ToArray();
        var (first, count) = (Setting("ENGINE_FUZZ_FIRST", 0), Setting("ENGINE_FUZZ_CASES", DefaultCaseCount));
        for (var number = first; number < first + count; number++)
        {
            var random = new Random(number);
            var (path, bytes) = files[random.Next(files.Length)];
            File.WriteAllBytes(path, MutatedBytes.Of(bytes, random));
            if (Fault(target, folder.Path) is { } fault)
                Assert.Fail($"case {number} (ENGINE_FUZZ_FIRST={number} ENGINE_FUZZ_CASES=1), {Path.GetRelativePath(folder.Path, path)}: {fault}");
            File.WriteAllBytes(path, bytes);
        }
    }

    private static string? Fault(FuzzTarget target, string folder)
    {
        var reading = Task.Factory.StartNew(() => ReadOnce(target, folder), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return reading.Wait(s_longest) ? reading.Result : "it does not end.";
    }

    private static string? ReadOnce(FuzzTarget target, string folder)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read(folder);
        }
        catch (Exception error) when (error.GetType() == target.Documented)
        {
            if (error.Message.Any(char.IsControl) || error.Message.Length > 4000)
                return $"its message is not fit to be shown: {error.Message.Length} characters.";
        }
        catch (Exception error)
        {
            return error.ToString();
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return bytes <= MostBytes ? null : $"it took {bytes:N0} bytes.";
    }

    private static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;
}
