namespace Engine.Resampling;

/// <summary>How rows of a group become more.</summary>
public enum GroupBalanceMethod
{
    /// <summary>Its rows are repeated.</summary>
    Repeat,

    /// <summary>New rows are made between a row and its nearest neighbors of the same group and class.</summary>
    Smote,
}
