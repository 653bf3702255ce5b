namespace Engine.Prognosis;

/// <summary>The result of a search over numbers of units.</summary>
/// <param name="Scores">One score for each number of units, in the order they were tried.</param>
/// <param name="ChosenUnits">The number of units of the chosen model.</param>
/// <param name="Chosen">The chosen model, as fitted in the search.</param>
public sealed record UnitSearch(IReadOnlyList<UnitScore> Scores, int ChosenUnits, IPrognosis Chosen);
