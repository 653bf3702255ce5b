using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>Makes the rows of a case: the same numbers in every run and on every machine.</summary>
internal interface ILabeledSource
{
    /// <summary>The group whose class 1 rows DP repeats: the largest of the minorities of the study.</summary>
    const string GroupName = "black";

    /// <summary>Gets what the rows are, in a few words for a table.</summary>
    string Description { get; }

    /// <summary>Makes the rows.</summary>
    /// <param name="rowCount">How many.</param>
    /// <param name="shelf">Where cohorts come from.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="CaseUnavailableException">There are too few.</exception>
    LabeledSamples Make(int rowCount, CohortShelf shelf, CancellationToken cancellation);
}
