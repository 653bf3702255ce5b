using Bench.Comparisons;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons;

/// <summary>Runs cases in no time, in a folder that must be empty afterwards.</summary>
internal static class SmallComparison
{
    /// <summary>A shelf whose cohorts are small.</summary>
    public static CohortShelf Shelf() => new("absent") { OrdinaryTrainingRows = 60_000 };

    /// <summary>What work of a test needs.</summary>
    public static WorkContext Context() => new(Shelf(), 2, TestContext.Current.CancellationToken);

    /// <summary>Runs one case.</summary>
    public static CaseResult Run(ComparisonCase planned, params IRival[] rivals) => Assert.Single(Run([planned], rivals));

    /// <summary>Runs cases.</summary>
    public static List<CaseResult> Run(ComparisonCase[] cases, IRival[] rivals, double timeoutSeconds = 120, CancellationToken? cancellation = null)
    {
        using var folder = new TemporaryFolder();
        var results = new List<CaseResult>();
        try
        {
            new Comparison(Shelf(), rivals, new MeasureOptions { Repeats = 2, WarmUpSeconds = 0, TimeoutSeconds = timeoutSeconds }, folder.Path)
                .Run(cases, null, results.Add, cancellation ?? TestContext.Current.CancellationToken);
        }
        finally
        {
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        }

        return results;
    }
}
