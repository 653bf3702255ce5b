using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>Steps towards an optimum from gradients alone, as long as each leaves a small share of the distance that the last one left.</summary>
/// <param name="information">Makes a step of a gradient.</param>
internal sealed class QuasiNewtonSteps(BfgsInformation information)
{
    /// <summary>A step that leaves more than this share of the distance is no better than what Newton's method does at the price of a pass with a Hessian.</summary>
    private const double WorstRate = 0.25;

    private BfgsInformation _information = information;
    private double[]? _gradient;

    /// <summary>Gets the last step.</summary>
    public double[] Step { get; private set; } = [];

    /// <summary>Gets the distance to the optimum before the last step, in standard errors.</summary>
    public double Distance { get; private set; } = double.PositiveInfinity;

    /// <summary>Gets the distance that the last step leaves, if its share is that of the step before; infinite after the first.</summary>
    public double DistanceLeft { get; private set; } = double.PositiveInfinity;

    /// <summary>Gets the share of the distance that the step before the last one left; 0 after the first.</summary>
    public double ShareLeft { get; private set; }

    /// <summary>Goes on with another information matrix.</summary>
    public void Renew(BfgsInformation information) => _information = information;

    /// <summary>Makes the next step.</summary>
    /// <param name="gradient">The gradient after the last step.</param>
    /// <param name="enough">A distance at which a step may shrink as little as it likes.</param>
    /// <returns>False when the last step did not shrink the distance enough.</returns>
    public bool TryNext(double[] gradient, double enough = 0)
    {
        if (_gradient is not null)
            _information.Add(Step, DoubleVector.Difference(_gradient, gradient));
        var step = _information.Solve(gradient);
        var distance = Math.Sqrt(DoubleVector.Dot(step, gradient));
        if (_gradient is not null && !(distance <= Math.Max(WorstRate * Distance, enough)))
            return false;
        ShareLeft = _gradient is null ? 0 : distance / Distance;
        DistanceLeft = _gradient is null ? double.PositiveInfinity : ShareLeft * distance;
        (_gradient, Step, Distance) = (gradient, step, distance);
        return true;
    }
}
