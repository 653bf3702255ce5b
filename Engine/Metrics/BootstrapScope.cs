namespace Engine.Metrics;

/// <summary>How much of a replicate is looked at, from the least costly up.</summary>
internal enum BootstrapScope
{
    /// <summary>The confusion counts of each slot: metrics at the threshold.</summary>
    Threshold,

    /// <summary>The rows of class 1 in their order too, and how many of class 0 lie between them: areas of class 1.</summary>
    ClassOneCurve,

    /// <summary>Every row in its order: every metric.</summary>
    EveryRow,
}
