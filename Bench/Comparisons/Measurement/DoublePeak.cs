using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bench.Comparisons.Measurement;

/// <summary>What the arithmetic units of the machine do in double when nothing else holds them up: the roof of a pass that sums products of columns.</summary>
internal static class DoublePeak
{
    private const int Repetitions = 5;
    private const int Rounds = 1_000_000;
    private const int Chains = 12;

    /// <summary>What is done over and over.</summary>
    private interface IMultiplyAdd<TVector>
    {
        static abstract int Lanes { get; }

        static abstract TVector Of(double value);

        static abstract TVector Step(TVector sum, TVector x, TVector y);

        static abstract double Total(TVector sum);
    }

    /// <summary>Measures fused multiply-adds.</summary>
    /// <param name="threads">How many threads, as many as the work had.</param>
    /// <returns>Multiply-adds a second on all threads, of the fastest of five repetitions.</returns>
    public static double Measure(int threads) =>
        Vector512.IsHardwareAccelerated ? Best<Vector512<double>, MultiplyAdd512>(threads) : Best<Vector256<double>, MultiplyAdd256>(threads);

    private static double Best<TVector, TStep>(int threads)
        where TStep : IMultiplyAdd<TVector>
    {
        var fastest = double.PositiveInfinity;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var clock = Stopwatch.StartNew();
            var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() => GC.KeepAlive(Run<TVector, TStep>()))).ToArray();
            foreach (var worker in workers)
                worker.Start();
            foreach (var worker in workers)
                worker.Join();
            fastest = Math.Min(fastest, clock.Elapsed.TotalSeconds);
        }

        return (double)threads * Rounds * Chains * TStep.Lanes / fastest;
    }

    // Twelve chains hide the latency; each step depends on the one before it, so that none can be left out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Run<TVector, TStep>()
        where TStep : IMultiplyAdd<TVector>
    {
        var (x, y) = (TStep.Of(0.999), TStep.Of(0.001));
        TVector sum0 = TStep.Of(1), sum1 = TStep.Of(2), sum2 = TStep.Of(3), sum3 = TStep.Of(4), sum4 = TStep.Of(5), sum5 = TStep.Of(6);
        TVector sum6 = TStep.Of(7), sum7 = TStep.Of(8), sum8 = TStep.Of(9), sum9 = TStep.Of(10), sum10 = TStep.Of(11), sum11 = TStep.Of(12);
        for (var round = 0; round < Rounds; round++)
        {
            sum0 = TStep.Step(sum0, x, y);
            sum1 = TStep.Step(sum1, x, y);
            sum2 = TStep.Step(sum2, x, y);
            sum3 = TStep.Step(sum3, x, y);
            sum4 = TStep.Step(sum4, x, y);
            sum5 = TStep.Step(sum5, x, y);
            sum6 = TStep.Step(sum6, x, y);
            sum7 = TStep.Step(sum7, x, y);
            sum8 = TStep.Step(sum8, x, y);
            sum9 = TStep.Step(sum9, x, y);
            sum10 = TStep.Step(sum10, x, y);
            sum11 = TStep.Step(sum11, x, y);
        }

        return TStep.Total(sum0) + TStep.Total(sum1) + TStep.Total(sum2) + TStep.Total(sum3) + TStep.Total(sum4) + TStep.Total(sum5)
            + TStep.Total(sum6) + TStep.Total(sum7) + TStep.Total(sum8) + TStep.Total(sum9) + TStep.Total(sum10) + TStep.Total(sum11);
    }

    private readonly struct MultiplyAdd512 : IMultiplyAdd<Vector512<double>>
    {
        public static int Lanes => Vector512<double>.Count;

        public static Vector512<double> Of(double value) => Vector512.Create(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Step(Vector512<double> sum, Vector512<double> x, Vector512<double> y) => Vector512.FusedMultiplyAdd(sum, x, y);

        public static double Total(Vector512<double> sum) => Vector512.Sum(sum);
    }

    private readonly struct MultiplyAdd256 : IMultiplyAdd<Vector256<double>>
    {
        public static int Lanes => Vector256<double>.Count;

        public static Vector256<double> Of(double value) => Vector256.Create(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<double> Step(Vector256<double> sum, Vector256<double> x, Vector256<double> y) => Vector256.FusedMultiplyAdd(sum, x, y);

        public static double Total(Vector256<double> sum) => Vector256.Sum(sum);
    }
}
