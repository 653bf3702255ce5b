using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>An approximate information matrix, corrected by what the gradients of the steps taken have shown of the true one (BFGS).</summary>
/// <remarks><b>Source</b>: the two-loop recursion of L-BFGS, Nocedal and Wright 2006, algorithm 7.4, with the factorized matrix as its first guess.</remarks>
internal sealed class BfgsInformation(Cholesky information)
{
    private readonly List<(double[] Step, double[] Fall, double Product)> _pairs = [];

    /// <summary>Takes note of a step and of how much the gradient fell along it.</summary>
    public void Add(double[] step, double[] fall)
    {
        var product = DoubleVector.Dot(step, fall);
        // Rounding can leave no fall to learn from.
        if (product > 0)
            _pairs.Add((step, fall, product));
    }

    /// <summary>Returns the step that a gradient asks for.</summary>
    public double[] Solve(double[] gradient)
    {
        var rest = (double[])gradient.Clone();
        var shares = new double[_pairs.Count];
        for (var i = _pairs.Count - 1; i >= 0; i--)
        {
            shares[i] = DoubleVector.Dot(_pairs[i].Step, rest) / _pairs[i].Product;
            DoubleVector.AddScaled(rest, -shares[i], _pairs[i].Fall);
        }

        var step = information.Solve(rest);
        for (var i = 0; i < _pairs.Count; i++)
            DoubleVector.AddScaled(step, shares[i] - (DoubleVector.Dot(_pairs[i].Fall, step) / _pairs[i].Product), _pairs[i].Step);
        return step;
    }
}
