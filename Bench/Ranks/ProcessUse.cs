using System.Globalization;

namespace Bench.Ranks;

/// <summary>What this process takes of the machine, as Linux counts it; elsewhere nothing is known.</summary>
internal sealed class ProcessUse : IDisposable
{
    private const string Status = "/proc/self/status";
    private const string InputOutput = "/proc/self/io";
    private const long BytesPerKibibyte = 1024;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    private readonly Timer _timer;
    private long _peak;

    /// <summary>Begins to look, again and again, how much memory is taken.</summary>
    public ProcessUse() => _timer = new Timer(_ => Look(), null, TimeSpan.Zero, s_interval);

    /// <summary>Gets the most memory that was seen, without pages of mapped files, which the system takes back when it needs them; 0 where it is not known.</summary>
    public long PeakMemory
    {
        get
        {
            Look();
            return Volatile.Read(ref _peak);
        }
    }

    /// <summary>Gets the bytes that came from disks so far, and not from memory that holds a part of a file; 0 where they are not known.</summary>
    public static long BytesFromDisk => Read(InputOutput, "read_bytes:");

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private static long Read(string file, string key)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[key.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private void Look()
    {
        var bytes = Read(Status, "RssAnon:") * BytesPerKibibyte;
        for (var peak = Volatile.Read(ref _peak); bytes > peak; peak = Volatile.Read(ref _peak))
            Interlocked.CompareExchange(ref _peak, bytes, peak);
    }
}
