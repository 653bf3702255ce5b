using Bench.Kernels.Scaling;

namespace Engine.Tests.Bench.Kernels.Scaling;

public sealed class PowerLawTests
{
    [Fact]
    public void Fit_APower_IsThatPower()
    {
        var law = PowerLaw.Fit([(10, 3e-3 * Math.Pow(10, 1.5)), (100, 3e-3 * Math.Pow(100, 1.5)), (1_000, 3e-3 * Math.Pow(1_000, 1.5))])!;
        Assert.Equal(1.5, law.Exponent, 1e-12);
        Assert.Equal(0, law.StandardError!.Value, 1e-12);
        Assert.Equal(3e-3, law.Factor, 1e-12);
        Assert.Equal(3e-3 * Math.Pow(1e9, 1.5), law.At(1e9).Value, 1.0);
    }

    [Fact]
    public void Fit_PointsBesideALine_HasTheErrorOfLeastSquares()
    {
        // By hand: logarithms 0, 1, 2, 3 and 0, 1.1, 1.9, 3.2; slope 1.04, residuals .01, .07, -.17, .09.
        var law = PowerLaw.Fit(new[] { (0, 0), (1, 1.1), (2, 1.9), (3, 3.2) }.Select(log => (Math.Exp(log.Item1), Math.Exp(log.Item2))))!;
        var squares = .01 * .01 + .07 * .07 + .17 * .17 + .09 * .09;
        Assert.Equal(1.04, law.Exponent, 1e-12);
        Assert.Equal(Math.Sqrt(squares / 2 / 5), law.StandardError!.Value, 1e-12);
        // The line at logarithm 5 is 3.5 from the mean: 2 s sqrt(1 / 4 + 3.5^2 / 5) either way.
        var half = 2 * Math.Sqrt(squares / 2) * Math.Sqrt(.25 + (3.5 * 3.5 / 5));
        var estimate = law.At(Math.Exp(5));
        Assert.Equal(-.01 + (5 * 1.04), Math.Log(estimate.Value), 1e-12);
        Assert.Equal(half, Math.Log(estimate.High!.Value / estimate.Value), 1e-12);
        Assert.Equal(half, Math.Log(estimate.Value / estimate.Low!.Value), 1e-12);
    }

    [Theory]
    [InlineData(1.05, false)]
    [InlineData(1.3, true)]
    public void GrowsFasterThan_ExactPower_AllowsALittle(double exponent, bool expected) =>
        Assert.Equal(expected, PowerLaw.Fit(new[] { 10.0, 100, 1_000 }.Select(x => (x, Math.Pow(x, exponent))))!.GrowsFasterThan(1));

    [Fact]
    public void GrowsFasterThan_LargeError_IsNotSaid()
    {
        // The exponent is 1.3, give or take 1.2.
        var law = PowerLaw.Fit([(1, 1), (Math.E, Math.Exp(3.3)), (Math.Exp(2), Math.Exp(2.6))])!;
        Assert.Equal(1.3, law.Exponent, 1e-12);
        Assert.False(law.GrowsFasterThan(1));
    }

    [Fact]
    public void Fit_TwoPoints_HasNoError()
    {
        var law = PowerLaw.Fit([(1, 1), (10, 1_000)])!;
        Assert.Equal(3, law.Exponent, 1e-12);
        Assert.Null(law.StandardError);
        Assert.Null(law.At(100).Low);
        Assert.False(law.GrowsFasterThan(1));
    }

    [Fact]
    public void Fit_OnePoint_IsNone() => Assert.Null(PowerLaw.Fit([(1, 1)]));
}
