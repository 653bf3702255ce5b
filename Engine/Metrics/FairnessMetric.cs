namespace Engine.Metrics;

/// <summary>How unequally predictions fall on groups, by name; <see cref="Fairness"/> computes them.</summary>
public enum FairnessMetric
{
    /// <summary>Difference of selection rates; 0 is parity.</summary>
    DemographicParityDifference,

    /// <summary>Ratio of selection rates; 1 is parity.</summary>
    DemographicParityRatio,

    /// <summary>Differences of recalls (true positive rates) and of false positive rates, joined by <see cref="OddsAggregation"/>; 0 is parity.</summary>
    EqualizedOddsDifference,

    /// <summary>Ratios of recalls and of false positive rates, joined by <see cref="OddsAggregation"/>; 1 is parity.</summary>
    EqualizedOddsRatio,

    /// <summary>Difference of recalls; 0 is parity.</summary>
    EqualOpportunityDifference,

    /// <summary>Ratio of recalls; 1 is parity.</summary>
    EqualOpportunityRatio,
}

/// <summary>How equalized odds join recalls and false positive rates.</summary>
public enum OddsAggregation
{
    /// <summary>The larger difference; the smaller ratio.</summary>
    WorstCase,

    /// <summary>The mean of the two.</summary>
    Mean,
}
