namespace Engine.Prognosis;

/// <summary>The result of a search over numbers of units.</summary>
/// <param name="Scores">One score for each number of units, in the order they were tried.</param>
/// <param name="ChosenUnits">The number of units of the chosen model.</param>
/// <param name="Chosen">The chosen model, as fitted in the search.</param>
public sealed record UnitSearch(IReadOnlyList<UnitScore> Scores, int ChosenUnits, IFittedModel Chosen)
{
    // 18 of at most 20 says as little of 22 as 20 does.
    private const int FewestToPassOverOne = 4;

    /// <summary>Gets whether the chosen number is the largest of several that were tried, or the second of four or more: a larger one might serve the group better.</summary>
    public bool IsEndOfGrid => Scores.Count > 1
        && Scores.Count(score => score.Units > ChosenUnits) <= (Scores.Count < FewestToPassOverOne ? 0 : 1);
}
