namespace Engine.Metrics;

/// <summary>How scores are put into bins whose mean score and share of class 1 are compared.</summary>
public enum CalibrationBinning
{
    /// <summary>Bin b of B holds the scores above b / B, up to and with (b + 1) / B; bin 0 also holds 0. As scikit-learn's uniform strategy and Guo et al. 2017.</summary>
    EqualWidth,

    /// <summary>
    /// Bin b of B holds the scores whose middle rank is at least b / B and less than (b + 1) / B of all rows. Rows of one score stay together, so ties make bins unequal, or empty.
    /// </summary>
    EqualCount,
}
