using Engine.Diagnostics;

namespace Engine.Compute;

/// <summary>How a computation may use the machine: the one way in which every search, sampler and model is told. Nothing here changes a neighbor, a plan or a made row.</summary>
public sealed record ComputeOptions
{
    /// <summary>Gets the options that use every core and cannot be cancelled.</summary>
    public static ComputeOptions Default { get; } = new();

    /// <summary>Gets what runs the heavy kernels; the processor by default, which gives the promised bits. Sums of a fit on another backend agree within a bound.</summary>
    public IComputeBackend Backend { get; init; } = SimdBackend.Instance;

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
