using Engine.Compute;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <summary>Passes over rows that are wrapped, chosen, scaled and mapped have the bits of passes over a copy of them.</summary>
public sealed class SimdFitRowsTests : IDisposable
{
    private const int RowCount = 700;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(41)]
    [InlineData(76)]
    public void Accumulate_RowsOfAnyKind_HasTheBitsOfACopy(int featureCount)
    {
        // Upwards and downwards: what another kind left in a reused buffer must not count.
        foreach (var rows in Views(featureCount).Concat(Views(featureCount + 3)).Concat(Views(featureCount)))
        {
            using (rows)
            {
                using var copy = rows.Copy();
                foreach (var hasHessian in new[] { true, false })
                {
                    foreach (var weights in new[] { [], Enumerable.Range(0, RowCount).Select(row => row % 5 == 0 || row is > 200 and < 290 ? 0.0 : 1 + (row % 3)).ToArray() })
                        ComputeBackendContract.AssertSameBits(Accumulate(copy, weights, hasHessian), Accumulate(rows, weights, hasHessian));
                }
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(24)]
    [InlineData(76)]
    public void Accumulate_NaNInTheRowBehind_DoesNotCount(int featureCount)
    {
        // Rows that lie end to end are read a little beyond their end.
        var values = new float[RowCount * featureCount];
        Tables.Normal(RowCount, featureCount, 5).CopyRows(0, RowCount, values);
        var weights = Enumerable.Range(0, RowCount).Select(row => row % 2 == 0 ? 1.0 : 0.0).ToArray();
        foreach (var hasHessian in new[] { true, false })
        {
            var expected = Accumulate(SampleMatrix.Wrap(values.ToArray(), RowCount, featureCount), weights, hasHessian);
            var spoiled = values.ToArray();
            for (var row = 1; row < RowCount; row += 2)
                spoiled.AsSpan(row * featureCount, featureCount).Fill(float.NaN);
            ComputeBackendContract.AssertSameBits(expected, Accumulate(SampleMatrix.Wrap(spoiled, RowCount, featureCount), weights, hasHessian));
        }
    }

    [Fact]
    public void Predict_RowsOfAnyKind_HasTheBitsOfACopy()
    {
        foreach (var rows in Views(19))
        {
            using (rows)
            {
                using var copy = rows.Copy();
                Assert.Equal(Predict(copy), Predict(rows));
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static NormalEquations Accumulate(SampleMatrix samples, double[] weights, bool hasHessian)
    {
        var sums = new NormalEquations(samples.FeatureCount + 1, hasHessian);
        using var rows = SimdBackend.Instance.PrepareFit(Request(samples) with { Weights = weights }, ComputeOptions.Default);
        rows.Accumulate([.. Enumerable.Range(0, sums.CoefficientCount).Select(i => Math.Sin(i) / 4)], sums);
        return hasHessian ? sums : WithHessian(sums);
    }

    /// <summary>So that sums without a Hessian compare like those with one.</summary>
    private static NormalEquations WithHessian(NormalEquations sums)
    {
        var all = new NormalEquations(sums.CoefficientCount) { LogLikelihood = sums.LogLikelihood, LargestLinearPredictor = sums.LargestLinearPredictor };
        sums.Gradient.CopyTo(all.Gradient, 0);
        return all;
    }

    private static double[] Predict(SampleMatrix samples)
    {
        var (etas, sizes) = (new double[RowCount], new double[RowCount]);
        using var rows = new Engine.Compute.Irls.SimdFitRows(Request(samples), ComputeOptions.Default);
        rows.Predict([[.. Enumerable.Range(0, samples.FeatureCount + 1).Select(i => Math.Sin(i) / 4)]], (firstRow, rowCount, ofBlock, sizesOfBlock) =>
        {
            ofBlock.CopyTo(etas.AsSpan((int)firstRow, rowCount));
            sizesOfBlock.CopyTo(sizes.AsSpan((int)firstRow, rowCount));
        });
        return [.. etas, .. sizes];
    }

    private static FitRequest Request(SampleMatrix samples) => new(samples, Enumerable.Range(0, RowCount).Select(row => (byte)(row % 3 == 0 ? 1 : 0)).ToArray());

    private IEnumerable<SampleMatrix> Views(int featureCount)
    {
        var table = Tables.Normal(RowCount + 100, featureCount, 5);
        var some = table.SelectRows(Enumerable.Range(0, RowCount).Select(row => (long)row).ToArray()).Copy();
        var values = new float[(RowCount + 100) * featureCount];
        table.CopyRows(0, RowCount + 100, values);
        var wrapped = SampleMatrix.Wrap(values, RowCount, featureCount);
        var chosen = Enumerable.Range(0, RowCount).Select(row => (long)((row * 7) + (row % 3)) % (RowCount + 100)).ToArray();
        var scaler = FeatureScaler.Fit(table, TestContext.Current.CancellationToken);
        var path = _folder.File($"{Guid.NewGuid():N}.npy");
        NpyFile.Write(path, some);
        yield return wrapped;
        yield return SampleMatrix.Wrap(new CommunityToolkit.HighPerformance.ReadOnlyMemory2D<float>([.. Enumerable.Range(0, RowCount * (featureCount + 2)).Select(i => MathF.Sin(i))], 0, RowCount, featureCount, 2));
        yield return table.SelectRows(chosen);
        yield return scaler.Transform(some);
        yield return scaler.Transform(table).SelectRows(chosen);
        yield return scaler.Transform(table.SelectRows(chosen));
        yield return scaler.Transform(table.SelectColumns([.. Enumerable.Range(0, featureCount).Reverse()]).SelectRows(chosen));
        yield return JoinedRows.Join(scaler.Transform(SampleMatrix.Wrap(values.AsMemory(0, 130 * featureCount), 130, featureCount)), table.SelectRows(chosen.AsMemory(130)));
        yield return SampleMatrix.Map(path);
    }
}
