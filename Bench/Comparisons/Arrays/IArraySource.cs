namespace Bench.Comparisons.Arrays;

/// <summary>Makes the arrays of a case: the same numbers in every run and on every machine.</summary>
internal interface IArraySource
{
    /// <summary>Gets what the rows are, in a few words for a table.</summary>
    string Description { get; }

    /// <summary>Makes the arrays.</summary>
    /// <param name="size">How many rows and queries.</param>
    /// <param name="shelf">Where cohorts come from.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Reference and queries, in memory of their own.</returns>
    /// <exception cref="CaseUnavailableException">The data are absent, or too few.</exception>
    CaseArrays Make(ArraySize size, CohortShelf shelf, CancellationToken cancellation);
}
