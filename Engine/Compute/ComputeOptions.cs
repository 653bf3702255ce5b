using Engine.Diagnostics;

namespace Engine.Compute;

/// <summary>How a computation may use the machine. Nothing here changes a result.</summary>
public sealed record ComputeOptions
{
    /// <summary>Gets the options that use every core and cannot be cancelled.</summary>
    public static ComputeOptions Default { get; } = new();

    /// <summary>Gets the largest number of threads, 1 or more; -1, the default, for one a core.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is 0, or below -1.</exception>
    public int MaxDegreeOfParallelism
    {
        get;
        init
        {
            if (value is 0 or < -1)
                Throw.ArgumentOutOfRange(nameof(MaxDegreeOfParallelism), value, "1 or more, or -1 for one thread a core");
            field = value;
        }
    } = -1;

    /// <summary>Gets the token that stops the work; a stopped call throws <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Gets what is told, by long searches, how many queries are done; called on the threads that search.</summary>
    public IProgress<long>? Progress { get; init; }

    internal ParallelOptions ToParallelOptions() => new() { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = CancellationToken };
}
