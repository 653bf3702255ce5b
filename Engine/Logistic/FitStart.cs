namespace Engine.Logistic;

/// <summary>Where the steps of a fit begin, and in which columns.</summary>
/// <param name="Place">The place.</param>
/// <param name="Rate">What was seen on the way there of how steps square the distance.</param>
internal sealed record FitStart(FitPlace Place, QuadraticConvergence Rate)
{
    /// <summary>A start that is worse than none by more than this share is no start.</summary>
    private const double Rounding = 1e-10;

    /// <summary>Finds the start: what the caller gave, else what a sample of many rows shows, else the model without features; the last wherever it is the best of them.</summary>
    /// <param name="likelihood">The function; disposed unless it is that of the place.</param>
    /// <param name="withoutFeatures">The model without features: no start may be worse.</param>
    /// <param name="options">What to fit.</param>
    public static FitStart Find(PenalizedLikelihood likelihood, NullModel withoutFeatures, LogisticOptions options)
    {
        try
        {
            var plain = new double[likelihood.Size];
            if (options.HasIntercept)
                plain[0] = withoutFeatures.Intercept;
            var (start, rate, isPlain) = FindBest(ref likelihood, plain, withoutFeatures.LogLikelihood, options);
            if (!double.IsFinite(start.Objective) || !start.Sums.Hessian.All(double.IsFinite))
                return new FitStart(start, rate);

            var improved = Conditioning.Improve(start, finds: true);
            if (improved.Likelihood.LeftOut.Count > 0 && !isPlain)
            {
                // Which columns are combinations of others is asked where every row has its curvature.
                improved.Likelihood.Dispose();
                start = FitPlace.At(likelihood, plain);
                (improved, rate) = (Conditioning.Improve(start, finds: true), new QuadraticConvergence());
            }

            if (!ReferenceEquals(improved, start))
                likelihood.Dispose();
            return new FitStart(improved, rate);
        }
        catch
        {
            likelihood.Dispose();
            throw;
        }
    }

    private static (FitPlace Place, QuadraticConvergence Rate, bool IsPlain) FindBest(ref PenalizedLikelihood likelihood, double[] plain, double objective, LogisticOptions options)
    {
        var (point, instead, rate) = (plain, plain, new QuadraticConvergence());
        if (!options.StartCoefficients.IsEmpty)
        {
            point = options.StartCoefficients.ToArray();
            if (options.HasIntercept)
                point[0] -= likelihood.Rows.MovedOffsets;
        }
        else if (likelihood.BlockCount >= SampleStart.BlocksForSample)
        {
            var sampled = SampleStart.Find(likelihood, plain, objective);
            (point, instead, objective, rate) = (sampled.Point, sampled.Best, sampled.BestObjective, sampled.Rate);
            if (sampled.Basis is { } basis)
            {
                likelihood.Dispose();
                likelihood = likelihood.In(basis, []);
            }
        }

        var place = FitPlace.At(likelihood, point);
        return ReferenceEquals(point, instead) || place.Objective >= objective - (Rounding * Math.Abs(objective))
            ? (place, rate, ReferenceEquals(point, plain))
            : (FitPlace.At(likelihood, instead), new QuadraticConvergence(), ReferenceEquals(instead, plain));
    }
}
