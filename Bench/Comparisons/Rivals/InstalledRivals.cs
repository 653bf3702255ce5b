namespace Bench.Comparisons.Rivals;

/// <summary>The rivals of the neighbor search, whether or not they are installed.</summary>
internal static class InstalledRivals
{
    /// <summary>Lists them.</summary>
    /// <param name="programs">Runs those in Python.</param>
    /// <param name="peers">Compiles those in C++.</param>
    /// <returns>One for each of <see cref="RivalName.All"/>.</returns>
    public static IReadOnlyList<IRival> List(PythonPrograms programs, CompiledPeers peers) =>
    [
        new PythonRival(RivalName.Faiss, programs),
        new PythonRival(RivalName.ScikitLearn, programs),
        new PythonRival(RivalName.Torch, programs),
        new CompiledRival(RivalName.Compiled, "brute", peers),
        new PythonRival(RivalName.SciPyTree, programs),
        new CompiledRival(RivalName.Nanoflann, "nano", peers),
    ];
}
