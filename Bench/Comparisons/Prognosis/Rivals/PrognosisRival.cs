namespace Bench.Comparisons.Prognosis.Rivals;

/// <summary>The names of other libraries, as tables, bars and the script spell them.</summary>
internal static class PrognosisRival
{
    /// <summary>statsmodels: GLM with the binomial family.</summary>
    public const string StatsModels = "statsmodels";

    /// <summary>scikit-learn: the fastest solver of LogisticRegression that reaches the optimum; the functions of sklearn.metrics.</summary>
    public const string ScikitLearn = "scikit-learn";
}
