using Engine.Compute;
using Engine.Data;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <summary>The input of one pass: normal features, a third of the labels 1, weights with zeros, coefficients that shrink as features grow in number.</summary>
internal sealed record IrlsBlock(SampleMatrix Samples, byte[] Labels, double[] Weights, double[] Offsets, double[] Coefficients)
{
    private static readonly double[] s_weights = [1, 0, 2.5, 1, 1e-3, 3, 1];

    public int CoefficientCount => Coefficients.Length;

    public static IrlsBlock Create(int rowCount, int featureCount, bool hasIntercept, bool hasOffsets, ulong seed = 3)
    {
        var (rows, coefficientCount) = (Enumerable.Range(0, rowCount), featureCount + (hasIntercept ? 1 : 0));
        var stream = new RandomStream(seed, 9);
        return new IrlsBlock(
            Tables.Normal(rowCount, featureCount, seed),
            [.. rows.Select(row => (byte)(row % 3 == 1 ? 1 : 0))],
            [.. rows.Select(row => s_weights[row % s_weights.Length])],
            hasOffsets ? [.. rows.Select(row => stream.Normal((ulong)row))] : [],
            [.. Enumerable.Range(0, coefficientCount).Select(i => stream.Normal(1000 + (ulong)i) / Math.Sqrt(coefficientCount))]);
    }

    public void FillRowsOfWeightZero(float content)
    {
        for (var row = 0; row < Weights.Length; row++)
        {
            if (Weights[row] != 0)
                continue;
            Samples.GetWritableRow(row).Fill(content);
            Offsets[row] = content;
        }
    }

    public IrlsBlock WithoutRowsOfWeightZero()
    {
        var rows = Enumerable.Range(0, Labels.Length).Where(row => Weights[row] > 0).ToArray();
        var samples = SampleMatrix.Create(rows.Length, Samples.FeatureCount);
        for (var i = 0; i < rows.Length; i++)
            Samples.Row(rows[i]).CopyTo(samples.GetWritableRow(i));
        return new IrlsBlock(samples, [.. rows.Select(row => Labels[row])], [.. rows.Select(row => Weights[row])], [.. rows.Select(row => Offsets[row])], Coefficients);
    }

    public void Accumulate(IComputeBackend backend, NormalEquations sums)
    {
        using var rows = backend.PrepareFit(new FitRequest(Samples, Labels) { Weights = Weights, Offsets = Offsets }, ComputeOptions.Default);
        rows.Accumulate(Coefficients, sums);
    }

    public void Accumulate(ReferenceNormalEquations reference) => reference.Add(Samples, Labels, Weights, Offsets, Coefficients);
}
