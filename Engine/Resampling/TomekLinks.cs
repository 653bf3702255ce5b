using Engine.Compute;
using Engine.Data;

namespace Engine.Resampling;

/// <summary>Removes rows of Tomek links: two rows of different classes, each the nearest other row of the other, in L2.</summary>
/// <remarks>
/// <para><b>Ties</b>: of equally near rows the lower one is the neighbor. A row is no neighbor of itself by its index, so duplicates are neighbors.</para>
/// <para><b>Determinism</b>: no draws; the same rows for any number of threads, SIMD level and backend.</para>
/// <para><b>Cost</b>: an exact search, twice, with an index of all rows, a third of them at a time. As a link holds a minority row, only minority rows and their nearest majority rows search.</para>
/// <para><b>Source</b>: Tomek 1976, Two modifications of CNN; TomekLinks of imbalanced-learn, which leaves out the first neighbor instead of the row itself.</para>
/// </remarks>
public sealed record TomekLinks : ISampler
{
    /// <summary>Gets which rows of a link are removed; default <see cref="CleanedClasses.Majority"/>.</summary>
    public CleanedClasses Classes { get; init; } = CleanedClasses.Majority;

    /// <summary>Plans which rows stay.</summary>
    /// <param name="training">Rows, finite; labels, both classes present.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>The kept rows, in row order.</returns>
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
        samples.EnsureFinite(nameof(samples));

        var linked = new bool[labels.Count];
        foreach (var (row, other) in FindLinks(samples, labels, balance, compute))
            linked[row] = linked[other] = true;
        return RowMask.From(labels.Count, row => linked[row]).And(Cleaning.RowsOf(Classes, balance, labels));
    }

    private static List<(long Minority, long Majority)> FindLinks(SampleMatrix samples, Labels labels, ClassBalance balance, ComputeOptions compute)
    {
        var all = RowMask.All(labels.Count);
        var minority = labels.ToMask(balance.MinorityClass).ToRows();
        var nearest = NearestOthers.Find(samples, all, minority, 1, compute);
        var links = minority.Zip(nearest, static (row, other) => (Minority: row, Majority: other)).Where(pair => labels[(int)pair.Majority] == balance.MajorityClass).ToList();
        var back = NearestOthers.Find(samples, all, [.. links.Select(static pair => pair.Majority)], 1, compute);
        return [.. links.Where((pair, i) => back[i] == pair.Minority)];
    }
}
