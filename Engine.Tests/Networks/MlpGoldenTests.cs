using System.Text.Json.Nodes;
using Engine.Networks;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Networks;

/// <summary>Outputs, losses, gradients and steps of PyTorch in float64, as the golden file has them.</summary>
public sealed class MlpGoldenTests
{
    private const double Relative = 1e-12;

    private static readonly string[] s_tensors = ["W1", "b1", "W2", "b2", "W3", "b3"];

    public static TheoryData<string> RectifiedCases => [.. NamesWhere("name", "relu")];

    public static TheoryData<string> AdamCases => [.. NamesWhere("optimizer", "adam")];

    [Theory]
    [MemberData(nameof(RectifiedCases))]
    public void Network_RectifiedCase_GivesOutputsLossAndGradientOfEveryStep(string name)
    {
        var one = Case(name);
        var labels = one["y"].Ints().Select(label => (byte)label).ToArray();
        using var network = new DoubleMlp(
            new MlpArchitecture { HiddenUnits = [5, 4], Dropout = 0 },
            [.. one["X"].Rows().Select(row => row.Select(value => (float)value).ToArray())]);
        var parameters = Flatten(one["params"]!);
        foreach (var step in one["steps"]!.AsArray())
        {
            AssertClose([.. step!["output"].Rows().Select(row => row[0])], network.Logits(parameters));
            AssertClose([step["loss"]!.As<double>()], [network.Loss(parameters, labels)]);
            AssertClose(Flatten(step["grads"]!), network.Gradient(parameters, labels));
            parameters = Flatten(step["params_after_step"]!);
        }
    }

    [Theory]
    [MemberData(nameof(AdamCases))]
    public void Adam_GradientsOfEveryStep_GivesItsParameters(string name)
    {
        var one = Case(name);
        var (rate, decay, isApart) = (one["lr"]!.As<double>(), one["weight_decay"]!.As<double>(), one["optimizer"]!.As<string>() == "adamw");
        var parameters = Flatten(one["params"]!);
        using var adam = new Adam<double>(parameters.Length, new TrainingSettings { LearningRate = rate, Epsilon = 1e-8 });
        foreach (var (index, step) in one["steps"]!.AsArray().Index())
        {
            var gradient = Flatten(step!["grads"]!);
            // Neither decay is a setting of this library: the first is part of the gradient, the second of the parameters before the step.
            for (var i = 0; i < parameters.Length; i++)
            {
                gradient[i] += isApart ? 0 : decay * parameters[i];
                parameters[i] *= isApart ? 1 - (rate * decay) : 1;
            }

            Assert.True(adam.Step(parameters, gradient, index));
            AssertClose(Flatten(step["params_after_step"]!), parameters);
        }
    }

    [Fact]
    public void Loss_LogOddsOfAnySize_IsStable()
    {
        var stable = Golden.Load("mlp.json")["stable_bce"]!;
        var (logits, targets, losses, derivatives) = (stable["logits"].Doubles(), stable["targets"].Doubles(), stable["loss"].Doubles(), stable["grad"].Doubles());
        for (var i = 0; i < logits.Length; i++)
        {
            AssertClose([losses[i]], [-Bernoulli.LogLikelihood(targets[i], logits[i], out var residual, out _)]);
            AssertClose([derivatives[i]], [-residual]);
        }
    }

    private static JsonArray Cases() => Golden.Load("mlp.json")["cases"]!.AsArray();

    private static IEnumerable<string> NamesWhere(string field, string start) =>
        Cases().Where(one => one![field].As<string>().StartsWith(start, StringComparison.Ordinal)).Select(one => one!["name"].As<string>());

    private static JsonNode Case(string name) => Cases().Single(one => one!["name"]!.As<string>() == name)!;

    private static double[] Flatten(JsonNode tensors) =>
        [.. s_tensors.SelectMany(name => name[0] == 'W' ? tensors[name].Rows().SelectMany(row => row) : tensors[name].Doubles())];

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Relative * Math.Max(1, Math.Abs(expected[i])), $"value {i} is {actual[i]:R}; expected is {expected[i]:R}.");
    }
}
