using Engine.Numerics;
using Engine.Numerics.Lanes;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

public sealed class WideDotTests
{
    [Fact]
    public void Compute_EveryPaddedLength_EqualsEightLanesAndTheirTree()
    {
        for (var length = 0; length <= 272; length += 16)
        {
            var (row, coefficients) = Operands(length);
            Assert.Equal(BitConverter.DoubleToInt64Bits(EightLanes(row, coefficients)), BitConverter.DoubleToInt64Bits(WideDot.Compute(row, coefficients)));
        }
    }

    [Fact]
    public void Compute_NormalValues_AgreesWithTheSum()
    {
        for (var length = 16; length <= 272; length += 16)
        {
            var (row, coefficients) = Operands(length);
            var terms = row.Select((value, i) => value * coefficients[i]).ToArray();
            Assert.Equal(terms.Sum(), WideDot.Compute(row, coefficients), Tolerance.DoubleDot(length) * terms.Sum(Math.Abs));
        }
    }

    [Fact]
    public void Compute_ExtremeValues_EqualsEightLanesAndTheirTree()
    {
        float[] values = [0f, -0f, float.Epsilon, float.MaxValue, -float.MaxValue, 1e-30f, 1f];
        var row = Enumerable.Range(0, 112).Select(i => values[i % 7]).ToArray();
        var coefficients = Enumerable.Range(0, 112).Select(i => i % 2 == 0 ? 1e200 : -1e-200 * i).ToArray();
        Assert.Equal(EightLanes(row, coefficients), WideDot.Compute(row, coefficients));
    }

    [Fact]
    public void Compute_MemoryBetweenGuardPages_StaysInside()
    {
        for (var length = 16; length <= 272; length += 16)
        {
            var (row, coefficients) = Operands(length);
            using GuardedBuffer<float> rowEnding = GuardedMemory.EndingAtGuard<float>(row), rowStarting = GuardedMemory.StartingAtGuard<float>(row);
            using var coefficientsEnding = GuardedMemory.EndingAtGuard<double>(coefficients);
            using var coefficientsStarting = GuardedMemory.StartingAtGuard<double>(coefficients);
            Assert.Equal(EightLanes(row, coefficients), WideDot.Compute(rowEnding.Span, coefficientsEnding.Span));
            Assert.Equal(EightLanes(row, coefficients), WideDot.Compute(rowStarting.Span, coefficientsStarting.Span));
        }
    }

    [Fact]
    public void ComputeTile_EveryWidth_SameBitsAsOneByOne()
    {
        for (var length = 0; length <= 272; length += 16)
        {
            var (row0, coefficients) = Operands(length);
            var row1 = Operands(length + 16).Row[..length];
            double[][] vectors = [coefficients, [.. coefficients.Reverse()], [.. coefficients.Select(value => value * 1e-3)], new double[length]];
            double[] expected = [.. new[] { row0, row1 }.SelectMany(row => vectors.Select(vector => WideDot.Compute(row, vector)))];
            using GuardedBuffer<float> first = GuardedMemory.EndingAtGuard<float>(row0), second = GuardedMemory.EndingAtGuard<float>(row1);
            using var packed = GuardedMemory.EndingAtGuard<double>([.. vectors.SelectMany(vector => vector)]);
            var products = new double[8];
            WideDot.ComputeTile(first.Span, second.Span, packed.Span, products);
            Assert.Equal(expected, products);
            WideDot.ComputeTile<Lanes512<double>>(first.Span, second.Span, packed.Span, products);
            Assert.Equal(expected, products);
            WideDot.ComputeTile<Lanes256<double>>(first.Span, second.Span, packed.Span, products);
            Assert.Equal(expected, products);
            WideDot.ComputeTile<Lanes128<double>>(first.Span, second.Span, packed.Span, products);
            Assert.Equal(expected, products);
            WideDot.ComputeTile<LanesScalar<double>>(first.Span, second.Span, packed.Span, products);
            Assert.Equal(expected, products);
        }
    }

    private static (float[] Row, double[] Coefficients) Operands(int length)
    {
        var stream = new RandomStream(5, (ulong)length);
        return (
            [.. Enumerable.Range(0, length).Select(i => (float)stream.Normal((ulong)i))],
            [.. Enumerable.Range(0, length).Select(i => stream.Normal(1000 + (ulong)i))]);
    }

    private static double EightLanes(float[] row, double[] coefficients)
    {
        var lane = new double[8];
        for (var i = 0; i < row.Length; i++)
            lane[i % 8] += row[i] * coefficients[i];
        return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
    }
}
