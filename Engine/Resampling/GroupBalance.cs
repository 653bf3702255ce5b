using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Resampling;

/// <summary>Up-samples a minority group to the size of the majority group, whatever the classes of its rows.</summary>
/// <remarks>
/// <para><b>Computes</b>: by repetition, every row of the group equally often, give or take one, or drawn with replacement. By SMOTE, base rows drawn from the whole
/// group, so that classes keep their shares; a row made moves towards one of the k nearest rows of the group with its base row's class, and has that class.</para>
/// <para><b>Determinism</b>: with random bases, row i depends only on (seed, i) and the neighbors; even bases also depend on how many rows are added.</para>
/// <para><b>Source</b>: Smolyak et al. 2024, section 2.4, which does not say how a row made gets its outcome; the class of both its parents is our rule.</para>
/// </remarks>
public sealed record GroupBalance : ISampler
{
    private const ulong StreamFamily = 0x4752_4F55_0000_0000;

    /// <summary>Gets the seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Gets the group to up-sample, over the rows to resample; it has rows.</summary>
    public required RowMask Group { get; init; }

    /// <summary>Gets the group to reach, with no row of <see cref="Group"/>.</summary>
    public required RowMask Majority { get; init; }

    /// <summary>Gets whether rows are repeated or made; default <see cref="GroupBalanceMethod.Repeat"/>.</summary>
    public GroupBalanceMethod Method { get; init; } = GroupBalanceMethod.Repeat;

    /// <summary>Gets k, the number of neighbors of SMOTE, 1 or more; default 5.</summary>
    public int NeighborCount { get; init; } = 5;

    /// <summary>Gets rows of the group / rows of the majority group after sampling, from the present ratio to 1; default 1.</summary>
    public double TargetRatio { get; init; } = 1;

    /// <summary>Gets how rows to repeat, or base rows, are chosen; default <see cref="BaseSelection.Even"/>.</summary>
    public BaseSelection Bases { get; init; } = BaseSelection.Even;

    /// <summary>Plans the rows to repeat or to make.</summary>
    /// <param name="training">Rows, finite for SMOTE and not read for repetition; labels, for SMOTE each class in the group has none or more than k rows.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>Every row once, and rows of the group again or rows made.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a group is empty, a row is in both, a class of the group is too small, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (!Enum.IsDefined(Method))
            Throw.ArgumentOutOfRange(nameof(Method), Method, "Repeat or Smote");
        var rowsToAdd = CountRowsToAdd(training.Count);
        var rows = Group.ToRows();
        return Method == GroupBalanceMethod.Repeat ? Repeat(training.Count, rows, rowsToAdd) : Make(training, rows, rowsToAdd, compute ?? ComputeOptions.Default);
    }

    private int CountRowsToAdd(int rowCount)
    {
        foreach (var (mask, name) in new[] { (Group, nameof(Group)), (Majority, nameof(Majority)) })
        {
            ArgumentNullException.ThrowIfNull(mask, name);
            if (mask.RowCount != rowCount)
                Throw.Argument_LengthsDiffer(name, mask.RowCount, "labels", rowCount);
            if (mask.Count == 0)
                Throw.Argument_Invalid(name, $"{name} has no row; choose a group that has some.");
        }

        var shared = Group.And(Majority);
        if (shared.Count > 0)
            Throw.Argument_Invalid(nameof(Majority), $"row {shared.ToRows()[0]:N0} is in both groups; groups to balance have no row in common.");
        if (!(TargetRatio is > 0 and <= 1))
            Throw.ArgumentOutOfRange(nameof(TargetRatio), TargetRatio, "above 0, up to 1");
        var toAdd = (Majority.Count * TargetRatio) - Group.Count;
        if (toAdd < 0)
            Throw.ArgumentOutOfRange(nameof(TargetRatio), TargetRatio, $"{(double)Group.Count / Majority.Count:g4} (the present ratio of the groups) to 1; up-sampling only adds rows");
        return (int)toAdd;
    }

    private ResamplingPlan Repeat(int rowCount, long[] rows, int rowsToAdd)
    {
        var multiplicities = new int[rowCount];
        Array.Fill(multiplicities, 1);
        foreach (var position in BaseDraws.Draw(new SegmentDraws(Seed, StreamFamily).Bases, rows.Length, rowsToAdd, Bases))
            multiplicities[rows[position]]++;
        return ResamplingPlan.Repeat(multiplicities);
    }

    private ResamplingPlan Make(LabeledSamples training, long[] rows, int rowsToAdd, ComputeOptions compute)
    {
        var (samples, labels) = training;
        if (NeighborCount < 1)
            Throw.ArgumentOutOfRange(nameof(NeighborCount), NeighborCount, "1 or more");
        var classes = new[] { labels.ToMask(0).And(Group), labels.ToMask(1).And(Group) };
        foreach (var (label, mask) in classes.Index())
        {
            if (mask.Count is > 0 && mask.Count <= NeighborCount)
                Throw.Argument_ClassTooSmallInGroup(nameof(Group), label, mask.Count, NeighborCount);
        }

        samples.EnsureFinite(nameof(samples));
        var neighbors = new long[rows.Length * NeighborCount];
        foreach (var members in classes.Where(mask => mask.Count > 0))
            FindNeighbors(samples, rows, members.ToRows(), neighbors, compute);
        var draws = new SegmentDraws(Seed, StreamFamily);
        var bases = BaseDraws.Draw(draws.Bases, rows.Length, rowsToAdd, Bases);
        var synthetic = draws.Draw(bases, rows, neighbors, compute);
        return ResamplingPlan.Extend(labels.Count, synthetic, Array.ConvertAll(synthetic, made => labels[(int)made.Row]));
    }

    /// <summary>Writes the neighbors of one class where the rows of the group have theirs.</summary>
    private void FindNeighbors(SampleMatrix samples, long[] rows, long[] members, long[] neighbors, ComputeOptions compute)
    {
        var found = NearestAmong.Find(compute.CopyWithinLimit(samples.SelectRows(members)), NeighborCount, new() { Compute = compute });
        for (var i = 0; i < members.Length; i++)
        {
            var start = Array.BinarySearch(rows, members[i]) * NeighborCount;
            for (var place = 0; place < NeighborCount; place++)
                neighbors[start + place] = members[found[(i * NeighborCount) + place]];
        }
    }
}
