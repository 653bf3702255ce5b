using Engine.Data;

namespace Engine.Prognosis;

/// <summary>Rows with their labels and the group of interest among them.</summary>
/// <param name="Samples">n x p rows.</param>
/// <param name="Labels">n labels.</param>
/// <param name="Group">The group, over the same rows.</param>
public sealed record EvaluationRows(SampleMatrix Samples, Labels Labels, RowMask Group);
