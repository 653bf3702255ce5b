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

    /// <summary>ADASYN to about 1:1.</summary>
    public const string Adasyn = "adasyn";

    /// <summary>Gamma oversampling to 1:1.</summary>
    public const string Gamma = "gamma";

    /// <summary>Majority rows close to minority rows, to 1:1.</summary>
    public const string NearMiss1 = "nearmiss-1";

    /// <summary>Majority rows closest to all minority rows, to 1:1.</summary>
    public const string NearMiss2 = "nearmiss-2";

    /// <summary>Majority rows around minority rows, the farthest of them, to 1:1.</summary>
    public const string NearMiss3 = "nearmiss-3";

    /// <summary>Majority rows far from minority rows, to 1:1.</summary>
    public const string Distant = "distant";

    /// <summary>Borderline-SMOTE to 1:1.</summary>
    public const string BorderlineSmote = "borderline-smote";

    /// <summary>Majority rows of Tomek links removed.</summary>
    public const string Tomek = "tomek";

    /// <summary>Majority rows that their neighbors do not agree with removed.</summary>
    public const string EditedNearest = "enn";

    /// <summary>SMOTE, then rows of Tomek links removed.</summary>
    public const string SmoteTomek = "smote-tomek";

    /// <summary>SMOTE, then rows that their neighbors do not agree with removed.</summary>
    public const string SmoteEnn = "smote-enn";

    /// <summary>No row added: both classes weigh as much.</summary>
    public const string ClassWeights = "class-weights";

    /// <summary>No row added: the prioritized group weighs as much as everyone else together.</summary>
    public const string GroupWeights = "group-weights";

    /// <summary>Double prioritized sampling for one group.</summary>
    public const string DoublePrioritized = "dp";

    /// <summary>Gets those that paper P compares, in the order in which they run.</summary>
    public static IReadOnlyList<string> OfPaper { get; } = [None, RandomOver, RandomUnder, Smote, Adasyn, Gamma, NearMiss1, NearMiss3, Distant, DoublePrioritized];

    /// <summary>Gets all names.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfPaper, NearMiss2, BorderlineSmote, Tomek, EditedNearest, SmoteTomek, SmoteEnn, ClassWeights, GroupWeights];
}
