namespace Bench.Comparisons.Rivals;

/// <summary>The names of the rivals, as tables and bars spell them.</summary>
internal static class RivalName
{
    /// <summary>faiss: IndexFlatL2, and IndexFlat with METRIC_L1.</summary>
    public const string Faiss = "faiss";

    /// <summary>scikit-learn: NearestNeighbors by brute force.</summary>
    public const string ScikitLearn = "scikit-learn";

    /// <summary>PyTorch: cdist and topk, in chunks of queries.</summary>
    public const string Torch = "torch";

    /// <summary>SciPy: cKDTree.</summary>
    public const string SciPyTree = "cKDTree";

    /// <summary>A plain tiled loop in C++, compiled for this processor.</summary>
    public const string Compiled = "C++ loop";

    /// <summary>nanoflann: a kd-tree in C++, compiled for this processor.</summary>
    public const string Nanoflann = "nanoflann";

    /// <summary>Gets all, in the order of the tables.</summary>
    public static IReadOnlyList<string> All { get; } = [Faiss, ScikitLearn, Torch, Compiled, SciPyTree, Nanoflann];

    /// <summary>Gets those that measure every pair.</summary>
    public static IReadOnlyList<string> Exhaustive { get; } = [Faiss, ScikitLearn, Torch, Compiled];

    /// <summary>Gets those that prune by a tree.</summary>
    public static IReadOnlyList<string> Trees { get; } = [SciPyTree, Nanoflann];
}
