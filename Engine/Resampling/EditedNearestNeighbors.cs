using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Resampling;

/// <summary>Removes rows whose k nearest other rows, in L2, do not agree with their class.</summary>
/// <remarks>
/// <para><b>Ties</b>: of equally near rows the lower one is the neighbor. A row is no neighbor of itself by its index, so duplicates are neighbors.</para>
/// <para><b>Determinism</b>: no draws; the same rows for any number of threads, SIMD level and backend.</para>
/// <para><b>Cost</b>: most rows that may be removed are found to stay by rows of their own class that lie near. For the others an exact search among the other class,
/// then a count of nearer rows of their own, which ends as soon as there are enough; an index of one class, a third of it at a time, and up to 12 k + 28 bytes for each row.
/// Rows are judged by the whole table, none by what is left of it.</para>
/// <para><b>Source</b>: Wilson 1972; EditedNearestNeighbours of imbalanced-learn, which leaves out the first neighbor instead of the row itself.</para>
/// </remarks>
public sealed record EditedNearestNeighbors : ISampler
{
    /// <summary>Gets k, the number of neighbors, 1 or more and fewer than there are rows; default 3.</summary>
    public int NeighborCount { get; init; } = 3;

    /// <summary>Gets when neighbors agree; default <see cref="EditingRule.All"/>, which removes more.</summary>
    public EditingRule Rule { get; init; } = EditingRule.All;

    /// <summary>Gets which rows may be removed; default <see cref="CleanedClasses.Majority"/>.</summary>
    public CleanedClasses Classes { get; init; } = CleanedClasses.Majority;

    /// <summary>Plans which rows stay.</summary>
    /// <param name="training">Rows, finite, more than k rows; labels, both classes present.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>The kept rows, in row order; of a class that may be cleaned, possibly none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a class is absent, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null) => Cleaning.KeepAllBut(FindRemoved(training, compute));

    /// <summary>Finds the rows to remove.</summary>
    /// <param name="training">As for <see cref="Plan"/>.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>A mask over n rows.</returns>
    internal RowMask FindRemoved(LabeledSamples training, ComputeOptions? compute)
    {
        ArgumentNullException.ThrowIfNull(training);
        compute ??= ComputeOptions.Default;
        var (samples, labels) = training;
        var balance = ClassBalance.Of(samples, labels);
        Cleaning.Check(Classes);
        if (!Enum.IsDefined(Rule))
            Throw.ArgumentOutOfRange(nameof(Rule), Rule, "All or Mode");
        if (NeighborCount < 1 || NeighborCount >= labels.Count)
            Throw.ArgumentOutOfRange(nameof(NeighborCount), NeighborCount, $"1 to {labels.Count - 1:N0}, the other rows of the table");
        samples.EnsureFinite(nameof(samples));

        var removed = new bool[labels.Count];
        foreach (var label in Cleaning.LabelsOf(Classes, balance))
        {
            foreach (var row in OutnumberedRows.Find(samples, labels, label, NeighborCount, FoesThatRemove(label), compute))
                removed[row] = true;
        }

        return RowMask.From(labels.Count, row => removed[row]);
    }

    /// <summary>Returns how many neighbors of the other class remove a row.</summary>
    private int FoesThatRemove(byte label) => Rule switch
    {
        EditingRule.All => 1,
        _ => label == 0 ? (NeighborCount / 2) + 1 : (NeighborCount + 1) / 2,
    };
}
