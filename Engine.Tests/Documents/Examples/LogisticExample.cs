using Engine.Logistic;
using Engine.Prognosis;

namespace Engine.Tests.Documents.Examples;

public sealed class LogisticExample
{
    [Fact]
    public void Fits()
    {
        var (samples, labels, patients, group, probabilities) = (Ward.Samples, Ward.Labels, Ward.Patients, Ward.Groups["Black"], new double[Ward.RowCount]);

        // <example>
        var fit = LogisticRegression.Fit(samples, labels);
        if (fit.Status == FitStatus.Separated)                                          // no estimate exists; fit.SeparatingFeatures says because of which columns
            fit = LogisticRegression.FitFirth(samples, labels);                         // intervals and tests by FirthProfileOf
        var age = fit.CoefficientOf(feature: 0);
        var estimate = fit.EstimateOf(age);                                             // its Coefficient, StandardError, ZScore, PValue and ConfidenceInterval()
        var (lower, upper) = fit.RobustErrors(samples, labels, new() { Clusters = patients }).EstimateOf(age).ConfidenceInterval();    // rows of a patient taken for one
        fit.PredictProbability(samples, probabilities);

        var units = LogisticRegression.FitMany(samples, labels, [.. DoublePrioritized.PaperUnits.Select(k =>
            new LogisticOptions { RidgePenalty = 1, Plan = DoublePrioritized.Plan(labels, group, k) })]);                   // many models, few passes over the rows
        // </example>

        Assert.Equal(FitStatus.Converged, fit.Status);
        Assert.InRange(estimate.Coefficient, lower, upper);
        Assert.True(estimate.StandardError > 0 && estimate.PValue < .05);
        Assert.All(probabilities, probability => Assert.InRange(probability, 0, 1));
        Assert.Equal(15, units.Count);
    }
}
