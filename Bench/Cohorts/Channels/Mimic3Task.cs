namespace Bench.Cohorts.Channels;

/// <summary>What is predicted from a stay in intensive care.</summary>
public enum Mimic3Task
{
    /// <summary>Death in the hospital, from the first 48 hours: one sample a stay.</summary>
    InHospitalMortality,

    /// <summary>Death within the next 24 hours, asked anew every hour: one sample a prefix.</summary>
    Decompensation,
}
