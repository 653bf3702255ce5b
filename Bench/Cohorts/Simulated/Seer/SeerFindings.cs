using System.Runtime.CompilerServices;

namespace Bench.Cohorts.Simulated.Seer;

/// <summary>What a simulated cancer is like; fields follow one of it, more or less closely.</summary>
internal enum SeerFinding
{
    Tumor,
    Nodes,
    Mets,
    Grade,
    Biology,
    Care,

    /// <summary>Of tumor, nodes and metastases together.</summary>
    Stage,

    /// <summary>Nothing: drawn by itself.</summary>
    None,
}

/// <summary>The findings of one record, each of the standard normal distribution, the higher the worse.</summary>
[InlineArray(Length)]
internal struct SeerFindings
{
    /// <summary>The findings that are drawn.</summary>
    public const int Count = (int)SeerFinding.Stage;

    private const int Length = Count + 1;
    private const double SharedVariance = 0.3;

    // Of three that share so much: 3 + 6 x 0.3.
    private const double StageVariance = 4.8;

    private double _first;

    /// <summary>Draws the findings of a record.</summary>
    public static SeerFindings Draw(in SeerDraws draws)
    {
        var findings = default(SeerFindings);
        var common = draws.Normal((int)SeerDraw.Common);
        for (var i = 0; i < Count; i++)
            findings[i] = (Math.Sqrt(SharedVariance) * common) + (Math.Sqrt(1 - SharedVariance) * draws.Normal((int)SeerDraw.FirstFinding + i));
        findings[(int)SeerFinding.Stage] =
            (findings[(int)SeerFinding.Tumor] + findings[(int)SeerFinding.Nodes] + findings[(int)SeerFinding.Mets]) / Math.Sqrt(StageVariance);
        return findings;
    }

    /// <summary>Returns a finding as a field shows it.</summary>
    /// <param name="finding">What the field follows.</param>
    /// <param name="correlation">How closely, 0 to 1.</param>
    /// <param name="noise">A draw of the standard normal distribution.</param>
    public readonly double Show(SeerFinding finding, double correlation, double noise) =>
        finding == SeerFinding.None ? noise : (correlation * this[(int)finding]) + (Math.Sqrt(1 - (correlation * correlation)) * noise);
}
