namespace Engine.Numerics;

/// <summary>A sum in the order of numpy's, for results that must be rounded as numpy rounds them.</summary>
/// <remarks><b>Source</b>: numpy's pairwise summation of contiguous doubles: eight running sums for up to 128 terms, halves beyond.</remarks>
internal static class PairwiseSum
{
    private const int LargestBlock = 128;
    private const int RunningSums = 8;

    /// <summary>Adds all terms.</summary>
    public static double Of(ReadOnlySpan<double> terms)
    {
        if (terms.Length > LargestBlock)
        {
            var half = terms.Length / 2 / RunningSums * RunningSums;
            return Of(terms[..half]) + Of(terms[half..]);
        }

        var sum = 0.0;
        var whole = terms.Length / RunningSums * RunningSums;
        if (whole > 0)
        {
            Span<double> sums = stackalloc double[RunningSums];
            sums.Clear();
            for (var i = 0; i < whole; i++)
                sums[i % RunningSums] += terms[i];
            sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
        }

        foreach (var term in terms[whole..])
            sum += term;
        return sum;
    }

    /// <summary>Adds a term so many times, with the rounding of as many equal terms.</summary>
    /// <returns>The bits of <see cref="Of"/> over <paramref name="count"/> copies, without the copies.</returns>
    public static double OfCopies(double term, int count)
    {
        if (count > LargestBlock)
        {
            var half = count / 2 / RunningSums * RunningSums;
            var first = OfCopies(term, half);
            return first + (count == 2 * half ? first : OfCopies(term, count - half));
        }

        var running = 0.0;
        for (var i = 0; i < count / RunningSums; i++)
            running += term;
        // Of equal running sums, the tree doubles three times, which is exact.
        var sum = RunningSums * running;
        for (var i = 0; i < count % RunningSums; i++)
            sum += term;
        return sum;
    }
}
