using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <summary>Normal equations by their formulas, one row after another, with the sums of absolute terms that bound their rounding.</summary>
internal sealed class ReferenceNormalEquations(int coefficientCount)
{
    private double _largestDot;
    private int _rowCount;

    public double[,] Hessian { get; } = new double[coefficientCount, coefficientCount];

    public double[] Gradient { get; } = new double[coefficientCount];

    public double LogLikelihood { get; private set; }

    public double LargestLinearPredictor { get; private set; }

    /// <summary>Gets sum w |x| |x'|, sum w |x| and sum w (1 + |eta|).</summary>
    public (double[,] Hessian, double[] Gradient, double LogLikelihood) Absolute { get; private set; } =
        (new double[coefficientCount, coefficientCount], new double[coefficientCount], 0);

    /// <summary>Gets the share of the absolute sums by which another order of the same operations can differ.</summary>
    public double RelativeError => Tolerance.NormalEquations(_rowCount, coefficientCount, _largestDot);

    public void Add(SampleMatrix samples, byte[] labels, double[] weights, double[] offsets, double[] coefficients)
    {
        for (var row = 0; row < labels.Length; row++)
        {
            if (weights[row] == 0)
                continue;
            double[] x = [.. samples.Row(row).Select(value => (double)value), .. Enumerable.Repeat(1.0, coefficientCount - samples.FeatureCount)];
            Add(x, labels[row], weights[row], offsets.Length == 0 ? 0 : offsets[row], coefficients);
        }
    }

    private void Add(double[] x, byte label, double weight, double offset, double[] coefficients)
    {
        var (eta, dot) = (offset, Math.Abs(offset));
        for (var i = 0; i < x.Length; i++)
        {
            eta += x[i] * coefficients[i];
            dot += Math.Abs(x[i] * coefficients[i]);
        }

        var probability = 1 / (1 + Math.Exp(-eta));
        for (var i = 0; i < x.Length; i++)
        {
            Gradient[i] += weight * (label - probability) * x[i];
            Absolute.Gradient[i] += weight * Math.Abs(x[i]);
            for (var j = 0; j <= i; j++)
            {
                Hessian[i, j] += weight * probability * (1 - probability) * x[i] * x[j];
                Absolute.Hessian[i, j] += weight * Math.Abs(x[i] * x[j]);
            }
        }

        LogLikelihood += weight * ((label * eta) - Math.Max(eta, 0) - Math.Log(1 + Math.Exp(-Math.Abs(eta))));
        Absolute = Absolute with { LogLikelihood = Absolute.LogLikelihood + (weight * (1 + Math.Abs(eta))) };
        LargestLinearPredictor = Math.Max(LargestLinearPredictor, Math.Abs(eta));
        _largestDot = Math.Max(_largestDot, dot);
        _rowCount++;
    }
}
