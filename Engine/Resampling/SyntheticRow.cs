namespace Engine.Resampling;

/// <summary>A row to be made: <c>row + factor x (neighbor - row)</c>.</summary>
/// <param name="Row">The base row.</param>
/// <param name="Neighbor">The row that it moves towards.</param>
/// <param name="Factor">How far it moves, usually in [0, 1).</param>
public readonly record struct SyntheticRow(long Row, long Neighbor, float Factor);
