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

    /// <summary>Measures a triad, a = b + 3 c: two arrays read for one written, as a row made by interpolation reads two rows and writes one.</summary>
    /// <param name="threads">How many threads, as many as the work had; each has a part of its own.</param>
    /// <returns>Bytes read and written a second, of the fastest of five repetitions. What the processor reads of a line before it writes it is not counted.</returns>
    public static double Measure(int threads) => Measure(threads, MemoryPass.Triad);

    /// <summary>Measures a pass over memory.</summary>
    /// <param name="threads">How many threads; each has a part of its own.</param>
    /// <param name="pass">What is read and written.</param>
    /// <returns>As that of a triad.</returns>
    public static double Measure(int threads, MemoryPass pass)
    {
        var (target, first, second) = (Fill(0), Fill(1), Fill(2));
        var part = Length / threads / Vector<float>.Count * Vector<float>.Count;
        var fastest = double.PositiveInfinity;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var clock = Stopwatch.StartNew();
            var workers = Enumerable.Range(0, threads).Select(worker => new Thread(() =>
                Run(pass, target.AsSpan(worker * part, part), first.AsSpan(worker * part, part), second.AsSpan(worker * part, part)))).ToArray();
            foreach (var worker in workers)
                worker.Start();
            foreach (var worker in workers)
                worker.Join();
            fastest = Math.Min(fastest, clock.Elapsed.TotalSeconds);
        }

        return (double)threads * part * ArraysOf(pass) * sizeof(float) / fastest;
    }

    private static int ArraysOf(MemoryPass pass) => pass switch
    {
        MemoryPass.Read => 1,
        MemoryPass.Copy or MemoryPass.Scale => 2,
        _ => 3,
    };

    private static void Run(MemoryPass pass, Span<float> target, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        switch (pass)
        {
            case MemoryPass.Read: Read(first, target); break;
            case MemoryPass.Copy: first.CopyTo(target); break;
            case MemoryPass.Scale: Scale(target, first); break;
            default: Triad(target, first, second); break;
        }
    }

    /// <summary>Allocates an array and touches every page of it.</summary>
    private static float[] Fill(float value)
    {
        var array = new float[Length];
        array.AsSpan().Fill(value);
        return array;
    }

    /// <summary>Four sums hide the latency of adding; their total is kept, so that no reading can be left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read(ReadOnlySpan<float> source, Span<float> total)
    {
        var sources = MemoryMarshal.Cast<float, Vector<float>>(source);
        Vector<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        var i = 0;
        for (; i <= sources.Length - 4; i += 4)
        {
            sum0 += sources[i];
            sum1 += sources[i + 1];
            sum2 += sources[i + 2];
            sum3 += sources[i + 3];
        }

        for (; i < sources.Length; i++)
            sum0 += sources[i];
        total[0] = Vector.Sum(sum0 + sum1 + sum2 + sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale(Span<float> target, ReadOnlySpan<float> source)
    {
        var three = new Vector<float>(3f);
        var targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        var sources = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (var i = 0; i < targets.Length; i++)
            targets[i] = three * sources[i];
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

/// <summary>A pass over arrays much larger than all caches.</summary>
internal enum MemoryPass
{
    /// <summary>One array is added up.</summary>
    Read,

    /// <summary>One array is copied to another.</summary>
    Copy,

    /// <summary>One array, times 3, is written to another.</summary>
    Scale,

    /// <summary>One array plus 3 times another is written to a third.</summary>
    Triad,
}
