using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engine.Data;

/// <summary>Copies rows that lie end to end to where each begins at a multiple of sixteen values, zeros behind it.</summary>
internal static class RowCopy
{
    /// <summary>Counts the rows at the beginning of a list, one or more, of which each follows the one before, so that they can be copied together.</summary>
    public static int CountFollowing<T>(ReadOnlySpan<T> rows)
        where T : IBinaryInteger<T>
    {
        var count = 1;
        while (count < rows.Length && rows[count] == rows[count - 1] + T.One)
            count++;
        return count;
    }

    /// <summary>Copies rows whole registers at a time: what is read past a row, the beginning of the next, is replaced by its zeros.</summary>
    /// <param name="values">The rows, and nothing behind the last.</param>
    /// <param name="stride">The distance of rows in <paramref name="values"/>.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="featureCount">Values a row, up to <paramref name="stride"/>.</param>
    /// <param name="padded">Receives the rows at multiples of <see cref="SampleMatrix.PaddedLength"/>, and their zeros.</param>
    public static void Pad(ReadOnlySpan<float> values, int stride, int rowCount, int featureCount, Span<float> padded)
    {
        var length = SampleMatrix.PaddedLength(featureCount);
        var row = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref var from = ref MemoryMarshal.GetReference(values);
            ref var to = ref MemoryMarshal.GetReference(padded[..(rowCount * length)]);
            var (isIn0, isIn1) = Masks(featureCount - (length - SampleMatrix.StrideMultiple));
            for (; row < rowCount && ((long)row * stride) + length <= values.Length; row++)
            {
                var (source, target) = ((nuint)row * (nuint)stride, (nuint)row * (nuint)length);
                nuint column = 0;
                for (; column < (nuint)(length - SampleMatrix.StrideMultiple); column += SampleMatrix.StrideMultiple)
                {
                    var (first, second) = (Vector256.LoadUnsafe(ref from, source + column), Vector256.LoadUnsafe(ref from, source + column + 8));
                    first.StoreUnsafe(ref to, target + column);
                    second.StoreUnsafe(ref to, target + column + 8);
                }

                (Vector256.LoadUnsafe(ref from, source + column) & isIn0).StoreUnsafe(ref to, target + column);
                (Vector256.LoadUnsafe(ref from, source + column + 8) & isIn1).StoreUnsafe(ref to, target + column + 8);
            }
        }

        for (; row < rowCount; row++)
        {
            var target = padded.Slice(row * length, length);
            values.Slice(row * stride, featureCount).CopyTo(target);
            target[featureCount..].Clear();
        }
    }

    /// <summary>Returns which of the last sixteen values are the row's, all bits of a value set or none.</summary>
    private static (Vector256<float> First, Vector256<float> Second) Masks(int count)
    {
        var places = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
        return (Vector256.LessThan(places, Vector256.Create(count)).AsSingle(), Vector256.LessThan(places, Vector256.Create(count - 8)).AsSingle());
    }
}
