using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bench.Comparisons.Measurement;

/// <summary>What the arithmetic units of the machine do when nothing else holds them up: the same operation over and over, on registers.</summary>
internal static class ArithmeticPeak
{
    private const int Repetitions = 5;
    private const int Rounds = 1_000_000;
    private const int Chains = 12;

    /// <summary>What is done over and over, on all lanes of a vector.</summary>
    private interface IOperation<TVector>
    {
        static abstract int Lanes { get; }

        static abstract TVector Of(double value);

        static abstract TVector Step(TVector sum, TVector x, TVector y);

        static abstract double Total(TVector sum);
    }

    /// <summary>Measures fused multiply-adds.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="threads">How many threads, as many as the work had.</param>
    /// <returns>Multiply-adds a second on all threads, of the fastest of five repetitions.</returns>
    public static double MultiplyAdds<T>(int threads)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Vector512.IsHardwareAccelerated ? Best<Vector512<T>, MultiplyAdd512<T>>(threads) : Best<Vector256<T>, MultiplyAdd256<T>>(threads);

    /// <summary>Measures differences taken, made positive and added up.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="threads">How many threads, as many as the work had.</param>
    /// <returns>Elements a second on all threads, of the fastest of five repetitions.</returns>
    public static double AbsoluteDifferences<T>(int threads)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Vector512.IsHardwareAccelerated ? Best<Vector512<T>, AbsoluteDifference512<T>>(threads) : Best<Vector256<T>, AbsoluteDifference256<T>>(threads);

    private static double Best<TVector, TOperation>(int threads)
        where TOperation : IOperation<TVector>
    {
        var fastest = double.PositiveInfinity;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var clock = Stopwatch.StartNew();
            var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() => GC.KeepAlive(Run<TVector, TOperation>()))).ToArray();
            foreach (var worker in workers)
                worker.Start();
            foreach (var worker in workers)
                worker.Join();
            fastest = Math.Min(fastest, clock.Elapsed.TotalSeconds);
        }

        return (double)threads * Rounds * Chains * TOperation.Lanes / fastest;
    }

    // Twelve chains hide the latency; each step depends on the one before it, so that none can be left out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Run<TVector, TOperation>()
        where TOperation : IOperation<TVector>
    {
        var (x, y) = (TOperation.Of(0.999), TOperation.Of(0.001));
        TVector sum0 = TOperation.Of(1), sum1 = TOperation.Of(2), sum2 = TOperation.Of(3), sum3 = TOperation.Of(4), sum4 = TOperation.Of(5), sum5 = TOperation.Of(6);
        TVector sum6 = TOperation.Of(7), sum7 = TOperation.Of(8), sum8 = TOperation.Of(9), sum9 = TOperation.Of(10), sum10 = TOperation.Of(11), sum11 = TOperation.Of(12);
        for (var round = 0; round < Rounds; round++)
        {
            sum0 = TOperation.Step(sum0, x, y);
            sum1 = TOperation.Step(sum1, x, y);
            sum2 = TOperation.Step(sum2, x, y);
            sum3 = TOperation.Step(sum3, x, y);
            sum4 = TOperation.Step(sum4, x, y);
            sum5 = TOperation.Step(sum5, x, y);
            sum6 = TOperation.Step(sum6, x, y);
            sum7 = TOperation.Step(sum7, x, y);
            sum8 = TOperation.Step(sum8, x, y);
            sum9 = TOperation.Step(sum9, x, y);
            sum10 = TOperation.Step(sum10, x, y);
            sum11 = TOperation.Step(sum11, x, y);
        }

        return TOperation.Total(sum0) + TOperation.Total(sum1) + TOperation.Total(sum2) + TOperation.Total(sum3) + TOperation.Total(sum4) + TOperation.Total(sum5)
            + TOperation.Total(sum6) + TOperation.Total(sum7) + TOperation.Total(sum8) + TOperation.Total(sum9) + TOperation.Total(sum10) + TOperation.Total(sum11);
    }

    private readonly struct MultiplyAdd512<T> : IOperation<Vector512<T>>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int Lanes => Vector512<T>.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Of(double value) => Vector512.Create(T.CreateTruncating(value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Step(Vector512<T> sum, Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(sum.AsSingle(), x.AsSingle(), y.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(sum.AsDouble(), x.AsDouble(), y.AsDouble()).As<double, T>();

        public static double Total(Vector512<T> sum) => double.CreateTruncating(Vector512.Sum(sum));
    }

    private readonly struct MultiplyAdd256<T> : IOperation<Vector256<T>>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int Lanes => Vector256<T>.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Of(double value) => Vector256.Create(T.CreateTruncating(value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Step(Vector256<T> sum, Vector256<T> x, Vector256<T> y) => typeof(T) == typeof(float)
            ? Vector256.FusedMultiplyAdd(sum.AsSingle(), x.AsSingle(), y.AsSingle()).As<float, T>()
            : Vector256.FusedMultiplyAdd(sum.AsDouble(), x.AsDouble(), y.AsDouble()).As<double, T>();

        public static double Total(Vector256<T> sum) => double.CreateTruncating(Vector256.Sum(sum));
    }

    private readonly struct AbsoluteDifference512<T> : IOperation<Vector512<T>>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int Lanes => Vector512<T>.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Of(double value) => Vector512.Create(T.CreateTruncating(value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Step(Vector512<T> sum, Vector512<T> x, Vector512<T> y) => sum + Vector512.Abs(x - sum);

        public static double Total(Vector512<T> sum) => double.CreateTruncating(Vector512.Sum(sum));
    }

    private readonly struct AbsoluteDifference256<T> : IOperation<Vector256<T>>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int Lanes => Vector256<T>.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Of(double value) => Vector256.Create(T.CreateTruncating(value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Step(Vector256<T> sum, Vector256<T> x, Vector256<T> y) => sum + Vector256.Abs(x - sum);

        public static double Total(Vector256<T> sum) => double.CreateTruncating(Vector256.Sum(sum));
    }
}
