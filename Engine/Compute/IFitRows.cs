namespace Engine.Compute;

/// <summary>Rows of a logistic regression prepared for its passes: once, wherever the backend wants them, however many passes there are.</summary>
public interface IFitRows : IDisposable
{
    /// <summary>Adds the sums over all rows at given coefficients: one pass.</summary>
    /// <param name="coefficients">One a column of <paramref name="sums"/>.</param>
    /// <param name="sums">Receives the sums; has p columns, or p + 1 for an intercept, and a Hessian or none.</param>
    /// <exception cref="OperationCanceledException">The pass was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The rows were disposed before.</exception>
    void Accumulate(ReadOnlySpan<double> coefficients, NormalEquations sums);

    /// <summary>Adds the gradients and log-likelihoods of many models: in one pass where the backend has one, else in one each.</summary>
    /// <param name="coefficients">Those of each model, as in <see cref="Accumulate"/>.</param>
    /// <param name="sums">Receives the sums of each, none with a Hessian; the largest linear predictors may be left as they are.</param>
    /// <exception cref="OperationCanceledException">The passes were stopped.</exception>
    /// <exception cref="ObjectDisposedException">The rows were disposed before.</exception>
    void AccumulateGradients(IReadOnlyList<double[]> coefficients, IReadOnlyList<NormalEquations> sums)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        ArgumentNullException.ThrowIfNull(sums);
        for (var model = 0; model < coefficients.Count; model++)
            Accumulate(coefficients[model], sums[model]);
    }
}
