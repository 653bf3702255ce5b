namespace Engine.Compute;

/// <summary>How much work a search was spared. It says nothing of the result, which is exact.</summary>
/// <param name="PairCount">Pairs of a query and a row that may be found.</param>
/// <param name="ComparedPairs">Pairs whose codes were compared; the others were discarded by bounds on whole leaves of rows.</param>
/// <param name="RankedPairs">Pairs whose canonical distance was computed, because no bound discarded them.</param>
public readonly record struct SearchStatistics(long PairCount, long ComparedPairs, long RankedPairs)
{
    /// <summary>Gets the share of pairs that a bound discarded, 0 to 1; 0 when there were none.</summary>
    public double DiscardedShare => PairCount == 0 ? 0 : 1 - ((double)RankedPairs / PairCount);

    /// <summary>Adds the work of another search.</summary>
    internal SearchStatistics Plus(SearchStatistics other) => new(PairCount + other.PairCount, ComparedPairs + other.ComparedPairs, RankedPairs + other.RankedPairs);
}
