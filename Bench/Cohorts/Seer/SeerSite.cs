namespace Bench.Cohorts.Seer;

/// <summary>The cancer of a cohort, which says what class 1 is.</summary>
public enum SeerSite
{
    /// <summary>Breast cancer, BREAST.TXT; class 1 is death of it within five years.</summary>
    Breast,

    /// <summary>Lung cancer, RESPIR.TXT; class 1 is survival of five years.</summary>
    Lung,
}
