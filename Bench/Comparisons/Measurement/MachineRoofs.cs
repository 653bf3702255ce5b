using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bench.Comparisons.Measurement;

/// <summary>What the arithmetic units of the machine do in float32 when nothing else holds them up: the roof of any search that measures every pair in it.</summary>
/// <param name="MultiplyAdds">Fused multiply-adds a second on all threads asked for; one an element and pair is what an L2 search by products needs.</param>
/// <param name="AbsoluteDifferences">Differences taken, made positive and added up a second, likewise; what a search in L1 needs.</param>
internal sealed record MachineRoofs(double MultiplyAdds, double AbsoluteDifferences)
{
    private const int Repetitions = 5;
    private const int Rounds = 1_000_000;
    private const int Chains = 12;

    /// <summary>Measures both.</summary>
    /// <param name="threads">How many threads, as many as the search had.</param>
    public static MachineRoofs Measure(int threads) => new(Best(threads, MultiplyAdd), Best(threads, AddAbsoluteDifferences));

    private static double Best(int threads, Func<float> work)
    {
        var fastest = double.PositiveInfinity;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var clock = Stopwatch.StartNew();
            var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() => GC.KeepAlive(work()))).ToArray();
            foreach (var worker in workers)
                worker.Start();
            foreach (var worker in workers)
                worker.Join();
            fastest = Math.Min(fastest, clock.Elapsed.TotalSeconds);
        }

        return (double)threads * Rounds * Chains * Lanes / fastest;
    }

    private static int Lanes => Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count;

    private static float MultiplyAdd() => Vector512.IsHardwareAccelerated ? MultiplyAdd512() : MultiplyAdd256();

    private static float AddAbsoluteDifferences() => Vector512.IsHardwareAccelerated ? AddAbsoluteDifferences512() : AddAbsoluteDifferences256();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAdd512()
    {
        // Twelve chains hide the latency; each step depends on the one before it, so that none can be left out.
        Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(0.001f);
        Vector512<float> sum0 = Vector512.Create(1f), sum1 = Vector512.Create(2f), sum2 = Vector512.Create(3f), sum3 = Vector512.Create(4f);
        Vector512<float> sum4 = Vector512.Create(5f), sum5 = Vector512.Create(6f), sum6 = Vector512.Create(7f), sum7 = Vector512.Create(8f);
        Vector512<float> sum8 = Vector512.Create(9f), sum9 = Vector512.Create(10f), sum10 = Vector512.Create(11f), sum11 = Vector512.Create(12f);
        for (var round = 0; round < Rounds; round++)
        {
            sum0 = Vector512.FusedMultiplyAdd(sum0, x, y);
            sum1 = Vector512.FusedMultiplyAdd(sum1, x, y);
            sum2 = Vector512.FusedMultiplyAdd(sum2, x, y);
            sum3 = Vector512.FusedMultiplyAdd(sum3, x, y);
            sum4 = Vector512.FusedMultiplyAdd(sum4, x, y);
            sum5 = Vector512.FusedMultiplyAdd(sum5, x, y);
            sum6 = Vector512.FusedMultiplyAdd(sum6, x, y);
            sum7 = Vector512.FusedMultiplyAdd(sum7, x, y);
            sum8 = Vector512.FusedMultiplyAdd(sum8, x, y);
            sum9 = Vector512.FusedMultiplyAdd(sum9, x, y);
            sum10 = Vector512.FusedMultiplyAdd(sum10, x, y);
            sum11 = Vector512.FusedMultiplyAdd(sum11, x, y);
        }

        return Vector512.Sum(sum0 + sum1 + sum2 + sum3 + sum4 + sum5 + sum6 + sum7 + sum8 + sum9 + sum10 + sum11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float AddAbsoluteDifferences512()
    {
        // Twelve chains hide the latency; each step depends on the one before it, so that none can be left out.
        Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(0.001f);
        Vector512<float> sum0 = Vector512.Create(1f), sum1 = Vector512.Create(2f), sum2 = Vector512.Create(3f), sum3 = Vector512.Create(4f);
        Vector512<float> sum4 = Vector512.Create(5f), sum5 = Vector512.Create(6f), sum6 = Vector512.Create(7f), sum7 = Vector512.Create(8f);
        Vector512<float> sum8 = Vector512.Create(9f), sum9 = Vector512.Create(10f), sum10 = Vector512.Create(11f), sum11 = Vector512.Create(12f);
        for (var round = 0; round < Rounds; round++)
        {
            sum0 += Vector512.Abs(x - sum0);
            sum1 += Vector512.Abs(x - sum1);
            sum2 += Vector512.Abs(x - sum2);
            sum3 += Vector512.Abs(x - sum3);
            sum4 += Vector512.Abs(x - sum4);
            sum5 += Vector512.Abs(x - sum5);
            sum6 += Vector512.Abs(x - sum6);
            sum7 += Vector512.Abs(x - sum7);
            sum8 += Vector512.Abs(x - sum8);
            sum9 += Vector512.Abs(x - sum9);
            sum10 += Vector512.Abs(x - sum10);
            sum11 += Vector512.Abs(x - sum11);
        }

        return Vector512.Sum(sum0 + sum1 + sum2 + sum3 + sum4 + sum5 + sum6 + sum7 + sum8 + sum9 + sum10 + sum11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAdd256()
    {
        // Twelve chains hide the latency; each step depends on the one before it, so that none can be left out.
        Vector256<float> x = Vector256.Create(0.999f), y = Vector256.Create(0.001f);
        Vector256<float> sum0 = Vector256.Create(1f), sum1 = Vector256.Create(2f), sum2 = Vector256.Create(3f), sum3 = Vector256.Create(4f);
        Vector256<float> sum4 = Vector256.Create(5f), sum5 = Vector256.Create(6f), sum6 = Vector256.Create(7f), sum7 = Vector256.Create(8f);
        Vector256<float> sum8 = Vector256.Create(9f), sum9 = Vector256.Create(10f), sum10 = Vector256.Create(11f), sum11 = Vector256.Create(12f);
        for (var round = 0; round < Rounds; round++)
        {
            sum0 = Vector256.FusedMultiplyAdd(sum0, x, y);
            sum1 = Vector256.FusedMultiplyAdd(sum1, x, y);
            sum2 = Vector256.FusedMultiplyAdd(sum2, x, y);
            sum3 = Vector256.FusedMultiplyAdd(sum3, x, y);
            sum4 = Vector256.FusedMultiplyAdd(sum4, x, y);
            sum5 = Vector256.FusedMultiplyAdd(sum5, x, y);
            sum6 = Vector256.FusedMultiplyAdd(sum6, x, y);
            sum7 = Vector256.FusedMultiplyAdd(sum7, x, y);
            sum8 = Vector256.FusedMultiplyAdd(sum8, x, y);
            sum9 = Vector256.FusedMultiplyAdd(sum9, x, y);
            sum10 = Vector256.FusedMultiplyAdd(sum10, x, y);
            sum11 = Vector256.FusedMultiplyAdd(sum11, x, y);
        }

        return Vector256.Sum(sum0 + sum1 + sum2 + sum3 + sum4 + sum5 + sum6 + sum7 + sum8 + sum9 + sum10 + sum11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float AddAbsoluteDifferences256()
    {
        // Twelve chains hide the latency; each step depends on the one before it, so that none can be left out.
        Vector256<float> x = Vector256.Create(0.999f), y = Vector256.Create(0.001f);
        Vector256<float> sum0 = Vector256.Create(1f), sum1 = Vector256.Create(2f), sum2 = Vector256.Create(3f), sum3 = Vector256.Create(4f);
        Vector256<float> sum4 = Vector256.Create(5f), sum5 = Vector256.Create(6f), sum6 = Vector256.Create(7f), sum7 = Vector256.Create(8f);
        Vector256<float> sum8 = Vector256.Create(9f), sum9 = Vector256.Create(10f), sum10 = Vector256.Create(11f), sum11 = Vector256.Create(12f);
        for (var round = 0; round < Rounds; round++)
        {
            sum0 += Vector256.Abs(x - sum0);
            sum1 += Vector256.Abs(x - sum1);
            sum2 += Vector256.Abs(x - sum2);
            sum3 += Vector256.Abs(x - sum3);
            sum4 += Vector256.Abs(x - sum4);
            sum5 += Vector256.Abs(x - sum5);
            sum6 += Vector256.Abs(x - sum6);
            sum7 += Vector256.Abs(x - sum7);
            sum8 += Vector256.Abs(x - sum8);
            sum9 += Vector256.Abs(x - sum9);
            sum10 += Vector256.Abs(x - sum10);
            sum11 += Vector256.Abs(x - sum11);
        }

        return Vector256.Sum(sum0 + sum1 + sum2 + sum3 + sum4 + sum5 + sum6 + sum7 + sum8 + sum9 + sum10 + sum11);
    }
}
