using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Documents.Examples;

public sealed class ArraysExample : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows()
    {
        var path = _folder.File("rows.npy");
        float[] values = [70, 1, float.NaN, 0, 50, 1];
        var race = (string?[])["Black", null, "White"];

        // <example>
        var wrapped = SampleMatrix.Wrap(values, rowCount: 3, featureCount: 2);          // your memory, row after row; it must not change
        using var own = SampleMatrix.Create(rowCount: 3, featureCount: 2);              // memory of its own, any number of rows
        for (var row = 0; row < 3; row++)
            wrapped.CopyRow(row, own.GetWritableRow(row));
        NpyFile.Write(path, own);
        using var mapped = SampleMatrix.Map(path);                                      // read from disk as kernels reach it

        var groups = Subgroups.From(race);                                              // a group a value, null in none
        groups.Add("elderly", RowMask.From(3, row => values[2 * row] >= 65));           // rows may be in several

        var scaler = FeatureScaler.Fit(mapped);                                         // on training rows; NaN becomes the median
        var scaled = scaler.Transform(mapped);                                          // a view; scaler.Save(path) keeps the numbers
        // </example>

        Assert.Equal(["Black", "White", "elderly"], groups.Names);
        Assert.Equal(60, scaler.Means[0]);
        Assert.Equal(0, scaled.Row(1)[0]);
        Assert.Equal(-MathF.Sqrt(2), scaled.Row(1)[1], 1e-5f);
    }
}
