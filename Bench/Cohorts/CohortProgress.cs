namespace Bench.Cohorts;

/// <summary>How far a long step has come.</summary>
/// <param name="Step">What is being done, such as "reading stays".</param>
/// <param name="Done">Units done so far.</param>
/// <param name="Total">All units; 0 when unknown.</param>
/// <param name="Unit">What is counted, such as "stays" or "rows".</param>
public readonly record struct CohortProgress(string Step, long Done, long Total, string Unit);
