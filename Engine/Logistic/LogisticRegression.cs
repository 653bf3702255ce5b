using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Logistic;

/// <summary>Logistic regression by iteratively reweighted least squares, in double precision over float32 features.</summary>
/// <remarks>
/// <para><b>Computes</b>: the maximum of sum w (y eta - log(1 + exp(eta))) - r/2 ||b||^2 over eta = offset + b0 + x'b, by Newton steps with halving.</para>
/// <para><b>Error</b>: the last step is taken within <see cref="LogisticOptions.Tolerance"/> standard errors of the optimum, where Newton's method squares the distance.</para>
/// <para><b>Determinism</b>: rows are summed in fixed blocks, blocks in order; the same bits for any number of threads and SIMD level.</para>
/// <para><b>Cost</b>: one pass over the rows a step, n p^2 / 2 multiply-adds; no copy of the rows.</para>
/// <para><b>Source</b>: McCullagh and Nelder 1989, chapter 4.</para>
/// </remarks>
public static partial class LogisticRegression
{
    /// <summary>Fits the probability of class 1.</summary>
    /// <param name="samples">n x p, finite; without a column of ones. At most 46,336 coefficients, the intercept among them.</param>
    /// <param name="labels">n labels; both classes must have weight.</param>
    /// <param name="options">What to fit.</param>
    /// <returns>The fit; read its <see cref="LogisticFit.Status"/> first.</returns>
    /// <exception cref="ArgumentException">Lengths differ, columns are too many, a value is not finite, a weight is negative, or one class has no weight.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="InsufficientMemoryException">What a fit keeps of every row does not fit the memory limit.</exception>
    /// <exception cref="OperationCanceledException">The fit was stopped.</exception>
    public static LogisticFit Fit(SampleMatrix samples, Labels labels, LogisticOptions? options = null)
    {
        options ??= new LogisticOptions();
        LogisticChecks.Check(samples, labels, options);
        using var search = Search(RowsOf(samples, labels, options), samples, options);
        return search.ToFit();
    }

    /// <summary>Returns the rows of a fit, both classes among them.</summary>
    internal static WeightedRows RowsOf(SampleMatrix samples, Labels labels, LogisticOptions options)
    {
        var rows = new WeightedRows(samples, labels, options);
        if (rows.PositiveWeight == 0 || rows.NegativeWeight == 0)
        {
            var (missing, present) = rows.PositiveWeight == 0 ? (1, 0) : (0, 1);
            Throw.Argument_Invalid(nameof(labels), $"class {missing} has no rows of positive weight, all are of class {present}; a fit needs both classes.");
        }

        return rows;
    }

    private static NewtonSearch Search(WeightedRows rows, SampleMatrix samples, LogisticOptions options)
    {
        var newton = new NewtonSearch(rows, options);
        try
        {
            // Cheaper than to look at every value first: one that is not finite spoils a sum.
            if (!double.IsFinite(newton.Place.Sums.LogLikelihood) || newton.Place.Sums.Gradient.Any(static value => !double.IsFinite(value)))
                samples.EnsureFinite(nameof(samples));
            newton.Run();
            return newton;
        }
        catch
        {
            newton.Dispose();
            throw;
        }
    }
}
