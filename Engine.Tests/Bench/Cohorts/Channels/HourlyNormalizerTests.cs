using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Engine.Tests.Bench.Cohorts.Mimic3;

namespace Engine.Tests.Bench.Cohorts.Channels;

public sealed class HourlyNormalizerTests
{
    [Theory]
    [InlineData(Mimic3Task.InHospitalMortality, "normalizer_ihm_ts1.0.csv")]
    [InlineData(Mimic3Task.Decompensation, "normalizer_decomp_ts1.0.csv")]
    public void Published_Golden_EqualToTheLastBit(Mimic3Task task, string golden)
    {
        var normalizer = HourlyNormalizer.Published(task);
        using var table = CsvTable.Open(Mimic3Demo.Golden(golden));
        for (var column = 0; column < BenchmarkChannels.ColumnCount; column++)
        {
            Assert.True(table.Next());
            Assert.Equal(BenchmarkChannels.ColumnNames[column], table[1]);
            Assert.Equal(table.Number(2), normalizer.Means[column]);
            Assert.Equal(table.Number(3), normalizer.StandardDeviations[column]);
        }

        Assert.False(table.Next());
    }

    [Theory]
    [InlineData("normalizer-in-hospital-mortality.csv")]
    [InlineData("normalizer-decompensation.csv")]
    public void Published_EmbeddedTable_NamesTheColumnsInOrder(string resource)
    {
        using var reader = new StreamReader(typeof(HourlyNormalizer).Assembly.GetManifestResourceStream(resource)!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("YerevaNN/mimic3-benchmarks", lines[0], StringComparison.Ordinal);
        Assert.Equal(BenchmarkChannels.ColumnNames, lines.Skip(2).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Constructor_ZeroStandardDeviation_Throws() =>
        Assert.Throws<ArgumentException>(() => new HourlyNormalizer([.. new double[76]], [.. new double[76]]));

    [Fact]
    public void Constructor_WrongNumberOfColumns_Throws() =>
        Assert.Throws<ArgumentException>(() => new HourlyNormalizer([.. new double[12]], [.. new double[76]]));
}
