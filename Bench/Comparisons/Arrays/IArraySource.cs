using Engine.Data;

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

/// <summary>Where hours of stays come from.</summary>
internal enum CohortSource
{
    /// <summary>The simulator of the decompensation task.</summary>
    Simulated,

    /// <summary>The PhysioNet / Computing in Cardiology Challenge 2012.</summary>
    PhysioNet2012,
}

/// <summary>The names of sources in descriptions.</summary>
internal static class CohortSourceName
{
    /// <summary>Returns the name of a source.</summary>
    public static string Of(CohortSource source) => source == CohortSource.Simulated ? "simulated" : "PhysioNet 2012";
}
