using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Logistic;

/// <content>Intervals and tests by the profile of Firth's penalized likelihood.</content>
public sealed partial class LogisticFit
{
    /// <summary>The points of a profile that are looked at for one end; some ten are enough wherever there is one.</summary>
    private const int MostPoints = 60;

    /// <summary>How many times farther than the last point the next may lie.</summary>
    private const double LargestReach = 3;

    /// <summary>Computes the confidence interval and the test of a coefficient by the profile of Firth's penalized likelihood, which is as lopsided as the data make it: where classes are separated, Wald's is not to be trusted.</summary>
    /// <param name="coefficient">An index into <see cref="Coefficients"/>; <see cref="CoefficientOf"/> gives that of a feature.</param>
    /// <param name="samples">n x p rows that <see cref="LogisticRegression.FitFirth"/> fitted.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="confidence">The share of such intervals that hold the true value, between 0 and 1; default .95.</param>
    /// <param name="fitted">The options of the fit; none when null.</param>
    /// <returns>The interval, and the test of a true coefficient of 0.</returns>
    /// <remarks>
    /// <para><b>Computes</b> D(c) = 2 (max l - max l with the coefficient at c), l the log-likelihood + log |I| / 2 with the information of all coefficients; the ends are where D is the quantile of chi-squared with one
    /// degree of freedom, by Newton steps on the root of D between points on either side; the test is D(0) against the same distribution.</para>
    /// <para><b>Error</b>: ends within 1e-7 standard errors of those of the profile. Rows that a plan adds count as rows that were observed: see <see cref="HasAddedRows"/>.</para>
    /// <para><b>Determinism</b>: the same bits for any number of threads and SIMD level.</para>
    /// <para><b>Cost</b>: some ten fits that start close to their end, twenty to sixty passes over the rows in all.</para>
    /// <para><b>Source</b>: Heinze, Schemper, Statistics in Medicine 21 (2002), section 2.4.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">Lengths or features differ, a value is not finite, or the options are not those of the fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such coefficient, or the confidence is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">The coefficient was left out, or the fit is not Firth's of these rows.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public ProfileEstimate FirthProfileOf(int coefficient, SampleMatrix samples, Labels labels, double confidence = 0.95, LogisticOptions? fitted = null)
    {
        fitted ??= new LogisticOptions { HasIntercept = HasIntercept };
        LogisticChecks.Check(samples, labels, fitted);
        if (!(confidence > 0 && confidence < 1))
            Throw.ArgumentOutOfRange(nameof(confidence), confidence, "between 0 and 1");
        if (HasIntercept != fitted.HasIntercept || HasOffsets == fitted.Offsets.IsEmpty || samples.FeatureCount != FeatureCoefficients.Length)
            Throw.Argument_Invalid(nameof(fitted), $"the fit has {(HasIntercept ? "an" : "no")} intercept, {(HasOffsets ? "" : "no ")}offsets and {FeatureCoefficients.Length:N0} features; give the rows and options that FitFirth was given.");
        // Tells of an index that is none.
        if (StandardErrorOf(coefficient) == 0)
            Throw.InvalidOperation($"coefficient {coefficient} was left out of the fit as a combination of others, and has no profile. Leave its column out of the table.");
        using var hold = samples.Hold();
        var options = fitted with { StartCoefficients = _coefficients };
        using var search = new FirthSearch(LogisticRegression.RowsOf(samples, labels, options), options);
        if (!search.IsFinite)
            samples.EnsureFinite(nameof(samples));
        search.Run();
        var profile = search.ProfileOf(coefficient);
        if (search.Status == FitStatus.IterationLimit || !(Math.Abs(profile.Estimate - _coefficients[coefficient]) <= 1e-3 * profile.StandardError))
            Throw.InvalidOperation($"the fit is not the optimum of Firth's likelihood on these rows, where coefficient {coefficient} is {profile.Estimate:G6} and not {_coefficients[coefficient]:G6}; give the rows, labels and options that FitFirth was given.");
        var reach = NormalInterval.Around(0, 1, confidence).Upper;
        var (lower, upper) = (EndOf(profile, -1, reach, fitted.Tolerance), EndOf(profile, 1, reach, fitted.Tolerance));
        profile.Return();
        return new ProfileEstimate(_coefficients[coefficient], lower, upper, profile.At(0).Drop);
    }

    /// <summary>Finds where the root of the drop, which is about the distance in standard errors, reaches a quantile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="side">-1 for the lower end, 1 for the upper.</param>
    /// <param name="reach">The quantile of a normal variable.</param>
    /// <param name="tolerance">The distance, in standard errors, at which the last step is taken.</param>
    /// <returns>The end; infinity where the profile nowhere falls so far.</returns>
    private static double EndOf(FirthSearch.Profile profile, int side, double reach, double tolerance)
    {
        profile.Return();
        var (inside, outside) = (0.0, double.PositiveInfinity);
        var distance = reach * profile.StandardError;
        for (var point = 0; point < MostPoints; point++)
        {
            var (drop, slope) = profile.At(profile.Estimate + (side * distance));
            var root = Math.Sqrt(drop);
            if (root < reach)
                inside = distance;
            else
                outside = distance;
            // The slope of the root; the drop grows away from the estimate.
            var next = distance + ((reach - root) * 2 * root / (side * slope));
            if (Math.Abs(next - distance) <= tolerance * profile.StandardError)
                return profile.Estimate + (side * next);
            if (!(next > inside && next < outside && next <= LargestReach * distance))
                next = double.IsPositiveInfinity(outside) ? LargestReach * distance : inside + ((outside - inside) / 2);
            distance = next;
        }

        return profile.Estimate + (side * outside);
    }
}
