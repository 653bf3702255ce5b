using System.Globalization;
using System.IO.Compression;
using Bench.Cohorts;
using Bench.Cohorts.Seer;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Seer;

/// <summary>The random example of the published code, and what that code made of it.</summary>
public sealed class SeerGoldenTests
{
    private const string Folder = "data/seer-ascii-format-example/";

    private static readonly Lazy<Cohort> s_cohort = new(static () => Read(SeerSite.Lung));

    [Fact]
    public void Read_Example_HasGoldenColumnsValuesAndLabels()
    {
        var names = File.ReadAllLines(SharedData.Require(Folder + "seer_example_columns.txt"));
        var cohort = s_cohort.Value;

        Assert.Equal(names[..^1], cohort.FeatureNames);
        Assert.Equal([0, 1, 2, 3, 4], cohort.ContinuousColumns);
        using var golden = new StreamReader(new GZipStream(File.OpenRead(SharedData.Require(Folder + "seer_example_golden.csv.gz")), CompressionMode.Decompress));
        Assert.Equal(string.Join(',', names), golden.ReadLine());
        var row = new float[cohort.FeatureNames.Count];
        for (var i = 0; i < cohort.Labels.Count; i++)
        {
            float[] expected = [.. golden.ReadLine()!.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];
            cohort.Samples.CopyRow(i, row);
            Assert.Equal(expected[..^1], row);
            Assert.Equal(expected[^1], cohort.Labels[i]);
        }

        Assert.Null(golden.ReadLine());
        Assert.Equal((2831, 2575), (cohort.Labels.Count, cohort.Labels.PositiveCount));
    }

    [Fact]
    public void Read_Example_HasPublishedSplit()
    {
        var parts = SeerSplit.RowsOf(s_cohort.Value.Labels.Count);

        Assert.Equal([1857, 641, 2365, 2721, 597], parts[CohortSplit.Train][..5]);
        Assert.Equal([31, 1576, 542, 1334, 2138], parts[CohortSplit.Validation][..5]);
        Assert.Equal([976, 315, 1655, 2312, 1663], parts[CohortSplit.Test][..5]);
        Assert.Equal((2264, 283, 284), (parts[CohortSplit.Train].Length, parts[CohortSplit.Validation].Length, parts[CohortSplit.Test].Length));
        Assert.All(parts, part => Assert.Equal(part.Value.Order().Select(static row => (long)row), s_cohort.Value.RowsOf(part.Key)));
    }

    [Fact]
    public void Read_ExampleAsBreast_TurnsClassesRound()
    {
        var cohort = Read(SeerSite.Breast);

        Assert.Equal(256, cohort.Labels.PositiveCount);
        Assert.All(Enumerable.Range(0, cohort.Labels.Count), row => Assert.NotEqual(s_cohort.Value.Labels[row], cohort.Labels[row]));
    }

    private static Cohort Read(SeerSite site) => SeerReader.Read(
        SharedData.Require(Folder + "INCIDENCES.txt.gz"), SharedData.Require(Folder + "CASES.csv"), site, cancellation: TestContext.Current.CancellationToken);
}
