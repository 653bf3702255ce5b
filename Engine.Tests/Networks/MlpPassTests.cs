using Engine.Networks;
using Engine.Numerics;

namespace Engine.Tests.Networks;

public sealed class MlpPassTests
{
    [Theory]
    [InlineData(3, new int[0])]
    [InlineData(5, new[] { 1 })]
    [InlineData(7, new[] { 20, 20 })]
    [InlineData(2, new[] { 16, 17, 33 })]
    [InlineData(40, new[] { 7, 8, 9 })]
    public void Gradient_AnyWidths_IsTheDifferenceQuotientOfTheLoss(int inputs, int[] hidden)
    {
        var draws = new RandomStream(5, 9);
        float[][] rows = [.. Enumerable.Range(0, 9).Select(row => Enumerable.Range(0, inputs).Select(column => (float)draws.Normal((ulong)((row * 100) + column))).ToArray())];
        byte[] labels = [0, 1, 1, 0, 1, 0, 0, 1, 1];
        using var network = new DoubleMlp(new MlpArchitecture { HiddenUnits = hidden, Dropout = 0.25 }, rows);
        var parameters = Enumerable.Range(0, network.Shape.ParameterCount).Select(i => 0.5 * draws.Normal((ulong)(100_000 + i))).ToArray();
        var dropout = new MlpDropout(3, 2, 0);
        var gradient = network.Gradient(parameters, labels, dropout);
        const double Step = 1e-6;
        for (var i = 0; i < parameters.Length; i++)
        {
            var (value, expected) = (parameters[i], 0.0);
            parameters[i] = value + Step;
            expected = network.Loss(parameters, labels, dropout);
            parameters[i] = value - Step;
            expected = (expected - network.Loss(parameters, labels, dropout)) / (2 * Step);
            parameters[i] = value;
            // Rounding of the loss over the step, and the third derivative; no unit is within a step of its kink for these draws.
            Assert.True(Math.Abs(expected - gradient[i]) < 1e-8, $"parameter {i}: {gradient[i]} where the difference quotient is {expected}.");
        }
    }

    [Fact]
    public void Forward_Dropout_DropsItsShareAndKeepsTheMean()
    {
        // One input of 1 and weights of 1: the log odds count the units that are kept.
        const int Units = 4_000;
        using var network = new DoubleMlp(new MlpArchitecture { HiddenUnits = [Units], Dropout = 0.3 }, [[1f], [1f]]);
        var parameters = new double[network.Shape.ParameterCount];
        Array.Fill(parameters, 1, 0, Units);
        Array.Fill(parameters, 1, 2 * Units, Units);
        var first = network.Logits(parameters, new MlpDropout(1, 0, 0));
        // Four standard deviations of the binomial.
        Assert.All(first, logit => Assert.InRange(logit / Units, 1 - 0.042, 1 + 0.042));
        Assert.NotEqual(first[0], first[1]);
        Assert.Equal(first, network.Logits(parameters, new MlpDropout(1, 0, 0)));
        Assert.NotEqual(first, network.Logits(parameters, new MlpDropout(1, 1, 0)));
        Assert.NotEqual(first, network.Logits(parameters, new MlpDropout(2, 0, 0)));
        // A part of a batch draws what the whole batch would.
        Assert.Equal(first[1], network.Logits(parameters, new MlpDropout(1, 0, 1))[0]);
        Assert.Equal([Units, Units], network.Logits(parameters));
    }

    [Fact]
    public void Forward_NotANumber_IsNotMadeZero()
    {
        using var network = new DoubleMlp(new MlpArchitecture { HiddenUnits = [3] }, [[float.NaN, 1f]]);
        Assert.True(double.IsNaN(network.Logits([.. Enumerable.Repeat(0.5, network.Shape.ParameterCount)])[0]));
    }
}
