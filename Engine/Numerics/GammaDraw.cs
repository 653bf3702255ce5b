namespace Engine.Numerics;

/// <summary>Draws of the gamma distribution.</summary>
internal static class GammaDraw
{
    // Attempts fail less than once in twenty times; 63 failures in a row, which would reach the next draw's words, have a probability below 1e-81.
    private const ulong WordsPerDraw = 128;

    /// <summary>Returns a draw with a given shape and scale 1.</summary>
    /// <param name="stream">The stream; a draw reads words 128 x index to 128 x index + 127 of it.</param>
    /// <param name="index">Which draw, 0 to 2^57 - 1.</param>
    /// <param name="shape">Above 0, finite.</param>
    /// <returns>0 or more; mean and variance are <paramref name="shape"/>.</returns>
    /// <remarks>
    /// <para><b>Determinism</b>: a function of (seed, stream, index, shape) with the same bits on every machine; attempts are numbered, so no draw depends on another.</para>
    /// <para><b>Source</b>: Marsaglia, Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000); shapes below 1 by its section 6.</para>
    /// </remarks>
    public static double Standard(RandomStream stream, ulong index, double shape)
    {
        var word = index * WordsPerDraw;
        if (shape >= 1)
            return OfLargeShape(stream, word, shape);
        var uniform = 1 - stream.UniformDouble(word + WordsPerDraw - 1);
        return OfLargeShape(stream, word, shape + 1) * PortableMath.Exp(PortableMath.Log(uniform) / shape);
    }

    /// <summary>Accepts the cube of a shifted normal draw, or tries the next two words.</summary>
    private static double OfLargeShape(RandomStream stream, ulong word, double shape)
    {
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        for (; ; word += 2)
        {
            var z = stream.Normal(word);
            var root = 1 + (c * z);
            if (root <= 0)
                continue;
            var v = root * root * root;
            var uniform = 1 - stream.UniformDouble(word + 1);
            if (PortableMath.Log(uniform) < (z * z / 2) + d - (d * v) + (d * PortableMath.Log(v)))
                return d * v;
        }
    }
}
