namespace Bench.Comparisons.Measurement;

/// <summary>The repetition that counts.</summary>
internal static class RepetitionMedian
{
    /// <summary>Returns the one in the middle; of two in the middle the slower one, for the engine and its rivals alike.</summary>
    /// <param name="repetitions">One or more.</param>
    /// <param name="secondsOf">What a repetition took.</param>
    public static T Of<T>(IReadOnlyList<T> repetitions, Func<T, double> secondsOf) => repetitions.OrderBy(secondsOf).ElementAt(repetitions.Count / 2);
}
