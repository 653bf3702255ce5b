using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Bench.Comparisons.Measurement;

/// <summary>What the arithmetic units of the machine do when nothing else holds them up: the same operation over and over, on the widest registers of the process.</summary>
internal static class ArithmeticPeak
{
    private const int Repetitions = 5;
    private const int Rounds = 1_000_000;
    private const int Chains = 12;

    /// <summary>What is done over and over, on all elements of a register.</summary>
    private interface IStep<TRegister>
    {
        static abstract TRegister Of(TRegister sum, TRegister x, TRegister y);
    }

    /// <summary>An operation at every width.</summary>
    private interface IOperation<T> : IStep<Vector512<T>>, IStep<Vector256<T>>, IStep<Vector128<T>>
    {
        static abstract T Of(T sum, T x, T y);
    }

    /// <summary>Measures multiply-adds: fused ones, or a multiplication and an addition each where the process has none.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="threads">How many threads, as many as the work had.</param>
    /// <returns>Multiply-adds a second on all threads, of the fastest of five repetitions.</returns>
    public static double MultiplyAdds<T>(int threads)
        where T : unmanaged, IFloatingPointIeee754<T> => Best<T, MultiplyAdd<T>>(threads);

    /// <summary>Measures differences taken, made positive and added up.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="threads">How many threads, as many as the work had.</param>
    /// <returns>Elements a second on all threads, of the fastest of five repetitions.</returns>
    public static double AbsoluteDifferences<T>(int threads)
        where T : unmanaged, IFloatingPointIeee754<T> => Best<T, AbsoluteDifference<T>>(threads);

    /// <summary>Measures absolute differences of bytes, summed in eights and added up: what codes of an L1 search are compared by.</summary>
    /// <param name="threads">How many threads, as many as the work had.</param>
    /// <returns>Bytes a second on all threads, of the fastest of five repetitions; null where vectors have no instruction for it.</returns>
    public static double? ByteDifferences(int threads) => HasCodeInstructions ? Best<byte, ByteDifference>(threads) : null;

    /// <summary>Measures products of 16-bit integers, summed in pairs and added up: what codes of an L2 search are compared by.</summary>
    /// <param name="threads">How many threads, as many as the work had.</param>
    /// <returns>Products a second on all threads, of the fastest of five repetitions; null where vectors have no instruction for it.</returns>
    public static double? PairProducts(int threads) => HasCodeInstructions ? Best<short, PairProduct>(threads) : null;

    /// <summary>Gets whether sums of bytes and pairs are one instruction: everywhere but on vectors of other processors than those of x86.</summary>
    private static bool HasCodeInstructions => Sse2.IsSupported || !Vector128.IsHardwareAccelerated;

    private static double Best<T, TOperation>(int threads)
        where T : unmanaged, INumberBase<T>
        where TOperation : struct, IOperation<T>
    {
        if (Vector512.IsHardwareAccelerated)
            return Best<Vector512<T>, T, TOperation>(threads);
        if (Vector256.IsHardwareAccelerated)
            return Best<Vector256<T>, T, TOperation>(threads);
        return Vector128.IsHardwareAccelerated ? Best<Vector128<T>, T, TOperation>(threads) : Best<T, T, Single<T, TOperation>>(threads);
    }

    private static double Best<TRegister, T, TStep>(int threads)
        where TRegister : unmanaged
        where T : unmanaged, INumberBase<T>
        where TStep : struct, IStep<TRegister>
    {
        var registers = Filled<TRegister, T>();
        var fastest = double.PositiveInfinity;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var clock = Stopwatch.StartNew();
            var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() => GC.KeepAlive(Run<TRegister, TStep>(registers)))).ToArray();
            foreach (var worker in workers)
                worker.Start();
            foreach (var worker in workers)
                worker.Join();
            fastest = Math.Min(fastest, clock.Elapsed.TotalSeconds);
        }

        return (double)threads * Rounds * Chains * Unsafe.SizeOf<TRegister>() / Unsafe.SizeOf<T>() / fastest;
    }

    // Twelve chains hide the latency; each step depends on the one before it, so that none can be left out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TRegister Run<TRegister, TStep>(TRegister[] registers)
        where TRegister : unmanaged
        where TStep : struct, IStep<TRegister>
    {
        // Read where they are used: what a method returned would stay in memory.
        ref var start = ref MemoryMarshal.GetArrayDataReference(registers);
        TRegister x = Unsafe.Add(ref start, 0), y = Unsafe.Add(ref start, 1);
        TRegister sum0 = Unsafe.Add(ref start, 2), sum1 = Unsafe.Add(ref start, 3), sum2 = Unsafe.Add(ref start, 4), sum3 = Unsafe.Add(ref start, 5);
        TRegister sum4 = Unsafe.Add(ref start, 6), sum5 = Unsafe.Add(ref start, 7), sum6 = Unsafe.Add(ref start, 8), sum7 = Unsafe.Add(ref start, 9);
        TRegister sum8 = Unsafe.Add(ref start, 10), sum9 = Unsafe.Add(ref start, 11), sum10 = Unsafe.Add(ref start, 12), sum11 = Unsafe.Add(ref start, 13);
        for (var round = 0; round < Rounds; round++)
        {
            sum0 = TStep.Of(sum0, x, y);
            sum1 = TStep.Of(sum1, x, y);
            sum2 = TStep.Of(sum2, x, y);
            sum3 = TStep.Of(sum3, x, y);
            sum4 = TStep.Of(sum4, x, y);
            sum5 = TStep.Of(sum5, x, y);
            sum6 = TStep.Of(sum6, x, y);
            sum7 = TStep.Of(sum7, x, y);
            sum8 = TStep.Of(sum8, x, y);
            sum9 = TStep.Of(sum9, x, y);
            sum10 = TStep.Of(sum10, x, y);
            sum11 = TStep.Of(sum11, x, y);
        }

        // One result of all of them.
        var first = TStep.Of(TStep.Of(sum0, sum1, sum2), TStep.Of(sum3, sum4, sum5), x);
        return TStep.Of(first, TStep.Of(TStep.Of(sum6, sum7, sum8), TStep.Of(sum9, sum10, sum11), x), y);
    }

    /// <summary>Fills registers with numbers that multiply-adds keep finite.</summary>
    private static TRegister[] Filled<TRegister, T>()
        where TRegister : unmanaged
        where T : unmanaged, INumberBase<T>
    {
        var registers = new TRegister[Chains + 2];
        for (var register = 0; register < registers.Length; register++)
        {
            var value = register switch
            {
                0 => 0.999,
                1 => 0.001,
                _ => register,
            };
            MemoryMarshal.Cast<TRegister, T>(registers.AsSpan(register, 1)).Fill(T.CreateTruncating(value));
        }

        return registers;
    }

    /// <summary>An operation on one element at a time, where there are no vectors.</summary>
    private readonly struct Single<T, TOperation> : IStep<T>
        where TOperation : struct, IOperation<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of(T sum, T x, T y) => TOperation.Of(sum, x, y);
    }

    private readonly struct MultiplyAdd<T> : IOperation<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static bool IsFused => Fma.IsSupported || AdvSimd.IsSupported;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Of(Vector512<T> sum, Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(sum.AsSingle(), x.AsSingle(), y.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(sum.AsDouble(), x.AsDouble(), y.AsDouble()).As<double, T>();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Of(Vector256<T> sum, Vector256<T> x, Vector256<T> y) => typeof(T) == typeof(float)
            ? Vector256.FusedMultiplyAdd(sum.AsSingle(), x.AsSingle(), y.AsSingle()).As<float, T>()
            : Vector256.FusedMultiplyAdd(sum.AsDouble(), x.AsDouble(), y.AsDouble()).As<double, T>();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<T> Of(Vector128<T> sum, Vector128<T> x, Vector128<T> y) => !IsFused
            ? (sum * x) + y
            : typeof(T) == typeof(float)
                ? Vector128.FusedMultiplyAdd(sum.AsSingle(), x.AsSingle(), y.AsSingle()).As<float, T>()
                : Vector128.FusedMultiplyAdd(sum.AsDouble(), x.AsDouble(), y.AsDouble()).As<double, T>();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of(T sum, T x, T y) => (sum * x) + y;
    }

    private readonly struct AbsoluteDifference<T> : IOperation<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Of(Vector512<T> sum, Vector512<T> x, Vector512<T> y) => sum + Vector512.Abs(x - sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Of(Vector256<T> sum, Vector256<T> x, Vector256<T> y) => sum + Vector256.Abs(x - sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<T> Of(Vector128<T> sum, Vector128<T> x, Vector128<T> y) => sum + Vector128.Abs(x - sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of(T sum, T x, T y) => sum + T.Abs(x - sum);
    }

    private readonly struct ByteDifference : IOperation<byte>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<byte> Of(Vector512<byte> sum, Vector512<byte> x, Vector512<byte> y) => (sum.AsInt64() + Avx512BW.SumAbsoluteDifferences(sum, x).AsInt64()).AsByte();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Of(Vector256<byte> sum, Vector256<byte> x, Vector256<byte> y) => (sum.AsInt64() + Avx2.SumAbsoluteDifferences(sum, x).AsInt64()).AsByte();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<byte> Of(Vector128<byte> sum, Vector128<byte> x, Vector128<byte> y) => (sum.AsInt64() + Sse2.SumAbsoluteDifferences(sum, x).AsInt64()).AsByte();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static byte Of(byte sum, byte x, byte y) => (byte)(sum + Math.Abs(sum - x));
    }

    private readonly struct PairProduct : IOperation<short>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<short> Of(Vector512<short> sum, Vector512<short> x, Vector512<short> y) => (sum.AsInt32() + Avx512BW.MultiplyAddAdjacent(sum, x)).AsInt16();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<short> Of(Vector256<short> sum, Vector256<short> x, Vector256<short> y) => (sum.AsInt32() + Avx2.MultiplyAddAdjacent(sum, x)).AsInt16();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<short> Of(Vector128<short> sum, Vector128<short> x, Vector128<short> y) => (sum.AsInt32() + Sse2.MultiplyAddAdjacent(sum, x)).AsInt16();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static short Of(short sum, short x, short y) => (short)(sum + (sum * x));
    }
}
