using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Engine.Data;
using Engine.Features;
using Engine.Logistic;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Mimic3;

/// <summary>Features and predictions against those of the benchmark's own code, run on the public demo patients.</summary>
public sealed class PrefixFeaturesGoldenTests
{
    private const int FirstFeature = 3;

    // SciPy 1.10, which made the golden files, has no skewness for constant values.
    private static readonly PrefixFeatureOptions s_scipy = new() { ConstantSkewness = float.NaN };

    [Fact]
    public void Compute_RealMortalityStays_EqualGoldenToTheLastBit()
    {
        var (stay, features) = (new StayMeasurements(BenchmarkChannels.Count), new float[PrefixFeatures.CountFor(BenchmarkChannels.Count)]);
        foreach (var golden in ReadGolden())
        {
            Read(StayFile(golden), 48, stay);
            PrefixFeatures.Compute(stay, 48, features, s_scipy);
            AssertEqualsGolden(golden, features);
        }
    }

    [Fact]
    public void Write_RealMortalityCohort_EqualsGoldenToTheLastBit()
    {
        var (cohort, features) = ReadFeatures(Mimic3Task.InHospitalMortality, s_scipy);
        var golden = ReadGolden();
        Assert.Equal(golden.Count, features.RowCount);
        for (var row = 0; row < golden.Count; row++)
        {
            Assert.Equal(golden[row].Label, cohort.Labels[row]);
            AssertEqualsGolden(golden[row], features.Row(row));
        }
    }

    [Fact]
    public void Write_EveryPrefixOfRealDecompensationStays_HasTheBitsOfTheOneSampleVersion()
    {
        var (cohort, features) = ReadFeatures(Mimic3Task.Decompensation, PrefixFeatureOptions.Default);
        Assert.Equal(10_863, features.RowCount);
        var (stay, expected) = (new StayMeasurements(BenchmarkChannels.Count), new float[features.FeatureCount]);
        var last = -1;
        foreach (var row in Enumerable.Range(0, cohort.Prefixes!.Count).OrderBy(row => cohort.Prefixes[row].Stay))
        {
            var prefix = cohort.Prefixes[row];
            if (prefix.Stay != last)
            {
                stay.Clear();
                cohort.Measurements!.Read(last = prefix.Stay, stay);
            }

            PrefixFeatures.Compute(stay, prefix.Hours, expected);
            Assert.Equal(expected, features.Row(row));
        }
    }

    [Fact]
    public void Fit_RealMortalityFeatures_PredictsAsTheBenchmark()
    {
        var (cohort, features) = ReadFeatures(Mimic3Task.InHospitalMortality, s_scipy);
        var train = cohort.RowsOf(CohortSplit.Train);
        var cancellation = TestContext.Current.CancellationToken;
        var present = FeatureScaler.PresentColumns(features.SelectRows(train), cancellation);
        Assert.Equal(664, present.Length);
        var kept = features.SelectColumns(present);
        var scaled = FeatureScaler.Fit(kept.SelectRows(train), Imputation.Mean, cancellation).Transform(kept);
        var fit = LogisticRegression.Fit(scaled.SelectRows(train), cohort.Labels.Select(train), new() { RidgePenalty = Cohort.BenchmarkRidgePenalty });
        Assert.Equal(FitStatus.Converged, fit.Status);
        Assert.Equal(-1.1714272448414285, fit.Intercept, Tolerance.BenchmarkProbability);

        var probabilities = new float[scaled.RowCount];
        fit.PredictProbability(scaled, probabilities);
        using var table = CsvTable.Open(Mimic3Demo.Golden("ihm_lr_C0.001_predictions.csv"));
        for (var row = 0; row < probabilities.Length; row++)
        {
            Assert.True(table.Next());
            Assert.Equal(table.Label(3), cohort.Labels[row]);
            Assert.Equal(table.Number(2), probabilities[row], Tolerance.BenchmarkProbability);
        }

        Assert.False(table.Next());
    }

    [Fact]
    public void Fit_EmptyColumnsLeftIn_PredictsTheSame()
    {
        // A column without any value becomes 0 throughout, and the penalty keeps its coefficient at 0.
        var (cohort, features) = ReadFeatures(Mimic3Task.InHospitalMortality, s_scipy);
        var train = cohort.RowsOf(CohortSplit.Train);
        var scaled = FeatureScaler.Fit(features.SelectRows(train), Imputation.Mean, TestContext.Current.CancellationToken).Transform(features);
        var fit = LogisticRegression.Fit(scaled.SelectRows(train), cohort.Labels.Select(train), new() { RidgePenalty = Cohort.BenchmarkRidgePenalty });
        Assert.Equal(-1.1714272448414285, fit.Intercept, Tolerance.BenchmarkProbability);
    }

    [Fact]
    public void NamesFor_BenchmarkChannels_AreTheGoldenHeader()
    {
        using var table = CsvTable.Open(Mimic3Demo.Golden("ihm_features_714.csv.gz"));
        Assert.Equal(table.Header[FirstFeature..], PrefixFeatures.NamesFor([.. BenchmarkChannels.All.Select(channel => channel.Name)]));
    }

    private static void AssertEqualsGolden(GoldenRow golden, float[] features)
    {
        for (var feature = 0; feature < features.Length; feature++)
            Assert.True(golden.Features[feature].Equals(features[feature]), $"{golden.Stay}, feature {feature}: {golden.Features[feature]} became {features[feature]}");
    }

    private static (Cohort Cohort, SampleMatrix Features) ReadFeatures(Mimic3Task task, PrefixFeatureOptions options)
    {
        var cohort = Mimic3Reader.Read(Mimic3Demo.Folder, task, cancellation: TestContext.Current.CancellationToken);
        var features = SampleMatrix.Create(cohort.Samples.RowCount, PrefixFeatures.CountFor(BenchmarkChannels.Count));
        PrefixTable.Write(cohort.Measurements!, [.. cohort.Prefixes!], features, options);
        return (cohort, features);
    }

    private static void Read(string file, double lastTime, StayMeasurements stay)
    {
        stay.Clear();
        TimeSeriesFile.Read(file, new OrdinalMeasurements(stay), lastTime);
    }

    private static string StayFile(GoldenRow golden) =>
        Path.Combine(Mimic3Demo.Folder, "in-hospital-mortality", golden.Split == "test" ? "test" : "train", golden.Stay);

    private static List<GoldenRow> ReadGolden()
    {
        var rows = new List<GoldenRow>();
        using var table = CsvTable.Open(Mimic3Demo.Golden("ihm_features_714.csv.gz"));
        while (table.Next())
            rows.Add(new GoldenRow(table[0], table[1], table.Label(2), [.. Enumerable.Range(FirstFeature, 714).Select(column => (float)table.NumberOrMissing(column))]));
        Assert.Equal(57, rows.Count);
        return rows;
    }

    private sealed record GoldenRow(string Split, string Stay, byte Label, float[] Features);
}
