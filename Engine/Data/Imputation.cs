namespace Engine.Data;

/// <summary>What a missing value becomes.</summary>
public enum Imputation
{
    /// <summary>The median of the column's present training values.</summary>
    Median,

    /// <summary>The mean of the column's present training values, as the MIMIC-III benchmark's logistic regression does.</summary>
    Mean,
}
