using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Logistic;

/// <content>Fits by Firth's penalized likelihood.</content>
public static partial class LogisticRegression
{
    /// <summary>Fits the probability of class 1 by Firth's penalized likelihood (Jeffreys' prior): estimates of less bias in few rows, and finite ones where columns separate the classes.</summary>
    /// <param name="samples">n x p, finite; without a column of ones.</param>
    /// <param name="labels">n labels; both classes must have weight.</param>
    /// <param name="options">What to fit; without a <see cref="LogisticOptions.RidgePenalty"/>.</param>
    /// <returns>The fit; read its <see cref="LogisticFit.Status"/> first, which is never Separated.</returns>
    /// <remarks>
    /// <para><b>Computes</b> the maximum of log-likelihood + log |I| / 2, I the information of the weighted rows: the root of sum (w (y - m) + h (1/2 - m)) (1, x), with m the probability of a row and
    /// h = w m (1 - m) (1, x)' inverse(I) (1, x) its leverage; by steps inverse(I) x score, halved until the objective rises. The penalty is on the intercept, too, so that probabilities lean towards 1/2 a little.</para>
    /// <para><b>Standard errors</b>, z, p and intervals of the fit are Wald's, from the inverse of I at the estimate. Where classes are separated they are poor, and <see cref="LogisticFit.FirthProfileOf"/> has better ones.
    /// <see cref="LogisticFit.LogLikelihood"/> and the deviances are without the penalty.</para>
    /// <para><b>Error</b>: steps shrink by about a constant share, so the last, of <see cref="LogisticOptions.Tolerance"/> standard errors, is about as long as what is left.</para>
    /// <para><b>Determinism</b>: rows are summed in fixed blocks, blocks in order; the same bits for any number of threads and SIMD level.</para>
    /// <para><b>Cost</b>: two passes over the rows a step, n p² multiply-adds each, and one for each halving; made for tables in which events are few.</para>
    /// <para><b>Source</b>: Firth, Biometrika 80 (1993); Heinze, Schemper, Statistics in Medicine 21 (2002).</para>
    /// </remarks>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite, a weight is negative, one class has no weight, or there is a ridge penalty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The fit was stopped.</exception>
    public static LogisticFit FitFirth(SampleMatrix samples, Labels labels, LogisticOptions? options = null)
    {
        options ??= new LogisticOptions();
        LogisticChecks.Check(samples, labels, options);
        if (options.RidgePenalty > 0)
            Throw.ArgumentOutOfRange(nameof(options.RidgePenalty), options.RidgePenalty, "0 here: Firth's penalty takes its place; Fit takes a ridge penalty");
        using var search = new FirthSearch(RowsOf(samples, labels, options), options);
        if (!search.IsFinite)
            samples.EnsureFinite(nameof(samples));
        search.Run();
        return search.ToFit();
    }
}
