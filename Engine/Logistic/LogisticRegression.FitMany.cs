using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Logistic;

/// <content>Many fits of the same rows.</content>
public static partial class LogisticRegression
{
    /// <summary>Fits several models of the same rows; those that weigh only few rows otherwise than the first share its passes over the rows.</summary>
    /// <param name="samples">n x p, finite; without a column of ones.</param>
    /// <param name="labels">n labels; both classes must have weight in every model.</param>
    /// <param name="options">What to fit, one entry a model. The models of double prioritized sampling, for example, differ in their <see cref="LogisticOptions.Plan"/>.</param>
    /// <returns>One fit for each entry, in order: the optimum that <see cref="Fit"/> finds, to the tolerance, though not the same bits.</returns>
    /// <remarks>
    /// <para><b>Shared</b>: from half a million rows on, models without offsets and synthetic rows, whose plan keeps all but at most one row in sixteen once and whose other options,
    /// ridge penalty, tolerance and start apart, are the first one's. Fifteen cost together about what three fits cost. Other models start from the fit before them.</para>
    /// <para><b>Standard errors</b> of a model that shared passes are computed when they are first asked for.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">As in <see cref="Fit"/>, for any of the models, before anything is fitted unless a value is not finite; or there is no model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The fits were stopped.</exception>
    public static IReadOnlyList<LogisticFit> FitMany(SampleMatrix samples, Labels labels, IReadOnlyList<LogisticOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Count == 0)
            Throw.Argument_Invalid(nameof(options), "there is no model to fit.");
        for (var i = 0; i < options.Count; i++)
        {
            if (options[i] is null)
                Throw.Argument_Invalid(nameof(options), $"model {i:N0} of {options.Count:N0} is null; give every model its options, new() for the defaults.");
            LogisticChecks.Check(samples, labels, options[i]);
        }

        var fits = new LogisticFit?[options.Count];
        var rows = RowsOf(samples, labels, options[0]);
        using var first = Search(rows, samples, options[0]);
        fits[0] = first.ToFit();
        // Passes are shared over the columns as they are.
        if (fits[0]!.Status == FitStatus.Converged && first.Place.Likelihood.Basis is null && SharedPasses.Find(samples, labels, rows, options) is { } shared)
            shared.Run(first.Place.Sums, fits);
        for (var i = 1; i < fits.Length; i++)
            fits[i] ??= Fit(samples, labels, StartingFrom(fits[i - 1]!, options[i]));
        // All ranks are here now; whoever asks for standard errors later may be one of them alone.
        for (var i = 0; i < fits.Length && samples.IsSpread; i++)
            _ = fits[i]!.StandardErrorOf(0);
        return fits!;
    }

    private static LogisticOptions StartingFrom(LogisticFit fit, LogisticOptions options) =>
        options.StartCoefficients.IsEmpty && fit.Status == FitStatus.Converged && fit.HasIntercept == options.HasIntercept
            ? options with { StartCoefficients = fit.Coefficients.ToArray() }
            : options;
}
