using Engine.Data;
using Engine.Fidelity;
using Engine.Metrics;
using Engine.Tests.Support;

namespace Engine.Tests.Fidelity;

/// <summary>Every measure of Golden/fidelity.json, computed again from its formula with NumPy, SciPy and scikit-learn.</summary>
public sealed class FidelityGoldenTests
{
    [Fact]
    public void Columns_GoldenTables_MatchFormulas()
    {
        var columns = ColumnFidelity.Compute(FidelityGolden.Real, FidelityGolden.Synthetic);
        foreach (var (expected, actual) in FidelityGolden.Of("column_measures").AsArray().Zip(columns))
        {
            Assert.Equal((string)expected!["name"]!, actual.Name);
            FidelityGolden.Close(expected["missing_value_similarity"], actual.MissingValueSimilarity.Value);
            FidelityGolden.Close(expected["ks_complement"], actual.KsComplement.Value);
            FidelityGolden.Close(expected["range_coverage"], actual.RangeCoverage.Value);
            FidelityGolden.Close(expected["boundary_adherence"], actual.BoundaryAdherence.Value);
            FidelityGolden.Close(expected["tv_complement"], actual.TvComplement.Value);
            FidelityGolden.Close(expected["category_coverage"], actual.CategoryCoverage.Value);
        }
    }

    [Fact]
    public void Correlations_GoldenTables_MatchNumpy()
    {
        var expected = FidelityGolden.Of("correlations");
        var actual = CorrelationComparison.Compute(FidelityGolden.Real, FidelityGolden.Synthetic);
        Assert.Equal(expected["columns"].As<string[]>(), actual.Columns);
        FidelityGolden.Close([.. expected["real"].Rows().SelectMany(row => row)], actual.Real);
        FidelityGolden.Close([.. expected["synthetic"].Rows().SelectMany(row => row)], actual.Synthetic);
        FidelityGolden.Close(expected["mean_absolute_difference"], actual.MeanAbsoluteDifference.Value);
        FidelityGolden.Close(expected["frobenius"], actual.FrobeniusDistance.Value);
        FidelityGolden.Close(expected["similarity"], actual.Similarity.Value);
    }

    [Fact]
    public void Contingency_GoldenTables_MatchesFormula()
    {
        var expected = FidelityGolden.Of("contingency");
        var actual = ContingencyComparison.Compute(FidelityGolden.Real, FidelityGolden.Synthetic);
        Assert.Equal(expected["pairs"]!.AsArray().Count, actual.Pairs.Count);
        foreach (var (pair, found) in expected["pairs"]!.AsArray().Zip(actual.Pairs))
        {
            Assert.Equal(((string)pair!["first"]!, (string)pair["second"]!), (found.First, found.Second));
            FidelityGolden.Close(pair["similarity"], found.Similarity.Value);
        }

        FidelityGolden.Close(expected["similarity"], actual.Similarity.Value);
    }

    [Theory]
    [InlineData("joint_density")]
    [InlineData("joint_density_with_missing")]
    public void JointDensity_GoldenTables_MatchesScipy(string name)
    {
        var expected = FidelityGolden.Of(name);
        var actual = JointDensity.Compute(FidelityGolden.Real, FidelityGolden.Synthetic, (string)expected["first"]!, (string)expected["second"]!, (int)expected["grid"]!);
        FidelityGolden.Close(expected["first_grid"].Doubles(), actual.FirstGrid);
        FidelityGolden.Close(expected["second_grid"].Doubles(), actual.SecondGrid);
        FidelityGolden.Close(expected["real"].Doubles(), actual.Real!.Value);
        FidelityGolden.Close(expected["synthetic"].Doubles(), actual.Synthetic!.Value);
    }

    [Fact]
    public void KernelDensity_GoldenValues_MatchesScipy()
    {
        var expected = FidelityGolden.Of("density");
        Assert.True(KernelDensity.TryCompute(expected["values"].Doubles(), expected["grid"].Doubles(), out var density));
        FidelityGolden.Close(expected["density"].Doubles(), density);
    }

    [Fact]
    public void Encoding_GoldenTables_HasTheSameFloats()
    {
        foreach (var (name, table) in new[] { ("real", FidelityGolden.Real), ("synthetic", FidelityGolden.Synthetic) })
        {
            var encoded = FidelityGolden.Encode(table);
            var expected = FidelityGolden.Of("encoded")[name].Rows();
            for (var row = 0; row < expected.Length; row++)
                Assert.Equal(Array.ConvertAll(expected[row], value => (float)value), encoded.Row(row));
        }
    }

    [Theory]
    [InlineData("closest_records", false)]
    [InlineData("closest_records_with_holdout", true)]
    public void ClosestRecords_GoldenTables_MatchAllPairs(string name, bool hasHoldout)
    {
        var expected = FidelityGolden.Of(name);
        var actual = ClosestRecords.Compute(
            FidelityGolden.Encode(FidelityGolden.Synthetic), FidelityGolden.Encode(FidelityGolden.Real), hasHoldout ? FidelityGolden.Encode(FidelityGolden.Holdout) : null);
        FidelityGolden.Same(expected["synthetic"]!, actual.Synthetic);
        FidelityGolden.Same(expected["baseline"]!, actual.Baseline);
        FidelityGolden.Close(expected["median_ratio"], actual.MedianRatio.Value);
        FidelityGolden.Close(expected["closer_share"], actual.CloserShare);
        FidelityGolden.Close(expected["nearest_distance_ratio"], actual.NearestDistanceRatio.Value);
        FidelityGolden.Close(expected["baseline_distance_ratio"], actual.BaselineDistanceRatio.Value);
        Assert.Equal(hasHoldout, actual.HasHoldout);
        if (!hasHoldout)
        {
            Assert.Null(actual.NearerToTraining);
            return;
        }

        FidelityGolden.Same(expected["nearer_to_training"]!, actual.NearerToTraining);
        Assert.Equal((long)expected["equally_near"]!, actual.EquallyNear);
        FidelityGolden.Close(expected["expected_share"], actual.ExpectedShare);
    }

    [Fact]
    public void GroupDistances_GoldenTables_MatchAllPairs()
    {
        var race = FidelityGolden.Schema.Columns.Single(column => column.Name == "race");
        Assert.True(FidelityGolden.Schema.TryFind("race", out var place));
        var groups = Subgroups.From([.. Enumerable.Range(0, (int)FidelityGolden.Real.RowCount).Select(row => race.Levels[(int)FidelityGolden.Real.Rows.Row(row)[place]])]);
        var actual = GroupDistances.Compute(FidelityGolden.Encode(FidelityGolden.Synthetic), FidelityGolden.Encode(FidelityGolden.Real), groups).ToDictionary(one => one.Group);
        foreach (var expected in FidelityGolden.Of("groups").AsArray())
        {
            var group = actual[(string)expected!["group"]!];
            FidelityGolden.Same(expected["synthetic"]!, group.Synthetic);
            FidelityGolden.Same(expected["real"]!, group.Real!);
        }
    }

    [Fact]
    public void Matches_GoldenTables_MatchAllPairs()
    {
        var expected = FidelityGolden.Of("matches");
        var actual = RecordMatches.Compute(FidelityGolden.Real, FidelityGolden.Synthetic);
        FidelityGolden.Same(expected["identical"]!, actual.Identical);
        FidelityGolden.Same(expected["nearly_identical"]!, actual.NearlyIdentical);
        FidelityGolden.Same(expected["hit_rate"]!, actual.HitRate);
        FidelityGolden.Same(expected["repeated"]!, actual.RepeatedInSynthetic);
    }

    [Fact]
    public void Detection_GoldenTables_MatchesScikitLearn()
    {
        var expected = FidelityGolden.Of("detection");
        var actual = Detection.Compute(FidelityGolden.Encode(FidelityGolden.Real), FidelityGolden.Encode(FidelityGolden.Synthetic), seed: FidelityGolden.Seed);
        FidelityGolden.Close(expected["fold_aurocs"].Doubles(), actual.FoldAurocs.ToArray());
        FidelityGolden.Close(expected["auroc"], actual.Auroc);
        FidelityGolden.Close(expected["score"], actual.Score);
        FidelityGolden.Close(expected["pmse"], actual.Pmse.Value);
        FidelityGolden.Close(expected["expected_pmse"], actual.ExpectedPmse.Value);
        FidelityGolden.Close(expected["pmse_ratio"], actual.PmseRatio.Value);
        FidelityGolden.Close(expected["standardized_pmse"], actual.StandardizedPmse.Value);
    }

    [Fact]
    public void Support_GoldenTables_MatchesFormula()
    {
        var expected = FidelityGolden.Of("support");
        var actual = SupportCurves.Compute(FidelityGolden.Encode(FidelityGolden.Real), FidelityGolden.Encode(FidelityGolden.Synthetic));
        FidelityGolden.Close(expected["precision"].Doubles(), actual.Precision);
        FidelityGolden.Close(expected["recall"].Doubles(), actual.Recall);
        FidelityGolden.Close(expected["precision_score"], actual.PrecisionScore);
        FidelityGolden.Close(expected["recall_score"], actual.RecallScore);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void SinglingOut_GoldenTables_MatchesFormula(int place)
    {
        var expected = FidelityGolden.Of("singling_out")[place]!;
        var (columns, asked) = ((int)expected["columns"]!, (int)expected["asked"]!);
        var actual = columns == 1
            ? SinglingOut.Univariate(FidelityGolden.Real, FidelityGolden.Synthetic, FidelityGolden.Holdout, asked, FidelityGolden.Seed)
            : SinglingOut.Multivariate(FidelityGolden.Real, FidelityGolden.Synthetic, FidelityGolden.Holdout, columns, asked, FidelityGolden.Seed);
        FidelityGolden.Same(expected["attack"]!, actual.Attack);
        FidelityGolden.Same(expected["baseline"]!, actual.Baseline);
        FidelityGolden.Same(expected["compared_attack"]!, actual.ComparedAttack);
        FidelityGolden.Same(expected["control"]!, actual.Control);
        Assert.Equal((long)expected["compared_rows"]!, actual.ComparedRowCount);
        var (risk, lower, upper) = actual.Residual!.Value;
        FidelityGolden.Close(expected["residual"].Doubles(), new[] { risk, lower, upper });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Attack_GoldenTables_MatchesFormula(int place)
    {
        var expected = FidelityGolden.Of("attacks")[place]!;
        var actual = DensityRatioAttack.Compute(
            FidelityGolden.Encode(FidelityGolden.Real),
            FidelityGolden.Encode(FidelityGolden.Holdout),
            FidelityGolden.Encode(FidelityGolden.Synthetic),
            FidelityGolden.Encode(FidelityGolden.Reference),
            (int)expected["k"]!).Auroc!.Value;
        FidelityGolden.Close(expected["auroc"], actual.Auroc);
        FidelityGolden.Close(expected["standard_error"], actual.StandardError);
        FidelityGolden.Close(expected["lower"], actual.Lower);
        FidelityGolden.Close(expected["upper"], actual.Upper);
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("leaf_tree")]
    public void Tree_GoldenSamples_MatchesScikitLearn(string name)
    {
        var (golden, all, labels) = Samples();
        int[] columns = [.. Enumerable.Range(0, (int)golden[name]!["columns"]!)];
        var samples = all.SelectColumns(columns);
        var options = new RandomForestOptions
        {
            TreeCount = 1,
            ColumnsPerSplit = columns.Length,
            MaxDepth = (int)golden[name]!["depth"]!,
            FewestRowsOfLeaf = (int)golden[name]!["fewest"]!,
            DrawsRows = false,
        };
        var trained = (int)golden["train_count"]!;
        var forest = RandomForest.Fit(Rows(samples, 0, trained), Select(labels, 0, trained), options);
        FidelityGolden.Close(golden[name]!["probabilities"].Doubles(), forest.PredictProbability(Rows(samples, trained, labels.Count)));
    }

    [Fact]
    public void Forest_GoldenSamples_IsAsGoodAsScikitLearns()
    {
        var (golden, samples, labels) = Samples();
        var trained = (int)golden["train_count"]!;
        var (train, test) = (Rows(samples, 0, trained), Rows(samples, trained, labels.Count));
        var probabilities = RandomForest.Fit(train, Select(labels, 0, trained), new RandomForestOptions { Seed = 3 }).PredictProbability(test);
        using var curve = RankingCurve.From<double>(probabilities, Select(labels, trained, labels.Count));
        Assert.True(curve.TryComputeAuroc(out var auroc));
        var expected = golden["forest"]!;
        // Twenty forests of scikit-learn say how much chance moves one: AUROC by .005, a probability by about .04.
        Assert.InRange(auroc - (double)expected["auroc_mean"]!, -4 * (double)expected["auroc_deviation"]!, 4 * (double)expected["auroc_deviation"]!);
        var (means, deviations) = (expected["probability_means"].Doubles(), expected["probability_deviations"].Doubles());
        var standardized = Enumerable.Range(0, means.Length).Select(row => (probabilities[row] - means[row]) / deviations[row]).ToArray();
        Assert.InRange(standardized.Average(), -.3, .3);
        Assert.InRange(Math.Sqrt(standardized.Average(value => value * value)), .7, 1.5);
    }

    private static (System.Text.Json.Nodes.JsonNode Golden, SampleMatrix Samples, Labels Labels) Samples()
    {
        var golden = FidelityGolden.Of("forest");
        return (golden, Tables.From(golden["samples"].Rows()), Labels.From(golden["labels"].Ints()));
    }

    private static SampleMatrix Rows(SampleMatrix samples, int first, int end) => samples.SelectRows(Range(first, end));

    private static Labels Select(Labels labels, int first, int end) => labels.Select(Range(first, end));

    private static long[] Range(int first, int end) => [.. Enumerable.Range(first, end - first).Select(row => (long)row)];
}
