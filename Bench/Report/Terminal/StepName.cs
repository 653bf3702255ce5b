using Bench.Cohorts;

namespace Bench.Report.Terminal;

/// <summary>Which reports speak of the same step.</summary>
internal static class StepName
{
    /// <summary>Returns the name of a step without its detail: "dp for black: 3 units" and "dp for black: 4 units" are one step.</summary>
    public static string Of(CohortProgress progress)
    {
        var colon = progress.Step.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? progress.Step : progress.Step[..colon];
    }
}
