namespace Bench.Studies.MainJob;

/// <summary>The resampling methods of the main job, by the names that results use.</summary>
public static class ResamplingMethod
{
    /// <summary>The training rows as they are.</summary>
    public const string None = "none";

    /// <summary>Replicated oversampling to 1:1.</summary>
    public const string RandomOver = "random-over";

    /// <summary>Three random undersamplings to 1:1, probabilities averaged.</summary>
    public const string RandomUnder = "random-under";

    /// <summary>SMOTE to 1:1.</summary>
    public const string Smote = "smote";

    /// <summary>Double prioritized sampling for one group.</summary>
    public const string DoublePrioritized = "dp";

    /// <summary>Gets all names, in the order in which they run.</summary>
    public static IReadOnlyList<string> All { get; } = [None, RandomOver, RandomUnder, Smote, DoublePrioritized];
}
