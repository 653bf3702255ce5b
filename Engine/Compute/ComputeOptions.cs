using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Compute;

/// <summary>How a computation may use the machine: the one way in which every search, sampler and model is told. Nothing here changes a neighbor, a plan or a made row.</summary>
public sealed record ComputeOptions
{
    /// <summary>A copy of rows is made where it takes one part in so many of the limit at the most.</summary>
    private const int CopyShare = 4;

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

    /// <summary>Gets how many bytes a call may take beside what it is given and what it returns, 1 or more; null, the default, for as many as it likes.</summary>
    /// <remarks>
    /// <para>Results have the same bits. A search whose index, with the table, is larger goes through the reference in slabs; copies of rows that would be larger are not made, and their rows read where they lie.</para>
    /// <para>Where a call cannot keep the limit it throws <see cref="InsufficientMemoryException"/> before it begins. Pages of a mapped file are not counted: the system takes them back when it needs them.</para>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public long? MemoryLimit
    {
        get;
        init
        {
            if (value < 1)
                Throw.ArgumentOutOfRange(nameof(MemoryLimit), value, "1 byte or more, or null for no limit");
            field = value;
        }
    }

    /// <summary>Gets the token that stops the work; a stopped call throws <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Gets what is told, by long searches, how many queries are done; called on the threads that search.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>Copies rows that are read many times, where the copy takes no more than a quarter of the limit; others are read where they lie.</summary>
    internal SampleMatrix CopyWithinLimit(SampleMatrix rows) => MemoryLimit / CopyShare < rows.RowCount * rows.Stride * sizeof(float) ? rows : rows.Copy();

    /// <summary>Throws where the limit is too low.</summary>
    /// <param name="bytes">What is needed at the least.</param>
    /// <param name="purpose">For what.</param>
    /// <exception cref="InsufficientMemoryException">The limit is lower.</exception>
    internal void RequireMemory(long bytes, string purpose)
    {
        if (MemoryLimit < bytes)
            Throw.InsufficientMemory(purpose, bytes, MemoryLimit.Value, "raise MemoryLimit, or take fewer rows or columns");
    }

    internal ParallelOptions ToParallelOptions() => new() { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = CancellationToken };
}
