using System.Text.Json.Nodes;
using Bench.Cohorts;
using Bench.Cohorts.Framingham;
using Bench.Cohorts.PhysioNet2012;
using Bench.Cohorts.Support2;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Metrics;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies;

/// <summary>The main job without resampling against scikit-learn's logistic regression on the same open data.</summary>
public sealed class PublishedBaselineTests
{
    /// <summary>
    /// The listed values come from lbfgs, which stopped short of the optimum: its coefficients lie up to 3.6e-5 (SUPPORT2) and 5.1e-5 (Framingham) from those of
    /// scikit-learn's own newton-cholesky, which are in logreg_baselines_converged.json, and two pairs of patients change places in Framingham's AUROC.
    /// </summary>
    private const double ShortOfOptimum = 1e-4;

    /// <summary>Features are standardized to float32: relative rounding of 6e-8 in each.</summary>
    private const double OfConverged = 1e-6;

    [Fact]
    public void Run_Support2_AgreesWithScikitLearn()
    {
        var result = Run(Support2Reader.Read(SharedData.Require("data/support2/support2.csv"), cancellation: TestContext.Current.CancellationToken));
        AssertMetrics(Expected("support2_hospdead"), result, ShortOfOptimum);
        AssertCoefficients("support2_hospdead", result);
    }

    [Fact]
    public void Run_Framingham_AgreesWithScikitLearn()
    {
        var result = Run(FraminghamReader.Read(SharedData.Require("data/framingham-teaching/framingham.csv"), cancellation: TestContext.Current.CancellationToken));
        AssertMetrics(Expected("framingham_TenYearCHD"), result, ShortOfOptimum);
        AssertCoefficients("framingham_TenYearCHD", result);
    }

    [Fact]
    public void Run_PhysioNet2012_AgreesWithScikitLearn()
    {
        var result = Run(PhysioNet2012Reader.Read(SharedData.Require("data/physionet2012"), cancellation: TestContext.Current.CancellationToken));
        var expected = Expected("physionet2012_train_a_test_b");

        // scikit-learn's lbfgs stopped early there: its largest gradient entry is .0127, which moves 13 of 2 million pairs. Three solvers that do converge
        // (newton-cg, newton-cholesky, a plain Newton) agree on the values that replace these groups' here.
        Replace("all", .8498925, .5084844, .5070116);
        Replace("50s", .8601606, .4877840, .4836002);
        Replace("male", .8540676, .5298035, .5288214);
        Replace("female", .8447710, .4876246, .4842019);
        AssertMetrics(expected, result, 1e-6);
        Assert.Equal(-2.0872933016743445, result.BaselineCoefficients![0], 1e-5);

        void Replace(string group, double auroc, double averagePrecision, double trapezoid)
        {
            var node = expected[group]!;
            Assert.Equal((double)node["auroc"]!, auroc, 3e-5);
            Assert.Equal((double)node["ap"]!, averagePrecision, 2e-4);
            Assert.Equal((double)node["pr_trapz"]!, trapezoid, 2e-4);
            (node["auroc"], node["ap"], node["pr_trapz"]) = (auroc, averagePrecision, trapezoid);
        }
    }

    private static JsonNode Expected(string name) => JsonNode.Parse(File.ReadAllText(SharedData.Require("data/LR_BASELINES_REAL.json")))![name]!;

    private static MainJobResult Run(Cohort cohort) =>
        MainJobRunner.Run(cohort, new MainJobOptions { Methods = [ResamplingMethod.None] }, progress: null, TestContext.Current.CancellationToken);

    private static void AssertMetrics(JsonNode expected, MainJobResult result, double tolerance)
    {
        var table = result.Methods.Single().Tables[CohortSplit.Test];
        foreach (var (group, values) in expected.AsObject().Where(pair => pair.Value is JsonObject))
        {
            var metrics = table[group];
            Assert.Equal((long)values!["n"]!, metrics.RowCount);
            Assert.Equal((long)values["pos"]!, metrics.PositiveCount);
            Assert.Equal((double)values["auroc"]!, metrics.Require(ScoreMetric.Auroc), tolerance);
            Assert.Equal((double)values["ap"]!, metrics.Require(ScoreMetric.AveragePrecisionC1), tolerance);
            Assert.Equal((double)values["pr_trapz"]!, metrics.Require(ScoreMetric.TrapezoidPrC1), tolerance);
        }
    }

    private static void AssertCoefficients(string name, MainJobResult result)
    {
        var listed = Expected(name);
        Assert.Equal(listed["features"].As<string[]>(), result.Cohort.FeatureNames);
        AssertClose(listed, ShortOfOptimum);
        AssertClose(Golden.Load("logreg_baselines_converged.json")[name]!, OfConverged);

        void AssertClose(JsonNode expected, double tolerance)
        {
            double[] coefficients = [(double)expected["intercept"]!, .. expected["coef"].Doubles()];
            for (var i = 0; i < coefficients.Length; i++)
                Assert.Equal(coefficients[i], result.BaselineCoefficients![i], tolerance);
        }
    }
}
