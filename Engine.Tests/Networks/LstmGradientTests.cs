using Engine.Networks;

namespace Engine.Tests.Networks;

public sealed class LstmGradientTests
{
    // Central differences: h^2 of the third derivative, and the rounding of a loss near 5 over 2h.
    private const double Step = 1e-5;
    private const double DifferenceError = 2e-9;

    // Some hundred double roundings of values near 1.
    private const double ProbabilityError = 1e-13;

    private static readonly int[] s_hours = [7, 3, 5, 1, 6, 7, 2, 4, 4, 3];

    public static TheoryData<string> Shapes => ["one layer", "sigmoid", "two layers", "bidirectional", "bidirectional last", "dropout", "wide weights"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Compute_AnyShape_IsTheSlopeOfTheLoss(string shape)
    {
        var one = CaseOf(shape);
        one.Mask(0, 0, 3);
        one.Mask(2, 4);
        var (_, gradient) = one.Compute<double>(step: 3);
        Assert.True(gradient.Count(slope => slope != 0) > gradient.Length / 2);
        for (var i = 0; i < one.Parameters.Length; i++)
        {
            var value = one.Parameters[i];
            one.Parameters[i] = value + Step;
            var above = one.Compute<double>(step: 3).Loss;
            one.Parameters[i] = value - Step;
            var below = one.Compute<double>(step: 3).Loss;
            one.Parameters[i] = value;
            Assert.Equal((above - below) / (2 * Step) / one.Stays.Count, gradient[i], DifferenceError);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Predict_AnyShape_IsThatOfTheFormulas(string shape)
    {
        var one = CaseOf(shape);
        one.Mask(0, 0, 3);
        one.Mask(2, 4);
        using var weights = new LstmWeights<double>(one.Layout);
        weights.Pack(one.Parameters);
        using var walker = LstmWalker<double>.Create(weights);
        var group = new LstmGroup();
        foreach (var (stay, prefix) in one.Stays.Prefixes.ToArray().Index())
        {
            group.Add(one.Hours, one.Episodes.RowOf(stay, 0), prefix.Hours, stay);
            group.Add(new LstmPoint(prefix.Hours, stay, 1, 0));
        }

        var probabilities = new double[one.Stays.Count];
        walker.Predict(group.Sequences, group.Points, probabilities);
        for (var stay = 0; stay < probabilities.Length; stay++)
            Assert.Equal(DoubleLstm.Probability(one, stay, s_hours[stay]), probabilities[stay], ProbabilityError);
    }

    [Fact]
    public void Compute_Float32_IsNearFloat64()
    {
        var one = new LstmCase(LstmArchitecture.PaperMortality, 76, [48, 20, 48, 31, 48], seed: 4, size: 0.1);
        var (loss, gradient) = one.Compute<float>();
        var (exactLoss, exact) = one.Compute<double>();
        Assert.Equal(1, loss / exactLoss, 1e-6);
        var largest = exact.Max(Math.Abs);
        foreach (var (slope, expected) in gradient.Zip(exact))
            Assert.Equal(expected / largest, slope / largest, 1e-5);
    }

    [Fact]
    public void Compute_Dropout_IsDrawnByStepPlaceAndGate()
    {
        var one = CaseOf("dropout");
        Assert.Equal(one.Compute<double>(step: 1).Gradient, one.Compute<double>(step: 1).Gradient);
        Assert.NotEqual(one.Compute<double>(step: 1).Gradient, one.Compute<double>(step: 2).Gradient);
        Assert.NotEqual(one.Compute<double>(step: 1, seed: 5).Gradient, one.Compute<double>(step: 1, seed: 6).Gradient);
    }

    [Fact]
    public void Draw_ManyFactors_DropTheirShareAndKeepTheMean()
    {
        var factors = new double[100_000];
        new LstmDropout(seed: 1, step: 2, place: 3).Draw(0.3, factors);
        Assert.Equal([0, 1 / 0.7], factors.Distinct().Order());
        // Five standard deviations of a mean.
        Assert.Equal(1, factors.Average(), 5 * Math.Sqrt(0.3 / 0.7 / factors.Length));
    }

    private static LstmCase CaseOf(string shape)
    {
        LstmArchitecture architecture = shape switch
        {
            "one layer" or "wide weights" => new() { Layers = [new LstmLayer(3)] },
            "sigmoid" => new() { Layers = [new LstmLayer(2) { IsBidirectional = true }, new LstmLayer(3)], Gates = GateActivation.Sigmoid },
            "two layers" => new() { Layers = [new LstmLayer(3), new LstmLayer(2)] },
            "bidirectional" => new() { Layers = [new LstmLayer(3) { IsBidirectional = true }, new LstmLayer(2)] },
            "bidirectional last" => new() { Layers = [new LstmLayer(9), new LstmLayer(2) { IsBidirectional = true }, new LstmLayer(3) { IsBidirectional = true }], Gates = GateActivation.Sigmoid },
            _ => new() { Layers = [new LstmLayer(3) { IsBidirectional = true, InputDropout = 0.3 }, new LstmLayer(2) { InputDropout = 0.4 }], OutputDropout = 0.5 },
        };
        // Wide weights saturate hard sigmoids.
        return new LstmCase(architecture, 4, s_hours, seed: 2, size: shape == "wide weights" ? 2 : 0.5);
    }
}
