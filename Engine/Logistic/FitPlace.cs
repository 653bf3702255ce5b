using Engine.Compute;
using Engine.Compute.Irls;

namespace Engine.Logistic;

/// <summary>A point of a fit: coefficients, the function they belong to, and its sums there.</summary>
/// <param name="Likelihood">The function.</param>
/// <param name="Coefficients">In its basis.</param>
/// <param name="Sums">With a Hessian.</param>
internal sealed record FitPlace(PenalizedLikelihood Likelihood, double[] Coefficients, NormalEquations Sums)
{
    /// <summary>Gets what is maximized.</summary>
    public double Objective => Likelihood.Objective(Sums, Coefficients);

    /// <summary>Returns the place where coefficients of the columns of the rows lead.</summary>
    public static FitPlace At(PenalizedLikelihood likelihood, double[] design)
    {
        var coefficients = likelihood.FromDesign(design);
        return new FitPlace(likelihood, coefficients, likelihood.Sum(coefficients));
    }

    /// <summary>Returns the same place in other columns, some of whose coefficients stay 0.</summary>
    /// <param name="basis">The columns.</param>
    /// <param name="leftOut">The coefficients that stay 0.</param>
    /// <param name="known">An earlier place on the way, whose sums are taken where they are the same; its function is kept, the functions between are disposed.</param>
    public FitPlace In(ColumnBasis? basis, IReadOnlyList<int> leftOut, FitPlace known)
    {
        var likelihood = Likelihood.In(basis, [.. leftOut]);
        try
        {
            var isKnown = basis is null && known.Likelihood.Basis is null && leftOut.All(column => known.Coefficients[column] == 0);
            var place = isKnown ? known with { Likelihood = likelihood } : At(likelihood, DesignWithout(leftOut));
            if (!ReferenceEquals(this, known))
                Likelihood.Dispose();
            return place;
        }
        catch
        {
            likelihood.Dispose();
            throw;
        }
    }

    private double[] DesignWithout(IReadOnlyList<int> columns)
    {
        var design = Likelihood.ToDesign(Coefficients);
        foreach (var column in columns)
            design[column] = 0;
        return design;
    }
}
