using Bench.Comparisons.Arrays;
using Bench.Comparisons.Resampling.Cases;
using Bench.Comparisons.Resampling.Methods;
using Bench.Comparisons.Resampling.Rows;
using Engine.Data;

namespace Engine.Tests.Bench.Comparisons.Resampling;

/// <summary>Rows of a case that a test can see through.</summary>
internal static class SmallRows
{
    /// <summary>Values on a line, one row each; rows of class 1 are of the group.</summary>
    public static LabeledRows OnALine(float[] values, params int[] positives)
    {
        var mask = RowMask.From(values.Length, positives.Contains);
        return new LabeledRows(
            SampleMatrix.Wrap(values, values.Length, 1),
            Labels.From(Enumerable.Range(0, values.Length).Select(row => mask[row]).ToArray()),
            mask,
            ColumnSchema.Continuous(1));
    }

    /// <summary>A case of simulated hours that takes little time.</summary>
    public static SamplerCase Case(SamplerMethod method) => new("tiny", method, new SmallHours(), 2_000);

    /// <summary>A shelf whose cohorts are small.</summary>
    public static CohortShelf Shelf() => new("absent") { OrdinaryTrainingRows = 5_000 };

    /// <summary>Training hours of the simulator, known by one object.</summary>
    private sealed class SmallHours : ILabeledSource
    {
        private readonly TrainingHours _hours = new();

        public string Description => "few hours";

        public LabeledRows Make(int rowCount, CohortShelf shelf, CancellationToken cancellation) => _hours.Make(rowCount, shelf, cancellation);
    }
}
