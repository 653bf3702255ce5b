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
internal sealed class DigestedWork(MeasuredCollective collective, int repeats)
{
    private const int DigestLength = 16;

    /// <summary>Returns the bytes of values.</summary>
    public static byte[] Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    /// <summary>Does a work.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="work">The work.</param>
    /// <param name="bytesOf">The bytes of its result.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidOperationException">The ranks have different results.</exception>
    public T Do<T>(string name, Func<T> work, Func<T, byte[]> bytesOf)
    {
        var (seconds, received, result) = (new double[repeats], 0L, default(T)!);
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            // Nobody's time holds the wait for a rank that is behind with the work before.
            collective.Barrier();
            var (start, before) = (Stopwatch.GetTimestamp(), collective.BytesReceived);
            result = work();
            (seconds[repeat], received) = (Stopwatch.GetElapsedTime(start).TotalSeconds, collective.BytesReceived - before);
        }

        Array.Sort(seconds);
        var digest = SHA256.HashData(bytesOf(result));
        var all = new byte[digest.Length * collective.Size];
        collective.AllGather(digest, all);
        if (all.Chunk(digest.Length).Any(other => !other.AsSpan().SequenceEqual(digest)))
            throw new InvalidOperationException($"the ranks have different results of {name}; they do not run the same program on the same files.");
        Say(string.Create(CultureInfo.InvariantCulture, $"{name,-30} {seconds[repeats / 2],9:F3} s  {received,14:N0} bytes received  {Convert.ToHexString(digest)[..DigestLength]}"));
        return result;
    }

    /// <summary>Writes a line, on the first rank.</summary>
    public void Say(string message)
    {
        if (collective.Rank == 0)
            Messages.Say(message);
    }
}
