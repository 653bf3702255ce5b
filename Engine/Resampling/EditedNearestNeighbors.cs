using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Resampling;

/// <summary>Removes rows whose k nearest other rows, in L2, do not agree with their class.</summary>
/// <remarks>
/// <para><b>Ties</b>: of equally near rows the lower one is the neighbor. A row is no neighbor of itself by its index, so duplicates are neighbors.</para>
/// <para><b>Determinism</b>: no draws; the same rows for any number of threads, SIMD level and backend.</para>
/// <para><b>Cost</b>: an exact search for every row that may be removed, with an index of all rows, half of them at a time; 12 k + 8 bytes for each of these.
/// Rows are judged by the whole table, none by what is left of it.</para>
/// <para><b>Source</b>: Wilson 1972; EditedNearestNeighbours of imbalanced-learn, which leaves out the first neighbor instead of the row itself.</para>
/// </remarks>
public sealed record EditedNearestNeighbors
{
    /// <summary>Gets k, the number of neighbors, 1 or more and fewer than there are rows; default 3.</summary>
    public int NeighborCount { get; init; } = 3;

    /// <summary>Gets when neighbors agree; default <see cref="EditingRule.All"/>, which removes more.</summary>
    public EditingRule Rule { get; init; } = EditingRule.All;

    /// <summary>Gets which rows may be removed; default <see cref="CleanedClasses.Majority"/>.</summary>
    public CleanedClasses Classes { get; init; } = CleanedClasses.Majority;

    /// <summary>Gets what searches; the processor when null.</summary>
    public IComputeBackend? Backend { get; init; }

    /// <summary>Gets how the search may use the machine.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;

    /// <summary>Plans which rows stay.</summary>
    /// <param name="samples">n x p, finite, more than k rows.</param>
    /// <param name="labels">n labels, both classes present.</param>
    /// <returns>The kept rows, in row order; of a class that may be cleaned, possibly none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a class is absent, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public ResamplingPlan Plan(SampleMatrix samples, Labels labels) => Cleaning.KeepAllBut(FindRemoved(samples, labels));

    /// <summary>Finds the rows to remove.</summary>
    /// <param name="samples">n x p, finite, more than k rows.</param>
    /// <param name="labels">n labels, both classes present.</param>
    /// <returns>A mask over n rows.</returns>
    internal RowMask FindRemoved(SampleMatrix samples, Labels labels)
    {
        var balance = ClassBalance.Of(samples, labels);
        Cleaning.Check(Classes);
        if (!Enum.IsDefined(Rule))
            Throw.ArgumentOutOfRange(nameof(Rule), Rule, "All or Mode");
        if (NeighborCount < 1 || NeighborCount >= labels.Count)
            Throw.ArgumentOutOfRange(nameof(NeighborCount), NeighborCount, $"1 to {labels.Count - 1:N0}, the other rows of the table");
        samples.EnsureFinite(nameof(samples));

        var rows = Cleaning.RowsOf(Classes, balance, labels).ToRows();
        var others = NearestOthers.Find(samples, RowMask.All(labels.Count), rows, NeighborCount, Backend, Compute);
        var removed = new bool[labels.Count];
        for (var i = 0; i < rows.Length; i++)
            removed[rows[i]] = !Agree(others.AsSpan(i * NeighborCount, NeighborCount), labels, labels[(int)rows[i]]);
        return RowMask.From(labels.Count, row => removed[row]);
    }

    private bool Agree(ReadOnlySpan<long> neighbors, Labels labels, byte label)
    {
        var same = 0;
        foreach (var neighbor in neighbors)
            same += labels[(int)neighbor] == label ? 1 : 0;
        if (Rule == EditingRule.All)
            return same == neighbors.Length;
        return label == 0 ? 2 * same >= neighbors.Length : 2 * same > neighbors.Length;
    }
}
