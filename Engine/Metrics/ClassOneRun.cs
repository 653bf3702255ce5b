namespace Engine.Metrics;

/// <summary>The rows of one score, of which at least one is of class 1, and the rows below.</summary>
/// <param name="Positives">Rows of class 1 with the score.</param>
/// <param name="Negatives">Rows of class 0 with the score.</param>
/// <param name="PositivesBelow">Rows of class 1 with a lower score.</param>
/// <param name="NegativesBelow">Rows of class 0 with a lower score.</param>
internal readonly record struct ClassOneRun(int Positives, int Negatives, int PositivesBelow, int NegativesBelow);
