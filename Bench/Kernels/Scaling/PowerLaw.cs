namespace Bench.Kernels.Scaling;

/// <summary>y = c x^a, by least squares of the logarithms.</summary>
/// <param name="Exponent">a.</param>
/// <param name="StandardError">Its standard error; null of two points, which leave nothing to judge it by.</param>
/// <param name="Factor">c.</param>
internal sealed record PowerLaw(double Exponent, double? StandardError, double Factor)
{
    /// <summary>What an exponent may be above: caches and clocks of a machine do as much.</summary>
    private const double Margin = 0.1;

    private int Count { get; init; }

    private double MeanLog { get; init; }

    private double SumOfSquares { get; init; }

    /// <summary>Fits points.</summary>
    /// <param name="points">Numbers above 0.</param>
    /// <returns>Null of fewer than two different x.</returns>
    public static PowerLaw? Fit(IEnumerable<(double X, double Y)> points)
    {
        var logs = points.Select(static point => (X: Math.Log(point.X), Y: Math.Log(point.Y))).ToArray();
        if (logs.Length < 2)
            return null;
        double meanX = logs.Average(static log => log.X), meanY = logs.Average(static log => log.Y);
        var squares = logs.Sum(log => (log.X - meanX) * (log.X - meanX));
        if (squares == 0)
            return null;
        var exponent = logs.Sum(log => (log.X - meanX) * (log.Y - meanY)) / squares;
        var residuals = logs.Sum(log => Math.Pow(log.Y - meanY - (exponent * (log.X - meanX)), 2));
        double? error = logs.Length == 2 ? null : Math.Sqrt(residuals / (logs.Length - 2) / squares);
        return new PowerLaw(exponent, error, Math.Exp(meanY - (exponent * meanX))) { Count = logs.Length, MeanLog = meanX, SumOfSquares = squares };
    }

    /// <summary>Returns y at an x, with what two standard errors of the line make of it either way; null where these are not known.</summary>
    public Estimate At(double x)
    {
        var y = Factor * Math.Pow(x, Exponent);
        if (StandardError is not { } error)
            return new Estimate(y, null, null);
        var distance = Math.Log(x) - MeanLog;
        var factor = Math.Exp(2 * error * Math.Sqrt((SumOfSquares / Count) + (distance * distance)));
        return new Estimate(y, y / factor, y * factor);
    }

    /// <summary>Whether two standard errors below the exponent is still more than what was expected, and a little; of two points this is never known.</summary>
    public bool GrowsFasterThan(double expected) => Exponent - (2 * StandardError) > expected + Margin;
}

/// <summary>A number that was not measured.</summary>
/// <param name="Value">The number.</param>
/// <param name="Low">Two standard errors below it; null where they are not known.</param>
/// <param name="High">Two standard errors above it.</param>
internal sealed record Estimate(double Value, double? Low, double? High);
