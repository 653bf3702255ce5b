namespace Bench.Comparisons.Measurement;

/// <summary>What the arithmetic units of the machine do in float32 when nothing else holds them up: the roof of any search that measures every pair in it.</summary>
/// <param name="MultiplyAdds">Fused multiply-adds a second on all threads asked for; one an element and pair is what an L2 search by products needs.</param>
/// <param name="AbsoluteDifferences">Differences taken, made positive and added up a second, likewise; what a search in L1 needs.</param>
internal sealed record MachineRoofs(double MultiplyAdds, double AbsoluteDifferences)
{
    /// <summary>Measures both.</summary>
    /// <param name="threads">How many threads, as many as the search had.</param>
    public static MachineRoofs Measure(int threads) => new(ArithmeticPeak.MultiplyAdds<float>(threads), ArithmeticPeak.AbsoluteDifferences<float>(threads));
}
