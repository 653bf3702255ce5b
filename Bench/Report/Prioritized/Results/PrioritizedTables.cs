using Bench.Report.Results;

namespace Bench.Report.Prioritized.Results;

/// <summary>Writes the arrays of a study's results.json as tables, one file each; as <see cref="TableFiles"/> does.</summary>
internal static class PrioritizedTables
{
    /// <summary>Gets the names of the files.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "claims.csv", "claim-measures.csv", "bias.csv", "arms.csv", "metrics.csv", "summary.csv", "differences.csv", "units.csv", "shares.csv", "cross-group.csv", "disparity.csv", "epochs.csv", "skipped.csv",
    ];

    /// <summary>Writes every table into an existing folder.</summary>
    public static void Write(string folder, PrioritizedDocument document)
    {
        TableFiles.WriteTable(Path.Combine(folder, "claims.csv"), document.Claims);
        TableFiles.WriteTable(Path.Combine(folder, "claim-measures.csv"), document.ClaimMeasures);
        TableFiles.WriteTable(Path.Combine(folder, "bias.csv"), document.Bias);
        TableFiles.WriteTable(Path.Combine(folder, "arms.csv"), document.Arms);
        TableFiles.WriteTable(Path.Combine(folder, "metrics.csv"), document.Metrics);
        TableFiles.WriteTable(Path.Combine(folder, "summary.csv"), document.Summary);
        TableFiles.WriteTable(Path.Combine(folder, "differences.csv"), document.Differences);
        TableFiles.WriteTable(Path.Combine(folder, "units.csv"), document.Units);
        TableFiles.WriteTable(Path.Combine(folder, "shares.csv"), document.Shares);
        TableFiles.WriteTable(Path.Combine(folder, "cross-group.csv"), document.CrossGroup);
        TableFiles.WriteDisparity(Path.Combine(folder, "disparity.csv"), document.Disparity);
        TableFiles.WriteTable(Path.Combine(folder, "epochs.csv"), document.Epochs);
        TableFiles.WriteTable(Path.Combine(folder, "skipped.csv"), document.Skipped);
    }
}
