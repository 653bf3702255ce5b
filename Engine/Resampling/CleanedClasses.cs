namespace Engine.Resampling;

/// <summary>Which rows a cleaning rule may remove.</summary>
public enum CleanedClasses
{
    /// <summary>Rows of the class with more rows; class 0 when both have as many.</summary>
    Majority,

    /// <summary>Rows of the class with fewer rows; class 1 when both have as many.</summary>
    Minority,

    /// <summary>Rows of both classes, as after oversampling.</summary>
    Both,
}
