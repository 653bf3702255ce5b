using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Resampling;
using Engine.Data;

namespace Engine.Tests.Bench.Comparisons.Resampling;

/// <summary>Rows of a case that a test can see through.</summary>
internal static class SmallRows
{
    /// <summary>Values on a line, one row each; rows of class 1 are of the group.</summary>
    public static LabeledSamples OnALine(float[] values, params int[] positives)
    {
        var mask = RowMask.From(values.Length, positives.Contains);
        return SamplesOfCase.Of(
            SampleMatrix.Wrap(values, values.Length, 1),
            Labels.From(Enumerable.Range(0, values.Length).Select(row => mask[row]).ToArray()),
            mask);
    }

    /// <summary>A case of 2,000 random rows of 6 columns, of which 100 are of class 1 and a little apart.</summary>
    public static ComparisonCase Case(SamplerMethod method) => SamplerCases.Of("tiny", method, new ShiftedRows(), new ArraySize(2_000));

    private sealed class ShiftedRows : ILabeledSource
    {
        private const int FeatureCount = 6;
        private const int RowsPerMinorityRow = 20;

        public string Description => "shifted uniform rows";

        public LabeledSamples Make(int rowCount, CohortShelf shelf, CancellationToken cancellation)
        {
            var samples = new UniformRows(FeatureCount).Make(new ArraySize(rowCount, 1), shelf, cancellation).Reference;
            var minority = RowMask.From(rowCount, row => row % RowsPerMinorityRow == 0);
            foreach (var row in minority.ToRows())
                samples.GetWritableRow(row)[0] += 0.25f;
            return SamplesOfCase.Of(samples, Labels.From(Enumerable.Range(0, rowCount).Select(row => minority[row]).ToArray()), minority);
        }
    }
}
