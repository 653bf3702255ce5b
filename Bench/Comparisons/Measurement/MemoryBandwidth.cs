using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bench.Comparisons.Measurement;

/// <summary>What memory does when nothing but reading and writing is asked of it: the roof of work that streams more than caches hold.</summary>
internal static class MemoryBandwidth
{
    /// <summary>Floats of each of three arrays: 201 MB together, several times the caches.</summary>
    private const int Length = 1 << 24;

    private const int Repetitions = 5;
    private const int BytesPerElement = 3 * sizeof(float);

    /// <summary>Measures a triad, a = b + 3 c: two arrays read for one written, as a row made by interpolation reads two rows and writes one.</summary>
    /// <param name="threads">How many threads, as many as the work had; each has a part of its own.</param>
    /// <returns>Bytes read and written a second, of the fastest of five repetitions. What the processor reads of a line before it writes it is not counted.</returns>
    public static double Measure(int threads)
    {
        var (target, first, second) = (Fill(0), Fill(1), Fill(2));
        var part = Length / threads / Vector<float>.Count * Vector<float>.Count;
        var fastest = double.PositiveInfinity;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var clock = Stopwatch.StartNew();
            var workers = Enumerable.Range(0, threads).Select(worker => new Thread(() =>
                Triad(target.AsSpan(worker * part, part), first.AsSpan(worker * part, part), second.AsSpan(worker * part, part)))).ToArray();
            foreach (var worker in workers)
                worker.Start();
            foreach (var worker in workers)
                worker.Join();
            fastest = Math.Min(fastest, clock.Elapsed.TotalSeconds);
        }

        return (double)threads * part * BytesPerElement / fastest;
    }

    /// <summary>Allocates an array and touches every page of it.</summary>
    private static float[] Fill(float value)
    {
        var array = new float[Length];
        array.AsSpan().Fill(value);
        return array;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Triad(Span<float> target, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var three = new Vector<float>(3f);
        var targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        var firsts = MemoryMarshal.Cast<float, Vector<float>>(first);
        var seconds = MemoryMarshal.Cast<float, Vector<float>>(second);
        for (var i = 0; i < targets.Length; i++)
            targets[i] = firsts[i] + (three * seconds[i]);
    }
}
