namespace Bench.Cohorts.Simulated;

/// <summary>The three systems whose failure the channels show.</summary>
internal enum OrganSystem
{
    Respiratory,
    Neurological,
    Hemodynamic,
}
