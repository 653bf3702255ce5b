using Bench.Cohorts;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Engine.Data;

namespace Bench.Kernels.Scaling;

/// <summary>Rows of simulated cohorts, as <c>compare</c> has them; those that were last asked for are kept, since several works ask for the same.</summary>
/// <param name="progress">Told of the simulation.</param>
internal sealed class ScaleData(IProgress<CohortProgress>? progress)
{
    /// <summary>The columns of an hour.</summary>
    public const int HourColumns = 76;

    /// <summary>The queries of a search whose rows grow.</summary>
    public const int Queries = 1_000;

    /// <summary>One row in so many is of the rarer class.</summary>
    public const int RowsPerMinorityRow = 10;

    private (int Rows, int Columns, CaseArrays Arrays)? _kept;

    /// <summary>Makes rows, and a thousand others that search among them.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="columns">Up to 76 of an hour, those of largest variance; 714 summaries of a prefix; or the 3,648 of 48 hours.</param>
    /// <param name="context">What is needed.</param>
    public CaseArrays Arrays(int rows, int columns, WorkContext context)
    {
        if (_kept is { } kept && kept.Rows == rows && kept.Columns == columns)
            return kept.Arrays;
        Release();
        // A cohort of this size alone, gone when its rows are copied.
        var shelf = new CohortShelf(string.Empty, progress) { OrdinaryTrainingRows = rows + Queries };
        var arrays = SourceOf(columns).Make(new ArraySize(rows, Queries), shelf, context.Cancellation);
        _kept = (rows, columns, arrays);
        return arrays;
    }

    /// <summary>Makes rows of which one in ten, drawn without looking at it, is of the rarer class.</summary>
    public LabeledSamples Labeled(int rows, int columns, WorkContext context)
    {
        var samples = Arrays(rows, columns, context).Reference;
        // The rows are in random order: every tenth is as random as any.
        var labels = Labels.From([.. Enumerable.Range(0, rows).Select(static row => row % RowsPerMinorityRow == 0 ? (byte)1 : (byte)0)]);
        return SamplesOfCase.Of(samples, labels, RowMask.All(rows));
    }

    /// <summary>Lets go of the rows.</summary>
    public void Release()
    {
        if (_kept is { } kept)
        {
            kept.Arrays.Reference.Dispose();
            kept.Arrays.Queries.Dispose();
        }

        _kept = null;
    }

    private static IArraySource SourceOf(int columns) => columns switch
    {
        HourlySummary.FeatureCount => new PrefixSummaries(CohortSource.Simulated),
        FirstHours.HourCount * HourColumns => new FirstHours(CohortSource.Simulated),
        HourColumns => new LastHours(CohortSource.Simulated),
        _ => new LastHours(CohortSource.Simulated, columns),
    };
}
