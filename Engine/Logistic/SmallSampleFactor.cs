namespace Engine.Logistic;

/// <summary>By what robust variances of n rows in m clusters (m = n without clusters) and k estimated coefficients are multiplied, since residuals of a fit are smaller than errors.</summary>
public enum SmallSampleFactor
{
    /// <summary>m / (m - 1) x (n - 1) / (n - k), as statsmodels does for clusters; n / (n - k) without clusters, which is HC1.</summary>
    ClustersAndCoefficients,

    /// <summary>m / (m - 1), as Stata does for models of this kind; also for fits with a ridge penalty, which have more coefficients than rows.</summary>
    Clusters,

    /// <summary>Nothing; without clusters HC0.</summary>
    None,
}
