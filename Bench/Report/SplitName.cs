using Bench.Cohorts;

namespace Bench.Report;

/// <summary>What splits are called in files and for readers.</summary>
internal static class SplitName
{
    /// <summary>Returns "train", "validation" or "test".</summary>
    public static string Of(CohortSplit split) => split.ToString().ToLowerInvariant();
}
