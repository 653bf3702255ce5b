namespace Bench.Cohorts.Framingham;

/// <summary>Which outcome of the Framingham teaching data is class 1.</summary>
public enum FraminghamLabel
{
    /// <summary>The published TenYearCHD: time to CHD <i>or end of follow-up</i> is at most 3,650 days. 265 of its 644 positives never had CHD.</summary>
    TenYearChd,

    /// <summary>CHD that did happen, within 3,652 days (ten years with their leap days). Needs the longitudinal file.</summary>
    CorrectedTenYearChd,

    /// <summary>Cardiovascular disease that did happen, within 3,652 days. Needs the longitudinal file.</summary>
    TenYearCvd,
}
