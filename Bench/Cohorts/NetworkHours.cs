using Engine.Data;

namespace Bench.Cohorts;

/// <summary>The hours of stays as a network reads them, before they are scaled.</summary>
/// <param name="Episodes">The stays; NaN where a value is missing.</param>
/// <param name="ContinuousColumns">The columns that are standardized on the training stays; the others hold 0 and 1.</param>
public sealed record NetworkHours(EpisodeStore Episodes, IReadOnlyList<int> ContinuousColumns);
