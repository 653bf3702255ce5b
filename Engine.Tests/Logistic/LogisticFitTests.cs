using Engine.Data;
using Engine.Logistic;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

/// <summary>Fits of tables small enough for their coefficients to have a closed form.</summary>
public sealed partial class LogisticFitTests
{
    /// <summary>One event in four at x = -1, three in four at x = 1: intercept 0, slope log 3.</summary>
    private static LogisticFit SlopeOfLogThree() =>
        LogisticRegression.Fit(Column(-1, -1, -1, -1, 1, 1, 1, 1), Labels.From([1, 0, 0, 0, 1, 1, 1, 0]));

    private static SampleMatrix Column(params double[] values) => Tables.From([.. values.Select(value => new[] { value })]);

    private static double[] LogOddsOf(LogisticFit fit, SampleMatrix samples)
    {
        var logOdds = new double[samples.RowCount];
        fit.PredictLogOdds(samples, logOdds);
        return logOdds;
    }

    private static LogisticFit SaveAndLoad(LogisticFit fit)
    {
        using var file = new MemoryStream();
        fit.Save(file);
        file.Position = 0;
        return LogisticFit.Load(file);
    }
}
