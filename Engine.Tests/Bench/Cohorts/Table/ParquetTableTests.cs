using System.Globalization;
using Bench.Cohorts;
using Bench.Cohorts.Equity;
using Bench.Cohorts.Parquet;
using Bench.Cohorts.Table;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Table;

public sealed class ParquetTableTests : IDisposable
{
    private const int RowCount = 17_500;

    private static readonly TableDescription s_description = new("died") { Groups = ["race,female"], Patient = "subject", Categorical = ["site"], Ignored = ["note"] };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RowCount)]
    [InlineData(9_001)]
    [InlineData(1000)]
    public void Read_Parquet_IsTheCohortOfTheSameCsvFile(int rowsPerGroup)
    {
        var (parquet, csv) = WriteBoth(rowsPerGroup);
        var expected = TableReader.Read(csv, s_description, cancellation: Cancellation);
        var cohort = TableReader.Read(parquet, s_description, cancellation: Cancellation);
        Assert.Equal(expected.FeatureNames, cohort.FeatureNames);
        Assert.Contains("lactate is missing", cohort.FeatureNames);
        Assert.Contains("site=3", cohort.FeatureNames);
        Assert.Equal(expected.Notes, cohort.Notes);
        Assert.Equal(expected.Labels.Values, cohort.Labels.Values);
        Assert.Equal(expected.Splits, cohort.Splits);
        Assert.Equal(expected.Patients, cohort.Patients);
        Assert.Equal(expected.Groups.Names, cohort.Groups.Names);
        Assert.All(expected.Groups.Names, name => Assert.Equal(expected.Groups[name].ToRows(), cohort.Groups[name].ToRows()));
        for (var row = 0; row < RowCount; row++)
            Assert.Equal(expected.Samples.Row(row), cohort.Samples.Row(row));
    }

    [Fact]
    public void Read_NumberNamedAsMissing_IsMissingInBoth()
    {
        // 1 / 7, among more numbers than there may be categories.
        var (parquet, csv) = WriteBoth(9000);
        var (description, place) = (s_description with { MissingWords = ["0.14285714285714285"] }, 1 + 1999);
        var (expected, cohort) = (TableReader.Read(csv, description, cancellation: Cancellation), TableReader.Read(parquet, description, cancellation: Cancellation));
        var lactate = cohort.FeatureNames.ToList().IndexOf("lactate");
        Assert.True(float.IsNaN(cohort.Samples.Row(place)[lactate]));
        Assert.Equal(1f / 7, TableReader.Read(parquet, s_description, cancellation: Cancellation).Samples.Row(place)[lactate]);
        for (var row = 0; row < RowCount; row++)
            Assert.Equal(expected.Samples.Row(row), cohort.Samples.Row(row));
    }

    [Fact]
    public void Read_NumberBeyondFloats_IsToldAlsoAmongMany()
    {
        var path = _folder.File("far.parquet");
        var numbers = Enumerable.Range(0, 3000).Select(row => row == 2500 ? 1e300 : row).ToArray();
        ParquetFile.Write(path, 3000, ("x", numbers), ("died", numbers.Select((_, row) => row % 2).ToArray()));
        var error = Assert.Throws<CohortFormatException>(() => TableReader.Read(path, new("died"), cancellation: Cancellation));
        Assert.Contains("row 2500, column 'x', value '1E+300': numbers must be finite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadEquity_Parquet_IsTheCohortOfTheSameCsvFile()
    {
        var (parquet, csv) = WriteBoth(9000);
        var description = new TableEquityDescription(["died"], "race") { Ignored = ["note"] };
        var (expected, cohort) = (TableEquity.Read(csv, description, cancellation: Cancellation), TableEquity.Read(parquet, description, cancellation: Cancellation));
        Assert.Equal(expected.Table.Schema.Columns.Select(column => column.Name), cohort.Table.Schema.Columns.Select(column => column.Name));
        Assert.Equal(expected.Minorities, cohort.Minorities);
        for (var row = 0; row < RowCount; row++)
            Assert.Equal(expected.Table.Rows.Row(row), cohort.Table.Rows.Row(row));
    }

    [Fact]
    public void Write_Parquet_ReadsBackToTheSameBits()
    {
        var (parquet, _) = WriteBoth(RowCount);
        var (table, _) = SchemaTableReader.Read(parquet, new() { Outcomes = ["died"], Ignored = ["note"] }, null, Cancellation);
        var copy = _folder.File("copy.parquet");
        SchemaTableWriter.Write(copy, table, Cancellation);
        Assert.True(ParquetTable.IsParquet(copy));
        var (again, _) = SchemaTableReader.Read(copy, new() { Schema = table.Schema }, null, Cancellation);
        Assert.Equal(table.RowCount, again.RowCount);
        for (var row = 0; row < RowCount; row++)
            Assert.Equal(table.Rows.Row(row), again.Rows.Row(row));
        Assert.Equal(2, Directory.GetFiles(_folder.Path, "*.parquet").Length);
    }

    [Fact]
    public void ReadSamples_ChosenColumns_AreRoundedAndNullIsNaN()
    {
        var path = _folder.File("x.parquet");
        ParquetFile.Write(path, 2, ("a", new double?[] { 0.1, null, 1e300 }), ("b", (bool[])[true, false, true]), ("c", new long[] { 1, (1 << 24) + 1, -3 }), ("d", (string[])["x", "y", "z"]));
        var samples = ParquetSamples.Read(path, ["c", "a", "b"], Cancellation);
        Assert.Equal([1f, 0.1f, 1f], samples.Row(0));
        Assert.Equal([16777216f, float.NaN, 0f], samples.Row(1));
        Assert.Equal([-3f, float.PositiveInfinity, 1f], samples.Row(2));
        Assert.Equal(
            $"{path}, row group 0, row 0, column 'd', value 'x': a number was expected.",
            Assert.Throws<CohortFormatException>(() => ParquetSamples.Read(path, cancellation: Cancellation)).Message);
        Assert.Contains("column 'e': there is no such column", Assert.Throws<CohortFormatException>(() => ParquetSamples.Read(path, ["e"], Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MapSamples_ManyRowGroups_HaveTheRowsReadAndLeaveNoFile()
    {
        var path = _folder.File("x.parquet");
        const int RowCount = 40_000;
        // Groups that are read in several parts, and end within one.
        ParquetFile.Write(path, 17_000, ("a", Enumerable.Range(0, RowCount).Select(row => row % 7 == 0 ? (double?)null : row / 3.0).ToArray()), ("b", Enumerable.Range(0, RowCount).Select(row => (long)row).ToArray()));
        var samples = ParquetSamples.Read(path, ["b", "a"], Cancellation);
        using var mapped = ParquetSamples.Map(path, ["b", "a"], cancellation: Cancellation);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        Assert.Equal(RowCount, mapped.RowCount);
        for (var row = 0; row < RowCount; row++)
        {
            Assert.Equal([row, row % 7 == 0 ? float.NaN : (float)(row / 3.0)], mapped.Row(row));
            Assert.Equal(samples.Row(row), mapped.Row(row));
        }
    }

    [Fact]
    public void MapSamples_CellThatIsNoNumber_IsNamedAndLeavesNoFile()
    {
        var path = _folder.File("x.parquet");
        ParquetFile.Write(path, 2, ("a", new long[] { 1, 2, 3 }), ("d", (string[])["x", "y", "z"]));
        Assert.StartsWith($"{path}, row group 0, row 0, column 'd', value 'x'", Assert.Throws<CohortFormatException>(() => ParquetSamples.Map(path, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Read_RowNumbersOfPandas_HaveNoName()
    {
        var path = _folder.File("x.parquet");
        ParquetFile.Write(path, 10, ("died", new long[] { 0, 1, 0, 1, 0 }), ("x", new[] { 1f, 2, 3, 4, 5 }), ("__index_level_0__", new long[] { 7, 8, 9, 10, 11 }));
        var cohort = TableReader.Read(path, OwnTable.Died, cancellation: Cancellation);
        Assert.Equal(["x"], cohort.FeatureNames);
        Assert.Contains("Left out, as it has no name: 1 column.", cohort.Notes);
    }

    [Fact]
    public void Read_BadCell_NamesFileRowGroupRowColumnAndValue()
    {
        var path = _folder.File("x.parquet");
        ParquetFile.Write(path, 2, ("died", new long?[] { 0, 1, 0, null }), ("x", new[] { 1f, 2, 3, 4 }));
        Assert.StartsWith($"{path}, row group 1, row 3, column 'died': the label is missing", Assert.Throws<CohortFormatException>(() => TableReader.Read(path, OwnTable.Died, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        Assert.StartsWith($"{path}, column 'dead': the header lacks this column", Assert.Throws<CohortFormatException>(() => TableReader.Read(path, new("dead"), cancellation: Cancellation)).Message, StringComparison.Ordinal);
        ParquetFile.Write(path, 2, ("died", new long[] { 0, 1, 0, 1 }), ("x", new[] { 1f, 2, float.PositiveInfinity, 4 }));
        Assert.StartsWith($"{path}, row group 1, row 2, column 'x', value 'Infinity': numbers must be finite", Assert.Throws<CohortFormatException>(() => TableReader.Read(path, OwnTable.Died, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        ParquetFile.Write(path, 2, ("died", new long[] { 0, 1, 0, 1 }), ("t", Enumerable.Range(1, 4).Select(day => new DateTime(2026, 11, day)).ToArray()));
        Assert.Contains("column 't', value '2026-11-01 00:00:00': this column holds dates", Assert.Throws<CohortFormatException>(() => TableReader.Read(path, OwnTable.Died, cancellation: Cancellation)).Message, StringComparison.Ordinal);
        ParquetFile.Write(path, 2, ("died", new long[] { 0, 1 }), ("l", new int[][] { [1, 2], [3] }));
        Assert.Contains("the column holds lists", Assert.Throws<CohortFormatException>(() => TableReader.Read(path, OwnTable.Died, cancellation: Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutShort_SaysSo()
    {
        var path = _folder.File("x.parquet");
        ParquetFile.Write(path, 2, ("died", new long[] { 0, 1, 0, 1 }), ("x", new[] { 1f, 2, 3, 4 }));
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^20]);
        Assert.StartsWith($"{path}: this cannot be read as Parquet (", Assert.Throws<CohortFormatException>(() => TableReader.Read(path, OwnTable.Died, cancellation: Cancellation)).Message, StringComparison.Ordinal);
    }

    /// <summary>Writes the same table in both formats: every type that pandas has for a number or a text, with and without missing values.</summary>
    private (string Parquet, string Csv) WriteBoth(int rowsPerGroup)
    {
        var rows = Enumerable.Range(0, RowCount);
        (string Name, Array Values)[] columns =
        [
            ("subject", rows.Select(row => (long)(row / 3)).ToArray()),
            ("age", rows.Select(row => (double)(18 + (row * 7 % 80))).ToArray()),
            ("lactate", rows.Select(row => row % 11 == 0 ? null : (double?)(row % 1999 / 7.0)).ToArray()),
            ("ph", rows.Select(row => row % 13 == 0 ? float.NaN : 7 + (row % 89 / 100f)).ToArray()),
            ("site", rows.Select(row => row % 4).ToArray()),
            ("female", rows.Select(row => row % 5 == 0 ? null : (bool?)(row % 2 == 0)).ToArray()),
            ("race", rows.Select(row => row % 17 == 0 ? null : row % 3 == 0 ? "black" : "white").ToArray()),
            ("count", rows.Select(row => row % 19 == 0 ? null : (short?)(row % 300)).ToArray()),
            ("note", rows.Select(row => $"note {row}").ToArray()),
            ("died", rows.Select(row => (row * 7 % 10) == 0 ? (byte)1 : (byte)0).ToArray()),
        ];
        var (parquet, csv) = (_folder.File("table.parquet"), _folder.File("table.csv"));
        ParquetFile.Write(parquet, rowsPerGroup, columns);
        File.WriteAllLines(csv, [string.Join(',', columns.Select(column => column.Name)), .. rows.Select(row => string.Join(',', columns.Select(column => Convert.ToString(column.Values.GetValue(row), CultureInfo.InvariantCulture))))]);
        // The names that a study gets are those of the files.
        var named = Directory.CreateDirectory(_folder.File("csv")).FullName;
        File.Move(csv, Path.Combine(named, "table.parquet"));
        return (parquet, Path.Combine(named, "table.parquet"));
    }
}
