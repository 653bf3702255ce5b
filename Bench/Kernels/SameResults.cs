namespace Bench.Kernels;

/// <summary>Whether forms of a kernel do the same.</summary>
internal static class SameResults
{
    /// <summary>Throws unless all results are the same numbers.</summary>
    /// <param name="suite">The kernel.</param>
    /// <param name="tolerance">How far two numbers may lie apart, relative to the first where that is above 1.</param>
    /// <param name="results">The results; the others are held against the first.</param>
    /// <exception cref="InvalidOperationException">Two differ.</exception>
    public static void Require(string suite, double tolerance, IEnumerable<(string Form, double[] Result)> results)
    {
        var forms = results.ToArray();
        var (first, expected) = forms[0];
        foreach (var (form, actual) in forms.Skip(1))
        {
            if (actual.Length != expected.Length)
                throw new InvalidOperationException($"{suite}: {form} gives {actual.Length:N0} numbers where {first} gives {expected.Length:N0}; nothing is timed that is not equal.");
            for (var i = 0; i < expected.Length; i++)
            {
                // Written so that NaN is a difference.
                if (!(Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]))))
                    throw new InvalidOperationException($"{suite}: number {i:N0} is {actual[i]} by {form} and {expected[i]} by {first}; nothing is timed that is not equal.");
            }
        }
    }
}
