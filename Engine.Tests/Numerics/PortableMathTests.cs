using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

public sealed class PortableMathTests
{
    private const int Points = 20_000;

    // The promise of the documentation; Logistic adds the roundings of a sum and a quotient.
    private const double OneUlp = 1;
    private const double TwoUlps = 2;

    [Fact]
    public void Exp_WithinDecimalRange_IsWithinOneUlp() => AssertUlps(-10, 20, PortableMath.Exp, DecimalMath.Exp, OneUlp);

    [Fact]
    public void FusedExp_WithinDecimalRange_IsWithinOneUlp() => AssertUlps(-10, 0, PortableMath.FusedExp, DecimalMath.Exp, OneUlp);

    [Fact]
    public void Log_WithinDecimalRange_IsWithinOneUlp() => AssertUlps(0.01, 1000, PortableMath.Log, DecimalMath.Log, OneUlp);

    [Fact]
    public void Log_NearOne_IsWithinOneUlp() => AssertUlps(0.7, 1.5, PortableMath.Log, DecimalMath.Log, OneUlp);

    [Fact]
    public void Log1p_AnySign_IsWithinOneUlp()
    {
        AssertUlps(-0.999, 20, PortableMath.Log1p, DecimalMath.Log1p, OneUlp);
        AssertUlps(-0.5, 0.5, PortableMath.Log1p, DecimalMath.Log1p, OneUlp);
        AssertUlps(-1e-6, 1e-6, PortableMath.Log1p, DecimalMath.Log1p, OneUlp);
        // Here 1 + x loses most beside a small logarithm.
        AssertUlps(0.42, 0.6, PortableMath.Log1p, DecimalMath.Log1p, OneUlp);
    }

    [Fact]
    public void Logistic_BothTails_IsWithinTwoUlps() => AssertUlps(-16, 30, PortableMath.Logistic, x => 1 / (1 + DecimalMath.Exp(-x)), TwoUlps);

    [Fact]
    public void ExpAndLog_WholeRange_AgreeWithTheSystemWithinTwoUlps()
    {
        var random = new RandomStream(3, 0);
        for (ulong i = 0; i < Points; i++)
        {
            var x = -745 + (1454.7 * random.UniformDouble(i));
            AssertNear(Math.Exp(x), PortableMath.Exp(x), TwoUlps);
            AssertNear(Math.Exp(-Math.Abs(x)), PortableMath.FusedExp(-Math.Abs(x)), TwoUlps);
            var positive = BitConverter.UInt64BitsToDouble(1 + random.Below(Points + i, BitConverter.DoubleToUInt64Bits(double.MaxValue)));
            AssertNear(Math.Log(positive), PortableMath.Log(positive), TwoUlps);
        }
    }

    [Fact]
    public void NormalTail_BothSidesAndFarOut_MatchesSciPy()
    {
        var golden = Golden.Load("calibration.json")["normal_tail"]!;
        foreach (var (z, expected) in golden["z"].Doubles().Zip(golden["sf"].Doubles()))
            Assert.Equal(1, PortableMath.NormalTail(z) / expected, Math.Abs(z) <= 5 ? 1e-14 : 1e-12);
        Assert.Equal(0, PortableMath.NormalTail(double.PositiveInfinity));
        Assert.Equal(1, PortableMath.NormalTail(double.NegativeInfinity));
        Assert.Equal(double.NaN, PortableMath.NormalTail(double.NaN));
    }

    [Fact]
    public void NormalTail_OfNormalQuantile_GivesTheProbabilityBack()
    {
        for (var p = 0.001; p < 1; p += 0.001)
            Assert.Equal(p, 1 - PortableMath.NormalTail(PortableMath.NormalQuantile(p)), 1e-14);
    }

    [Fact]
    public void Functions_AtTheEdges_AreAsDocumented()
    {
        Assert.Equal(1, PortableMath.Exp(0));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(710));
        Assert.Equal(0, PortableMath.Exp(double.NegativeInfinity));
        Assert.Equal(double.Epsilon, PortableMath.Exp(-745));
        Assert.Equal(double.NaN, PortableMath.Exp(double.NaN));
        Assert.Equal(1, PortableMath.FusedExp(0));
        Assert.Equal(0, PortableMath.FusedExp(double.NegativeInfinity));
        Assert.Equal(double.NaN, PortableMath.FusedExp(double.NaN));
        Assert.Equal(0, PortableMath.Log(1));
        Assert.Equal(double.NegativeInfinity, PortableMath.Log(0));
        Assert.Equal(double.PositiveInfinity, PortableMath.Log(double.PositiveInfinity));
        Assert.Equal(double.NaN, PortableMath.Log(-1));
        Assert.Equal(double.NaN, PortableMath.Log(double.NaN));
        Assert.Equal(double.NegativeInfinity, PortableMath.Log1p(-1));
        Assert.Equal(1e-300, PortableMath.Log1p(1e-300));
        Assert.Equal(double.NaN, PortableMath.Log1p(-2));
        Assert.Equal(0.5, PortableMath.Logistic(0));
        Assert.Equal(1, PortableMath.Logistic(800));
        Assert.Equal(0, PortableMath.Logistic(-800));
        Assert.Equal(double.NaN, PortableMath.Logistic(double.NaN));
        Assert.Equal(double.PositiveInfinity, PortableMath.NormalQuantile(1));
        Assert.Equal(double.NegativeInfinity, PortableMath.NormalQuantile(0));
        Assert.Equal(double.NaN, PortableMath.NormalQuantile(1.5));
    }

    [Theory]
    // scipy.special.ndtri and R's qnorm agree on these digits.
    [InlineData(0.5, 0)]
    [InlineData(0.75, 0.6744897501960817)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-20, -9.262340089798408)]
    public void NormalQuantile_TabulatedProbability_GivesTabulatedValue(double probability, double expected) =>
        Assert.Equal(expected, PortableMath.NormalQuantile(probability), 4e-15 * Math.Abs(expected));

    private static void AssertUlps(double from, double to, Func<double, double> actual, Func<decimal, decimal> truth, double bound)
    {
        var random = new RandomStream(5, 0);
        for (ulong i = 0; i < Points / 10; i++)
        {
            // A multiple of 2^-40 is the same number in double and in decimal.
            var multiple = (long)Math.ScaleB(from + ((to - from) * random.UniformDouble(i)), 40);
            var x = Math.ScaleB(multiple, -40);
            var exact = (decimal)multiple / (1L << 40);
            var ulps = DecimalMath.Ulps(actual(x), truth(exact));
            Assert.True(ulps <= bound, $"off by {ulps} units in the last place at {x:R}");
        }
    }

    private static void AssertNear(double expected, double actual, double ulps)
    {
        var unit = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
        Assert.True(Math.Abs(actual - expected) <= ulps * unit, $"{actual:R} instead of {expected:R}");
    }
}
