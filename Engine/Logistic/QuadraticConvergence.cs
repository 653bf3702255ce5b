namespace Engine.Logistic;

/// <summary>How far steps towards the optimum square the distance to it, and whether one more of Newton's is the last that is needed.</summary>
/// <remarks>
/// Near the optimum a Newton step from distance e, in standard errors, ends within C e^2 of it, and moves the information matrix by about 2 C e of itself.
/// Every step seen gives a value of C that is right for a Newton step and too high for a cruder one, so the smallest is taken - but a step from far off can
/// come closer than its distance promised. No C is below 1 / (2 root of the sum of all curvatures): then e times twice that is by how much, in root mean square, the log odds still move.
/// </remarks>
/// <param name="largestMove">To this share of itself the information matrix, and with it every standard error, must stay where it is.</param>
internal sealed class QuadraticConvergence(double largestMove = 1e-8)
{
    private const double Caution = 10;

    private double _constant = double.PositiveInfinity;
    private double _lastDistance;

    /// <summary>Takes note of the distance to the optimum after each full step.</summary>
    public void Note(double distance)
    {
        if (_lastDistance > 0)
            _constant = Math.Min(_constant, distance / (_lastDistance * _lastDistance));
        _lastDistance = distance;
    }

    /// <summary>Forgets what was seen, because the next distance does not follow from a full step.</summary>
    public void Break() => _lastDistance = 0;

    /// <summary>Returns whether a Newton step from a distance ends within a tolerance of the optimum.</summary>
    /// <param name="distance">In standard errors.</param>
    /// <param name="tolerance">In standard errors.</param>
    /// <param name="totalCurvature">The sum of the curvatures of all rows.</param>
    public bool IsEnough(double distance, double tolerance, double totalCurvature)
    {
        var constant = Math.Max(_constant, 0.5 / Math.Sqrt(totalCurvature));
        return distance <= tolerance || (Caution * constant * distance * distance <= tolerance && 2 * constant * distance <= largestMove);
    }
}
