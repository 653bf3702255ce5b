using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bench.Studies;
using Bench.Studies.Arms;
using Engine.Compute;
using Engine.Metrics;
using Engine.Prognosis;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies.Reference;

/// <summary>Small arms of the study of double prioritized sampling against PyTorch, scikit-learn and imbalanced-learn: <c>data-fixtures/prioritized_reference.py</c> says how the expected values are made.</summary>
public sealed class PrioritizedReferenceTests
{
    /// <summary>Probabilities of networks of float32 after hundreds of steps, against float64; 4e-7 is the largest difference there is.</summary>
    private const double OfNetwork = 1e-6;

    /// <summary>Mean losses of epochs, float32 against float64; 1e-7 is the largest difference there is.</summary>
    private const double OfLoss = 3e-7;

    /// <summary>Probabilities of two solvers that both converge; 9e-14 is the largest difference there is.</summary>
    private const double OfLogistic = 1e-12;

    /// <summary>Metrics of probabilities that differ so little: a pair that changed places, or a probability that crossed the threshold, would move one by far more.</summary>
    private const double OfMetrics = 1e-6;

    /// <summary>Metrics of the same probabilities: both sides add a hundred doubles.</summary>
    private const double OfSameProbabilities = 1e-12;

    private static readonly JsonNode s_golden = Golden.Load("prioritized.json");

    public static TheoryData<string, string> Arms => [.. ReferenceStudy.Models.SelectMany(model => ReferenceStudy.Methods.Select(method => (model, method)))];

    /// <summary>The other programs were given what the tests are; ENGINE_REFERENCE_INPUTS names a folder that keeps it for them.</summary>
    [Theory]
    [InlineData("mlp")]
    [InlineData("lstm")]
    public void Inputs_WrittenAgain_AreThoseOfTheReference(string model)
    {
        using var temporary = new TemporaryFolder();
        var folder = Environment.GetEnvironmentVariable("ENGINE_REFERENCE_INPUTS") is { Length: > 0 } asked ? asked : temporary.Path;
        var file = Path.Combine(folder, $"{model}.safetensors");
        ReferenceInputs.Of(ReferenceStudy.Of(model)).Write(file);
        Assert.Equal((string?)s_golden["inputs"]![model], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
    }

    [Theory]
    [MemberData(nameof(Arms))]
    public void Fit_Arm_GivesTheirProbabilitiesAndMetrics(string model, string method)
    {
        var (expected, study) = (Expected(model, method), ReferenceStudy.Of(model));
        var compute = new ComputeOptions { CancellationToken = TestContext.Current.CancellationToken };
        var fit = study.Fit(method, compute);
        var one = Assert.Single(fit.Models);
        Assert.Equal((int)expected["trainingRows"]!, fit.TrainingRowCount);
        if (study.Model.FitsAlone)
            AssertEpochs(expected, one.Summary);

        var probabilities = SoftVote.Of(fit.Models, study.Cohort.Test, compute);
        AssertNear(expected["probabilities"].Doubles(), probabilities, study.Model.FitsAlone ? OfNetwork : OfLogistic);
        AssertMetrics(expected, study, probabilities, OfMetrics);
        if (method == ResamplingMethod.DoublePrioritized)
            AssertUnits(expected["units"]!, Assert.Single(fit.Search!.Scores));
    }

    [Theory]
    [MemberData(nameof(Arms))]
    public void Metrics_TheirProbabilities_AreScikitLearns(string model, string method)
    {
        var expected = Expected(model, method);
        AssertMetrics(expected, ReferenceStudy.Of(model), expected["probabilities"].Doubles(), OfSameProbabilities);
    }

    private static JsonNode Expected(string model, string method) => s_golden["arms"]![model]![method]!;

    private static void AssertEpochs(JsonNode expected, ModelSummary summary)
    {
        AssertNear(expected["trainingLoss"].Doubles(), [.. summary.Epochs.Select(epoch => epoch.TrainingLoss)], OfLoss);
        AssertNear(expected["validationLoss"].Doubles(), [.. summary.Epochs.Select(epoch => epoch.ValidationLoss!.Value)], OfLoss);
        AssertNear(expected["balancedAccuracy"].Doubles(), [.. summary.Epochs.Select(epoch => epoch.BalancedAccuracy!.Value)], OfMetrics);
        AssertNear(expected["trapezoidPrC1"].Doubles(), [.. summary.Epochs.Select(epoch => epoch.TrapezoidPrC1!.Value)], OfMetrics);
        Assert.Equal((int)expected["chosenEpoch"]!, summary.ChosenEpoch);
    }

    private static void AssertUnits(JsonNode expected, UnitScore score)
    {
        Assert.Equal((int)expected["units"]!, score.Units);
        AssertNear([(double)expected["balancedAccuracy"]!, (double)expected["trapezoidPrC1"]!], [score.BalancedAccuracy, score.TrapezoidPrC1], OfMetrics);
    }

    private static void AssertMetrics(JsonNode expected, ReferenceStudy study, double[] probabilities, double tolerance)
    {
        var table = SubgroupMetrics.Compute<double>(probabilities, study.Cohort.Test.Labels, study.Cohort.Test.Groups);
        Assert.Equal(study.Cohort.Test.Groups.Names, expected["metrics"]!.AsObject().Select(group => group.Key));
        foreach (var (group, values) in expected["metrics"]!.AsObject())
        {
            foreach (var (metric, value) in values!.AsObject())
            {
                var actual = table[group].Require(Enum.Parse<ScoreMetric>(metric));
                Assert.True(Math.Abs((double)value! - actual) <= tolerance, $"{metric} of {group} is {actual:R}; expected is {(double)value!:R}.");
            }
        }
    }

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"value {i} is {actual[i]:R}; expected is {expected[i]:R}, and the largest difference of all is {expected.Zip(actual, (left, right) => Math.Abs(left - right)).Max():R}.");
    }
}
