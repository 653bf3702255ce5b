using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>Rows between rows.</content>
public abstract partial class ComputeBackendContract
{
    private static readonly float[] s_factors = [0, .25f, 1f / 3, .5f, float.BitDecrement(1)];

    [Fact]
    public void Interpolate_EveryLength_EqualsTheScalarFormulaBitForBit()
    {
        foreach (var length in Lengths)
        {
            var (rows, neighbors, stride) = PaddedPair(length);
            var made = new float[rows.Length];
            Array.Fill(made, float.NaN);
            Backend.Interpolate(rows, neighbors, s_factors, stride, made);
            AssertBits(Expected(rows, neighbors, stride), made);
        }
    }

    [Fact]
    public void Interpolate_InPlace_EqualsTheScalarFormulaBitForBit()
    {
        foreach (var length in Lengths)
        {
            var (rows, neighbors, stride) = PaddedPair(length);
            var expected = Expected(rows, neighbors, stride);
            Backend.Interpolate(rows, neighbors, s_factors, stride, rows);
            AssertBits(expected, rows);
        }
    }

    [Fact]
    public void Interpolate_Padding_StaysZero()
    {
        var (rows, neighbors, stride) = PaddedPair(17);
        var made = new float[rows.Length];
        Backend.Interpolate(rows, neighbors, s_factors, stride, made);
        for (var row = 0; row < s_factors.Length; row++)
            Assert.All(made.AsSpan((row * stride) + 17, stride - 17).ToArray(), value => Assert.Equal(0, BitConverter.SingleToInt32Bits(value)));
    }

    [Fact]
    public void Interpolate_ExtremeValues_EqualsTheScalarFormulaBitForBit()
    {
        float[] values = [0f, -0f, float.Epsilon, -float.Epsilon, 1e-30f, -Huge, Huge, 1f, 1.0000001f, 16777216f];
        var (rows, neighbors) = (new float[5 * 112], new float[5 * 112]);
        for (var i = 0; i < rows.Length; i++)
            (rows[i], neighbors[i]) = (values[i % 10], values[i / 10 % 10]);
        var made = new float[rows.Length];
        Backend.Interpolate(rows, neighbors, s_factors, 112, made);
        AssertBits(Expected(rows, neighbors, 112), made);
    }

    [Fact]
    public void Interpolate_ElementsWhoseDifferenceOverflows_LieBetweenThem()
    {
        // Every pair of signs and sizes, in every lane, with factors within and beyond the two rows.
        float[] values = [float.MaxValue, float.MinValue, 3e38f, -3e38f, 1.8e38f, -1.8e38f, 1, 0, -0f];
        float[] factors = [0, .25f, .5f, 1f / 3, float.BitDecrement(1), 1, -.5f, 1.75f, -1e3f];
        var stride = SampleMatrix.PaddedLength(values.Length * values.Length);
        var (rows, neighbors) = (new float[factors.Length * stride], new float[factors.Length * stride]);
        for (var i = 0; i < rows.Length; i++)
            (rows[i], neighbors[i]) = (values[i % 9], values[i / 9 % 9]);
        var (made, inPlace) = (new float[rows.Length], rows.ToArray());
        Backend.Interpolate(rows, neighbors, factors, stride, made);
        Backend.Interpolate(inPlace, neighbors, factors, stride, inPlace);
        AssertBits(made, inPlace);
        for (var i = 0; i < made.Length; i++)
        {
            var (row, neighbor, factor) = ((double)rows[i], (double)neighbors[i], factors[i / stride]);
            var exact = row + (factor * (neighbor - row));
            var expected = Math.Clamp(exact, float.MinValue, float.MaxValue);
            Assert.True(float.IsFinite(made[i]));
            Assert.InRange(made[i], expected - (3e-7 * (Math.Abs(row) + Math.Abs(factor * (neighbor - row)))), expected + (3e-7 * (Math.Abs(row) + Math.Abs(factor * (neighbor - row)))));
            if (factor is >= 0 and <= 1 && !float.IsFinite((float)(neighbor - row)))
                Assert.InRange(made[i], Math.Min(rows[i], neighbors[i]), Math.Max(rows[i], neighbors[i]));
        }
    }

    [Fact]
    public void Interpolate_NoRows_TouchesNothing()
    {
        var made = Enumerable.Repeat(7f, 48).ToArray();
        Backend.Interpolate([], [], [], 16, made.AsSpan(16, 0));
        Backend.Interpolate(new float[16], new float[16], [], 16, made);
        Assert.All(made, value => Assert.Equal(7, value));
    }

    [Fact]
    public void Interpolate_MemoryBetweenGuardPages_StaysInside()
    {
        for (var stride = 16; stride <= 272; stride += 16)
        {
            var (rows, neighbors, _) = PaddedPair(stride);
            var expected = Expected(rows, neighbors, stride);
            using GuardedBuffer<float> rowsEnding = GuardedMemory.EndingAtGuard<float>(rows), rowsStarting = GuardedMemory.StartingAtGuard<float>(rows);
            using GuardedBuffer<float> neighborsEnding = GuardedMemory.EndingAtGuard<float>(neighbors), neighborsStarting = GuardedMemory.StartingAtGuard<float>(neighbors);
            using GuardedBuffer<float> factorsEnding = GuardedMemory.EndingAtGuard<float>(s_factors), factorsStarting = GuardedMemory.StartingAtGuard<float>(s_factors);
            using GuardedBuffer<float> madeEnding = GuardedMemory.EndingAtGuard<float>(rows.Length), madeStarting = GuardedMemory.StartingAtGuard<float>(rows.Length);

            Backend.Interpolate(rowsEnding.Span, neighborsEnding.Span, factorsEnding.Span, stride, madeEnding.Span);
            Backend.Interpolate(rowsStarting.Span, neighborsStarting.Span, factorsStarting.Span, stride, madeStarting.Span);
            Backend.Interpolate(rowsEnding.Span, neighborsEnding.Span, factorsEnding.Span, stride, rowsEnding.Span);

            AssertBits(expected, madeEnding.Span);
            AssertBits(expected, madeStarting.Span);
            AssertBits(expected, rowsEnding.Span);
        }
    }

    private static (float[] Rows, float[] Neighbors, int Stride) PaddedPair(int length)
    {
        var (rows, neighbors) = (Tables.Normal(s_factors.Length, length, 21), Tables.Normal(s_factors.Length, length, 22));
        return (Padded(rows), Padded(neighbors), rows.Stride);
    }

    private static float[] Padded(SampleMatrix samples) => samples.ReadBlock(0, new float[samples.BlockScratchLength]).Values.ToArray();

    private static float[] Expected(float[] rows, float[] neighbors, int stride)
    {
        var made = new float[rows.Length];
        for (var i = 0; i < made.Length; i++)
        {
            // Rounded to float32 after each of the three operations.
            var way = (float)(neighbors[i] - rows[i]);
            var step = (float)(s_factors[i / stride] * way);
            made[i] = (float)(rows[i] + step);
            if (!float.IsFinite(made[i]))
                made[i] = OfHalves(rows[i], neighbors[i], s_factors[i / stride]);
        }

        return made;
    }

    private static float OfHalves(float row, float neighbor, float factor)
    {
        float start = row / 2, way = (neighbor / 2) - start;
        var step = (float)(factor * way);
        var made = 2 * (float)(start + step);
        return factor <= 1 && factor >= 0 ? Math.Clamp(made, Math.Min(row, neighbor), Math.Max(row, neighbor)) : Math.Clamp(made, float.MinValue, float.MaxValue);
    }

    private static void AssertBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            // Which NaN comes of infinity times zero is the processor's choice.
            if (float.IsNaN(expected[i]))
                Assert.True(float.IsNaN(actual[i]));
            else
                Assert.Equal(BitConverter.SingleToInt32Bits(expected[i]), BitConverter.SingleToInt32Bits(actual[i]));
        }
    }
}
