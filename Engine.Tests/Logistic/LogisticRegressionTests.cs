using System.Text.Json.Nodes;
using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed class LogisticRegressionTests
{
    [Theory]
    [InlineData("logreg_challenger.json")]
    [InlineData("logreg_anes96.json")]
    public void Fit_GoldenRealData_AgreesWithStatsmodels(string file)
    {
        var golden = Golden.Load(file);
        AssertFit(golden["expected"]!, Fit(golden["X"].Rows(), golden["y"].Ints()));
    }

    [Fact]
    public void Fit_GoldenWeightsAndOffsets_AgreesWithStatsmodels()
    {
        var golden = Golden.Load("logreg_weights_offset.json");
        var (rows, labels, expected) = (golden["X"].Rows(), golden["y"].Ints(), golden["expected"]!);
        var (counts, weights, offsets) = (golden["freq_weight"].Doubles(), golden["real_weight"].Doubles(), golden["offset"].Doubles());
        AssertFit(expected["unweighted"]!, Fit(rows, labels));
        AssertFit(expected["freq_weighted"]!, Fit(rows, labels, new() { SampleWeights = counts }));
        AssertFit(expected["freq_weighted"]!, Fit(rows, labels, new() { Plan = ResamplingPlan.Repeat([.. counts.Select(count => (int)count)]) }));
        AssertFit(expected["real_weighted_var_weights"]!, Fit(rows, labels, new() { SampleWeights = weights }));
        AssertFit(expected["offset"]!, Fit(rows, labels, new() { Offsets = offsets }));
        AssertFit(expected["freq_weighted_offset"]!, Fit(rows, labels, new() { SampleWeights = counts, Offsets = offsets }));

        var withZeros = golden["freq_weight_with_zeros"].Doubles();
        AssertClose(golden["expected_zero_weights"]!["coef"].Doubles(), Fit(rows, labels, new() { SampleWeights = withZeros }).Coefficients, Tolerance.Coefficient);
        var kept = Enumerable.Range(0, rows.Length).Where(row => withZeros[row] > 0).Select(row => (long)row).ToArray();
        AssertClose(
            golden["expected_zero_weights"]!["coef"].Doubles(),
            Fit(rows, labels, new() { SampleWeights = counts, Plan = ResamplingPlan.Keep(rows.Length, kept) }).Coefficients,
            Tolerance.Coefficient);
        AssertClose(golden["expected_without_intercept"]!["coef"].Doubles(), Fit(rows, labels, new() { HasIntercept = false }).Coefficients, Tolerance.Coefficient);
    }

    [Fact]
    public void Fit_GoldenRidge_AgreesWithScikitLearn()
    {
        var golden = Golden.Load("logreg_ridge.json");
        var (samples, labels) = (Tables.From(golden["X"].Rows()), Labels.From(golden["y"].Ints()));
        foreach (var set in golden["cases"]!.AsArray())
        {
            var fit = LogisticRegression.Fit(samples, labels, new()
            {
                RidgePenalty = 1 / (double)set!["C"]!,
                HasIntercept = (bool)set["fit_intercept"]!,
                SampleWeights = set["effective_weights"] is { } weights ? weights.Doubles() : [],
            });
            Assert.Equal(FitStatus.Converged, fit.Status);
            AssertClose(set["coef"].Doubles(), fit.Coefficients, 1e-8);
            AssertClose((double)set["log_likelihood_unpenalised"]!, fit.LogLikelihood, Tolerance.LogLikelihood);
        }
    }

    [Theory]
    [InlineData("complete_separation", FitStatus.Separated)]
    [InlineData("quasi_separation", FitStatus.Separated)]
    [InlineData("separating_binary_feature", FitStatus.Separated)]
    [InlineData("exact_collinearity", FitStatus.Singular)]
    [InlineData("constant_column", FitStatus.Singular)]
    public void Fit_GoldenDegenerate_SaysSoAndRidgeHelps(string name, FitStatus expected)
    {
        var set = Golden.Load("logreg_degenerate.json")["cases"]!.AsArray().Single(one => (string)one!["name"]! == name)!;
        var fit = Fit(set["X"].Rows(), set["y"].Ints());
        Assert.Equal(expected, fit.Status);
        Assert.Throws<InvalidOperationException>(() => fit.GetCoefficientsOrThrow().Length);
        if (expected == FitStatus.Singular)
        {
            Assert.Equal([set["X"].Rows()[0].Length - 2], fit.LeftOutFeatures);
            Assert.Throws<InvalidOperationException>(() => fit.EstimateOf(fit.Coefficients.Length - 1));
            AssertClose([.. set["r_glm"]!["coef"]!.AsArray().Select(value => value is null ? 0 : (double)value)], fit.Coefficients, 1e-7);
        }

        // In every separated case it is the first feature that tells the classes apart.
        Assert.Equal(expected == FitStatus.Separated ? [0] : [], fit.SeparatingFeatures);
        var ridge = Fit(set["X"].Rows(), set["y"].Ints(), LogisticOptions.WithInversePenalty(1));
        Assert.Equal(FitStatus.Converged, ridge.Status);
        AssertClose(set["ridge_C1_coef"].Doubles(), ridge.Coefficients, 1e-8);
    }

    [Fact]
    public void Fit_RareColumnSeparatesAndRoundsAway_SaysSoSoon()
    {
        // Three rows of 4,000 have the column, all of class 1: its coefficient grows until they have no curvature left.
        var (samples, labels) = Problem(4_000, 4);
        var rare = Enumerable.Range(0, 4_000).Where(row => labels[row] == 1).Take(3).ToHashSet();
        for (var row = 0; row < 4_000; row++)
            samples.GetWritableRow(row)[3] = rare.Contains(row) ? 40 : 0;
        var fit = LogisticRegression.Fit(samples, labels);
        Assert.Equal(FitStatus.Separated, fit.Status);
        Assert.Equal([3], fit.SeparatingFeatures);
        Assert.Empty(fit.LeftOutFeatures);
        Assert.True(fit.Iterations < 60);
    }

    [Fact]
    public void Fit_OneClass_NamesIt()
    {
        var set = Golden.Load("logreg_degenerate.json")["cases"]!.AsArray().Single(one => (string)one!["name"]! == "all_y_zero")!;
        Assert.Contains("class 1 has no rows", Assert.Throws<ArgumentException>(() => Fit(set["X"].Rows(), set["y"].Ints())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Fit_AnyThreadCount_SameBits(int threads)
    {
        var (samples, labels) = Problem(40_000, 9);
        var fit = LogisticRegression.Fit(samples, labels, new() { Compute = new ComputeOptions { MaxDegreeOfParallelism = threads } });
        Assert.Equal(LogisticRegression.Fit(samples, labels).Coefficients, fit.Coefficients);
    }

    [Fact]
    public void Fit_StartAtAnotherSolution_SameOptimumInFewerSteps()
    {
        var (samples, labels) = Problem(5_000, 12);
        var cold = LogisticRegression.Fit(samples, labels);
        var warm = LogisticRegression.Fit(samples, labels, new() { StartCoefficients = cold.Coefficients.ToArray() });
        Assert.True(warm.Iterations < cold.Iterations);
        AssertClose(cold.Coefficients.ToArray(), warm.Coefficients, 1e-12);
    }

    [Fact]
    public void Fit_SyntheticRows_EqualsFitOnTheRowsMade()
    {
        var (samples, labels) = Problem(900, 5);
        var plan = new Smote { Seed = 3 }.Plan(samples, labels);
        var made = plan.SyntheticRows(samples);
        var total = (int)(samples.RowCount + made.RowCount);
        var whole = SampleMatrix.Create(total, 5);
        for (var row = 0; row < total; row++)
            (row < samples.RowCount ? samples.Row(row) : made.Row(row - samples.RowCount)).CopyTo(whole.GetWritableRow(row));
        var wholeLabels = Labels.From([.. labels.Values, .. Enumerable.Range(0, (int)made.RowCount).Select(plan.SyntheticLabelOf)]);
        AssertClose(LogisticRegression.Fit(whole, wholeLabels).Coefficients.ToArray(), LogisticRegression.Fit(samples, labels, new() { Plan = plan }).Coefficients, 1e-11);
    }

    [Fact]
    public void Fit_SyntheticRowsBesideWeights_WeighOne()
    {
        var (samples, labels) = Problem(300, 3);
        var plan = new Smote { Seed = 4 }.Plan(samples, labels);
        var made = plan.SyntheticRows(samples);
        var weights = Enumerable.Range(0, 300).Select(row => 0.25 + (row % 3)).ToArray();
        var whole = Tables.From([.. Enumerable.Range(0, 300).Select(row => samples.Row(row)).Concat(Enumerable.Range(0, (int)made.RowCount).Select(row => made.Row(row))).Select(row => row.Select(value => (double)value).ToArray())]);
        var wholeLabels = Labels.From([.. labels.Values, .. Enumerable.Range(0, (int)made.RowCount).Select(plan.SyntheticLabelOf)]);
        var expected = LogisticRegression.Fit(whole, wholeLabels, new() { SampleWeights = (double[])[.. weights, .. Enumerable.Repeat(1.0, (int)made.RowCount)] });
        var fit = LogisticRegression.Fit(samples, labels, new() { Plan = plan, SampleWeights = weights });
        AssertClose(expected.Coefficients.ToArray(), fit.Coefficients, 1e-11);
        Assert.Equal(weights.Sum() + made.RowCount, fit.TotalWeight, 1e-9);
    }

    [Fact]
    public void Accumulate_LargestPredictorInAnyRunOfBlocks_IsKept()
    {
        foreach (var far in new[] { 3, 20_000, 39_999 })
        {
            var samples = Tables.Normal(40_000, 2, 5);
            samples.GetWritableRow(far)[1] = 90;
            var sums = new NormalEquations(2, hasHessian: false);
            using var rows = SimdBackend.Instance.PrepareFit(new FitRequest(samples, new byte[40_000]), ComputeOptions.Default);
            rows.Accumulate([0, 2], sums);
            Assert.Equal(180, sums.LargestLinearPredictor);
        }
    }

    [Fact]
    public void Fit_InBetterColumnsAfterRowsThatAreNoNumbers_IsNotSpoiled()
    {
        // Both take four panels of a thread's memory; the first leaves its values in the third, beside what is the second's column of ones.
        var oneThread = new ComputeOptions { MaxDegreeOfParallelism = 1 };
        var (spoiled, labels) = Problem(200, 31);
        var (samples, _) = Problem(200, 16);
        for (var row = 0; row < 200; row++)
        {
            spoiled.GetWritableRow(row)[21] = float.NaN;
            samples.GetWritableRow(row)[2] = 1e6f + MathF.Round(4 * samples.Row(row)[2]);
        }

        var expected = LogisticRegression.Fit(samples, labels, new() { Compute = oneThread });
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(spoiled, labels, new() { Compute = oneThread }));
        var sums = new NormalEquations(32);
        new Engine.Compute.Irls.SimdFitRows(new FitRequest(spoiled, labels.Values.ToArray()), oneThread).Accumulate(new double[32], sums);
        Assert.Equal(expected.Coefficients, LogisticRegression.Fit(samples, labels, new() { Compute = oneThread }).Coefficients);
    }

    [Fact]
    public void Fit_Results_HaveTheCommittedDigest()
    {
        using var digest = new Digest();
        foreach (var featureCount in new[] { 1, 7, 15, 16, 31, 76 })
        {
            var (samples, labels) = Problem(3_000, featureCount);
            var fit = LogisticRegression.Fit(samples, labels, new() { RidgePenalty = 1 });
            var probabilities = new float[samples.RowCount];
            fit.PredictProbability(samples, probabilities);
            digest.Add(fit.Coefficients);
            digest.Add<float>(probabilities);
        }

        Assert.Equal("EEB35EF7B6CFA9D1", digest.ToString());
    }

    [Fact]
    public void Fit_BadInput_SaysWhatIsWrong()
    {
        var (samples, labels) = Problem(50, 3);
        Assert.Contains("weights are 0 or more", Message(new() { SampleWeights = Enumerable.Repeat(-1.0, 50).ToArray() }), StringComparison.Ordinal);
        Assert.Contains("49 entries", Message(new() { Offsets = new double[49] }), StringComparison.Ordinal);
        Assert.Contains("0 or more", Message(new() { RidgePenalty = -1 }), StringComparison.Ordinal);
        Assert.Contains("has no rows of positive weight", Message(new() { SampleWeights = new double[50] }), StringComparison.Ordinal);
        samples.GetWritableRow(7)[2] = float.NaN;
        Assert.Contains("row 7, column 2", Message(new()), StringComparison.Ordinal);

        string Message(LogisticOptions options) => Assert.ThrowsAny<ArgumentException>(() => LogisticRegression.Fit(samples, labels, options)).Message;
    }

    private static (SampleMatrix Samples, Labels Labels) Problem(int rowCount, int featureCount)
    {
        var samples = Tables.Normal(rowCount, featureCount, 31);
        var noise = Tables.Normal(rowCount, 1, 32);
        return (samples, Labels.From([.. Enumerable.Range(0, rowCount).Select(row => samples.Row(row)[0] + noise.Row(row)[0] > 1.2f)]));
    }

    private static LogisticFit Fit(double[][] rowsWithConstant, int[] labels, LogisticOptions? options = null) =>
        LogisticRegression.Fit(Tables.From([.. rowsWithConstant.Select(row => row[1..])]), Labels.From(labels), options);

    private static void AssertFit(JsonNode expected, LogisticFit fit)
    {
        Assert.Equal(FitStatus.Converged, fit.Status);
        AssertClose(expected["coef"].Doubles(), fit.Coefficients, Tolerance.Coefficient);
        AssertClose(expected["std_err"].Doubles(), [.. Enumerable.Range(0, fit.Coefficients.Length).Select(fit.StandardErrorOf)], Tolerance.StandardError);
        AssertClose((double)expected["log_likelihood"]!, fit.LogLikelihood, Tolerance.LogLikelihood);
        AssertClose((double)expected["sm_glm"]!["deviance"]!, fit.Deviance, 1e-10);
        AssertClose((double)expected["sm_glm"]!["null_deviance"]!, fit.NullDeviance, 1e-10);
        if (expected["sm_glm"]!["conf_int_95"] is not { } intervals)
            return;
        AssertClose((double)expected["sm_glm"]!["aic"]!, fit.AkaikeInformationCriterion, 1e-10);
        // statsmodels counts rows where weights are those of variances, weights where they are repetitions; the fit knows repetitions only.
        if (expected["sm_glm"]!["nobs"] is { } count && (double)count == fit.TotalWeight)
            AssertClose((double)expected["sm_glm"]!["bic_llf"]!, fit.BayesianInformationCriterion, 1e-10);
        AssertClose(expected["sm_glm"]!["p_values"].Doubles(), [.. Enumerable.Range(0, fit.Coefficients.Length).Select(i => fit.EstimateOf(i).PValue)], 1e-6);
        AssertClose(intervals.Rows().SelectMany(ends => ends).ToArray(), [.. Enumerable.Range(0, fit.Coefficients.Length).Select(i => fit.EstimateOf(i).ConfidenceInterval()).SelectMany(ends => new[] { ends.Lower, ends.Upper })], 1e-6);
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<double> actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            AssertClose(expected[i], actual[i], relative);
    }

    // Coefficients that are 0 by symmetry have no relative error; 1e-10 is far below any standard error here.
    private static void AssertClose(double expected, double actual, double relative) => Assert.Equal(expected, actual, Math.Max(1e-10, Math.Abs(expected) * relative));
}
