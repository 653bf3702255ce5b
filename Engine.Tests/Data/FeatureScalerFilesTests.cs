using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class FeatureScalerFilesTests : IDisposable
{
    private static readonly Dictionary<string, double[]> s_good = new()
    {
        ["means"] = [1.5, -2, 0],
        ["deviations"] = [2, 1, .25],
        ["fill values"] = [1, double.NaN, 0],
        ["missing counts"] = [4, 0, 1],
        ["standardized columns"] = [0, 2],
    };

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("scaler.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_Saved_GivesTheSameBits()
    {
        var samples = Tables.Normal(40, 3, seed: 1);
        samples.GetWritableRow(3)[1] = float.NaN;
        var scaler = FeatureScaler.Fit(samples, TestContext.Current.CancellationToken).Only([1, 2]);
        scaler.Save(Path);
        var loaded = FeatureScaler.Load(Path);
        Assert.Equal(scaler.Means.ToArray(), loaded.Means.ToArray());
        Assert.Equal(scaler.Deviations.ToArray(), loaded.Deviations.ToArray());
        Assert.Equal(scaler.MissingCounts, loaded.MissingCounts);
        for (var row = 0; row < 40; row++)
            Assert.Equal(scaler.Transform(samples).Row(row), loaded.Transform(samples).Row(row));
    }

    [Fact]
    public void Load_GoodFile_IsRead()
    {
        Write("means", s_good["means"]);
        Assert.Equal([4, 0, 1], FeatureScaler.Load(Path).MissingCounts);
    }

    [Theory]
    [InlineData("means", new[] { 1, double.PositiveInfinity, 0 }, "column 1 has mean")]
    [InlineData("means", new[] { 1.0, 2 }, "of shape [3] where [2]")]
    [InlineData("deviations", new[] { 2, 0.0, 1 }, "column 1 has mean")]
    [InlineData("deviations", new[] { 2, double.NaN, 1 }, "column 1 has mean")]
    [InlineData("fill values", new[] { 1, 2, double.NegativeInfinity }, "a missing value of column 2")]
    [InlineData("missing counts", new[] { 1, -1.0, 1 }, "-1 values of column 1")]
    [InlineData("missing counts", new[] { 1, .5, 1 }, "0.5 values of column 1")]
    [InlineData("missing counts", new[] { 1, double.NaN, 1 }, "NaN values of column 1")]
    [InlineData("missing counts", new[] { 1, 1e300, 1 }, "values of column 1")]
    [InlineData("standardized columns", new[] { 0.0, 3 }, "column 3 is to be standardized")]
    [InlineData("standardized columns", new[] { -1.0 }, "column -1 is to be standardized")]
    [InlineData("standardized columns", new[] { 1.5 }, "column 1.5 is to be standardized")]
    [InlineData("standardized columns", new[] { 2.0, 0 }, "column 0 is to be standardized, at place 1")]
    [InlineData("standardized columns", new[] { 1.0, 1 }, "column 1 is to be standardized, at place 1")]
    [InlineData("standardized columns", new[] { double.NaN }, "column NaN is to be standardized")]
    public void Load_FieldThatNoScalerHas_NamesFileAndFault(string tensor, double[] values, string fault)
    {
        Write(tensor, values);
        var error = Assert.Throws<InvalidDataException>(() => FeatureScaler.Load(Path));
        Assert.Contains(Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    private void Write(string tensor, double[] values)
    {
        var tensors = s_good.Select(pair => pair.Key == tensor ? new SafetensorsTensor(tensor, [values.Length], values) : new SafetensorsTensor(pair.Key, [pair.Value.Length], pair.Value));
        new SafetensorsFile([.. tensors], new Dictionary<string, string> { ["kind"] = "feature scaler" }).Write(Path);
    }
}
