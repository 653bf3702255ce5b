namespace Engine.Compute;

/// <summary>How a computation may use the machine. Nothing here changes a result.</summary>
public sealed record ComputeOptions
{
    /// <summary>Gets the options that use every core and cannot be cancelled.</summary>
    public static ComputeOptions Default { get; } = new();

    /// <summary>Gets the largest number of threads, 1 or more; -1, the default, for one a core.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;

    /// <summary>Gets the token that stops the work; a stopped call throws <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Gets what is told, by long searches, how many queries are done; called on the threads that search.</summary>
    public IProgress<long>? Progress { get; init; }

    internal ParallelOptions ToParallelOptions() => new() { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = CancellationToken };
}
