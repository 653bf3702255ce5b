using Bench.Comparisons.Arrays;
using Engine.Compute;

namespace Bench.Comparisons.Cases;

/// <summary>What work needs.</summary>
/// <param name="Shelf">Where cohorts come from.</param>
/// <param name="Threads">How many threads.</param>
/// <param name="Cancellation">Stops the work.</param>
internal sealed record WorkContext(CohortShelf Shelf, int Threads, CancellationToken Cancellation)
{
    /// <summary>Gets a folder for files that the rows lie in.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>Gets the same for the engine.</summary>
    public ComputeOptions Compute => new() { MaxDegreeOfParallelism = Threads, CancellationToken = Cancellation };

    /// <summary>Gets the same for loops.</summary>
    public ParallelOptions Parallel => new() { MaxDegreeOfParallelism = Threads, CancellationToken = Cancellation };
}
