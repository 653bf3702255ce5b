namespace Bench.Cohorts.Simulated;

/// <summary>The places of the draws that are made once a stay. A new one goes to the end, or every simulated cohort changes.</summary>
internal enum StayDraw
{
    Sex,
    Ethnicity,
    AgeBand,
    Age,
    Outcome,
    PlaceOfDeath,
    Length,
    ChartingSystem,
    Minute,
    Severity,
    RespiratorySeverity,
    NeurologicalSeverity,
    HemodynamicSeverity,
    Ventilation,
    DeteriorationOnset,
    DeteriorationDepth,
    RespiratoryShare,
    NeurologicalShare,
    HemodynamicShare,
    Pressure,
    CapillaryRefillCharted,
    FirstHourOfSeverity,
    FirstHourOfRespiratory,
    FirstHourOfNeurological,
    FirstHourOfHemodynamic,

    /// <summary>The first of seventeen, one a channel.</summary>
    FirstChannelOffset = 64,
}
