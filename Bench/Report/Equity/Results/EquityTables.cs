using Bench.Report.Results;

namespace Bench.Report.Equity.Results;

/// <summary>Writes the arrays of a study's results.json as tables, one file each; as <see cref="TableFiles"/> does.</summary>
internal static class EquityTables
{
    /// <summary>Gets the names of the files.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["claims.csv", "claim-measures.csv", "prevalences.csv", "summary.csv", "scores.csv", "generation.csv", "refused.csv", "fidelity.csv", "fidelity-measures.csv", "fidelity-columns.csv", "correlations.csv", "joint-density.csv", "membership.csv", "skipped.csv"];

    /// <summary>Writes every table into an existing folder.</summary>
    public static void Write(string folder, EquityDocument document)
    {
        TableFiles.WriteTable(Path.Combine(folder, "claims.csv"), document.Claims);
        TableFiles.WriteTable(Path.Combine(folder, "claim-measures.csv"), document.ClaimMeasures);
        TableFiles.WriteTable(Path.Combine(folder, "prevalences.csv"), document.Prevalences);
        TableFiles.WriteTable(Path.Combine(folder, "summary.csv"), document.Summary);
        TableFiles.WriteTable(Path.Combine(folder, "scores.csv"), document.Scores);
        TableFiles.WriteTable(Path.Combine(folder, "generation.csv"), document.Generation);
        TableFiles.WriteTable(Path.Combine(folder, "refused.csv"), document.Refused);
        TableFiles.WriteTable(Path.Combine(folder, "fidelity.csv"), document.Fidelity);
        TableFiles.WriteTable(Path.Combine(folder, "fidelity-measures.csv"), document.FidelityMeasures);
        TableFiles.WriteTable(Path.Combine(folder, "fidelity-columns.csv"), document.FidelityColumns);
        TableFiles.WriteTable(Path.Combine(folder, "correlations.csv"), document.Correlations);
        TableFiles.WriteTable(Path.Combine(folder, "joint-density.csv"), document.JointDensity);
        TableFiles.WriteTable(Path.Combine(folder, "membership.csv"), document.Membership);
        TableFiles.WriteTable(Path.Combine(folder, "skipped.csv"), document.Skipped);
    }
}
