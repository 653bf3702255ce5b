namespace Engine.Tests.Support;

/// <summary>Slow, obvious 28-digit functions that tests take for the truth.</summary>
internal static class DecimalMath
{
    public static decimal Exp(decimal x)
    {
        const int Halvings = 6;
        var reduced = x / (1 << Halvings);
        decimal term = 1, sum = 1;
        for (var n = 1; n < 40; n++)
        {
            term *= reduced / n;
            sum += term;
        }

        for (var i = 0; i < Halvings; i++)
            sum *= sum;
        return sum;
    }

    /// <summary>Computes 2 artanh((x - 1) / (x + 1)) after square roots have brought x near 1.</summary>
    public static decimal Log1p(decimal x)
    {
        // Small arguments stay as they are: 1 + x would lose digits of x.
        if (x is > -0.3m and < 0.4m)
            return TwiceArtanh(x / (2 + x));
        return 2 * Log1p(SquareRoot(1 + x) - 1);
    }

    public static decimal Log(decimal x) => Log1p(x - 1);

    /// <summary>Returns the distance between a double and the truth in units of the last place of the truth.</summary>
    public static double Ulps(double actual, decimal truth)
    {
        var unit = Math.BitIncrement(Math.Abs((double)truth)) - Math.Abs((double)truth);
        // Both doubles near the truth are exact in binary; their small difference is taken first, in double, and the truth's own rounding added in decimal.
        var rounded = (double)truth;
        var remainder = (double)(truth - Exact(rounded));
        return Math.Abs((actual - rounded - remainder) / unit);
    }

    private static decimal Exact(double value)
    {
        // A cast of double to decimal would round to 15 digits.
        var exponent = 52 - Math.ILogB(value);
        return exponent <= 0
            ? (decimal)(long)value
            : (long)Math.ScaleB(value, exponent) / (decimal)Math.ScaleB(1, exponent / 2) / (decimal)Math.ScaleB(1, exponent - (exponent / 2));
    }

    private static decimal TwiceArtanh(decimal s)
    {
        decimal power = s, sum = 0;
        for (var n = 1; n < 90; n += 2)
        {
            sum += power / n;
            power *= s * s;
        }

        return 2 * sum;
    }

    private static decimal SquareRoot(decimal x)
    {
        var root = (decimal)Math.Sqrt((double)x);
        for (var i = 0; i < 4; i++)
            root = (root + (x / root)) / 2;
        return root;
    }
}
