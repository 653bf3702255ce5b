using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Bench.Report.Terminal;
using Engine.Collectives;

namespace Bench.Ranks;

/// <summary>Does works that all ranks share, and tells of each its time, what a rank received for it, and a digest of the bits of its result, which must be the same on every rank.</summary>
/// <param name="collective">The ranks, measured.</param>
/// <param name="repeats">How often each work is done; its time is the median.</param>
/// <param name="hasLimit">Whether memory is limited; what this process read from disks is then told as well.</param>
internal sealed class DigestedWork(MeasuredCollective collective, int repeats, bool hasLimit)
{
    private const int DigestLength = 16;
    private const int ValuesPerPart = 1 << 14;

    /// <summary>Returns the bytes of values.</summary>
    public static byte[] Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    /// <summary>Returns the bytes of values made of others, some at a time.</summary>
    /// <param name="count">The number of values.</param>
    /// <param name="valueAt">The value at a place.</param>
    public static IEnumerable<byte[]> PartsOf<T>(int count, Func<int, T> valueAt)
        where T : unmanaged
    {
        var values = new T[Math.Min(count, ValuesPerPart)];
        for (var first = 0; first < count; first += values.Length)
        {
            var length = Math.Min(values.Length, count - first);
            for (var i = 0; i < length; i++)
                values[i] = valueAt(first + i);
            yield return Bytes<T>(values.AsSpan(0, length));
        }
    }

    /// <summary>Does a work.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="work">The work.</param>
    /// <param name="bytesOf">The bytes of its result.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidOperationException">The ranks have different results.</exception>
    public T Do<T>(string name, Func<T> work, Func<T, byte[]> bytesOf) => DoInParts(name, work, result => [bytesOf(result)]);

    /// <summary>Does a work whose result is so large that its bytes are not wanted a second time.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="work">The work.</param>
    /// <param name="partsOf">The bytes of its result, some at a time.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidOperationException">The ranks have different results.</exception>
    public T DoInParts<T>(string name, Func<T> work, Func<T, IEnumerable<byte[]>> partsOf)
    {
        var (seconds, received, read, result) = (new double[repeats], 0L, 0L, default(T)!);
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            // Under a limit, memory of the work before is given back to the system: pieces of it hold no array as long as this one may need.
            if (hasLimit)
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            // Nobody's time holds the wait for a rank that is behind with the work before.
            collective.Barrier();
            var (start, before, readBefore) = (Stopwatch.GetTimestamp(), collective.BytesReceived, ProcessUse.BytesFromDisk);
            result = work();
            (seconds[repeat], received, read) = (Stopwatch.GetElapsedTime(start).TotalSeconds, collective.BytesReceived - before, ProcessUse.BytesFromDisk - readBefore);
        }

        Array.Sort(seconds);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in partsOf(result))
            hash.AppendData(part);
        var digest = hash.GetHashAndReset();
        var all = new byte[digest.Length * collective.Size];
        collective.AllGather(digest, all);
        if (all.Chunk(digest.Length).Any(other => !other.AsSpan().SequenceEqual(digest)))
            throw new InvalidOperationException($"the ranks have different results of {name}; they do not run the same program on the same files.");
        Say(string.Create(CultureInfo.InvariantCulture, $"{name,-30} {seconds[repeats / 2],9:F3} s  {received,14:N0} bytes received  {(hasLimit ? string.Create(CultureInfo.InvariantCulture, $"{read,14:N0} from disk  ") : "")}{Convert.ToHexString(digest)[..DigestLength]}"));
        return result;
    }

    /// <summary>Writes a line, on the first rank.</summary>
    public void Say(string message)
    {
        if (collective.Rank == 0)
            Messages.Say(message);
    }
}
