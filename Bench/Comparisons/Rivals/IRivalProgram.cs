namespace Bench.Comparisons.Rivals;

/// <summary>A program that runs other libraries, one a call.</summary>
internal interface IRivalProgram
{
    /// <summary>Makes it ready, once.</summary>
    /// <param name="cancellation">Stops this.</param>
    /// <returns>What to start, and the arguments that come before all others; or why it cannot be started.</returns>
    (string[] Command, string? Problem) Prepare(CancellationToken cancellation);

    /// <summary>Asks what the libraries are, and how they were compiled.</summary>
    /// <param name="threads">The number of threads, which libraries tell too.</param>
    /// <param name="cancellation">Stops asking.</param>
    /// <returns>Names and versions; of what is absent, that it is.</returns>
    IReadOnlyDictionary<string, string> Versions(int threads, CancellationToken cancellation);
}
