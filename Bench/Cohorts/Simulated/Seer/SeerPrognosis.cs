using Bench.Cohorts.Seer;
using Engine.Numerics;

namespace Bench.Cohorts.Simulated.Seer;

/// <summary>How likely class 1 is. What the findings weigh differs by race and age, so that a model that is made for all is wrong about some.</summary>
/// <remarks>Invented throughout; intercepts are set so that 12.7 % of breast cancers and 17.5 % of lung cancers are of class 1.</remarks>
internal static class SeerPrognosis
{
    private const double BreastIntercept = -3.64;
    private const double LungIntercept = -2.75;

    // Tumor, nodes, metastases, grade, biology, care.
    private static readonly double[] s_weights = [0.7, 0.8, 0.8, 0.5, 0.7, 0.4];

    private static readonly double[] s_none = [1, 1, 1, 1, 1, 1];
    private static readonly double[] s_black = [1, 0.7, 1, 0.4, 1.8, 2];
    private static readonly double[] s_asian = [1.6, 0.5, 1, -0.4, 0.8, 0.5];
    private static readonly double[] s_hispanic = [0.7, 1.2, 0.8, 1.6, 0.6, 2.2];
    private static readonly double[] s_young = [0.3, 1.3, 1, -0.5, 1.9, 0.6];
    private static readonly double[] s_old = [0.5, 0.5, 0.8, 0.6, 0.4, 1.8];

    // By band of age, from below 30 to 90 and above: on the log odds of death.
    private static readonly double[] s_ages = [0.9, 0.5, 0, -0.15, 0, 0.35, 0.9, 1.5];

    /// <summary>Returns the probability that a patient dies of the cancer within five years.</summary>
    public static double Death(in SeerPatient patient, in SeerFindings findings, SeerSite site)
    {
        var isBreast = site == SeerSite.Breast;
        var ofOrigin = patient switch { { IsHispanic: true } => s_hispanic, { Race: 2 } => s_black, { Race: 4 } => s_asian, _ => s_none };
        var ofAge = patient.AgeBand switch { <= 1 => s_young, >= 6 => s_old, _ => s_none };
        var odds = isBreast ? BreastIntercept : -LungIntercept;
        odds += (isBreast ? 1 : 0.5) * s_ages[patient.AgeBand];
        odds += patient.Race switch { 2 => 0.35, 4 => -0.3, _ => 0 };
        for (var i = 0; i < s_weights.Length; i++)
            odds += s_weights[i] * ofOrigin[i] * ofAge[i] * findings[i];
        // Young patients with lung cancer survive twice as often as others.
        if (!isBreast && patient.AgeBand <= 1)
            odds -= 1.6;
        return PortableMath.Logistic(odds);
    }
}
