namespace Engine.Resampling;

/// <summary>When the neighbors of a row agree with its class.</summary>
public enum EditingRule
{
    /// <summary>All neighbors are of its class.</summary>
    All,

    /// <summary>Most neighbors are of its class; of as many neighbors of each class, class 0 counts as most.</summary>
    Mode,
}
