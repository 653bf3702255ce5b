using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Metrics;
using Engine.Neighbors;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Fidelity;

/// <summary>A membership attack: whether the synthetic rows give away which real rows they were made from.</summary>
/// <remarks>
/// <para><b>Computes</b>: the score of a row x is p_synthetic(x) / p_reference(x), each density that of the k nearest rows, k / (n V r_k^d), in L2 over the rows as they are given. Ranked, that is
/// r_k to the reference over r_k to the synthetic rows. The AUROC of the score between training rows and rows that were not used says what the attacker learns: .5 is nothing.
/// The attacker owns synthetic rows and a reference sample of the population, neither members nor the other rows among it.</para>
/// <para><b>Ties</b>: a row at distance 0 from synthetic rows and not from reference rows ranks first, one the other way round last, and where both are 0 the score is 1.</para>
/// <para><b>Source</b>: van Breugel, Sun, Qian, van der Schaar: Membership inference attacks against synthetic data through overfitting detection (DOMIAS), AISTATS 2023, equation 2, with
/// nearest-neighbor densities (Loftsgaarden, Quesenberry, 1965) in place of kernels, which see nothing in many dimensions; interval by DeLong.</para>
/// </remarks>
/// <param name="Auroc">The area and its interval; undefined unless there are two rows of each kind.</param>
/// <param name="MemberCount">The number of training rows that were attacked.</param>
/// <param name="OtherCount">The number of other rows that were attacked.</param>
/// <param name="ReferenceCount">The number of reference rows.</param>
/// <param name="NeighborCount">k.</param>
public sealed record DensityRatioAttack(AurocEstimate? Auroc, long MemberCount, long OtherCount, long ReferenceCount, int NeighborCount)
{
    /// <summary>Attacks encoded rows.</summary>
    /// <param name="members">Rows that the synthetic ones were made from, finite.</param>
    /// <param name="others">Rows of the same population that played no part in making them, finite.</param>
    /// <param name="synthetic">The synthetic rows, finite.</param>
    /// <param name="reference">Further rows of the population, none of the members or others, finite.</param>
    /// <param name="neighborCount">k, 1 to the number of synthetic and of reference rows. A copy of one row is seen by k = 1 and by no larger one.</param>
    /// <param name="confidence">Of the interval, above 0, below 1.</param>
    /// <param name="compute">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>What the attacker learns.</returns>
    /// <exception cref="ArgumentException">Shapes disagree, a value is not finite, or there is no row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k or the confidence is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <remarks><b>Cost</b>: exact searches of all attacked rows among the synthetic and among the reference rows.</remarks>
    public static DensityRatioAttack Compute(
        SampleMatrix members, SampleMatrix others, SampleMatrix synthetic, SampleMatrix reference, int neighborCount = 1, double confidence = .95, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(synthetic);
        ArgumentNullException.ThrowIfNull(reference);
        MetricArguments.CheckConfidence(confidence);
        if (members.FeatureCount != others.FeatureCount)
            Throw.Argument_FeatureCountsDiffer(nameof(others), others.FeatureCount, nameof(members), members.FeatureCount);
        compute ??= ComputeOptions.Default;
        var attacked = JoinedRows.Join(members, others);
        var (toSynthetic, toReference) = (LastDistance(synthetic, attacked, neighborCount, compute), LastDistance(reference, attacked, neighborCount, compute));
        var (scores, labels) = (new double[toSynthetic.Length], new byte[toSynthetic.Length]);
        for (var row = 0; row < scores.Length; row++)
        {
            // The logarithm keeps ratios of very unlike distances apart.
            scores[row] = toSynthetic[row] == toReference[row] ? 0 : PortableMath.Log(toReference[row]) - PortableMath.Log(toSynthetic[row]);
            labels[row] = row < members.RowCount ? (byte)1 : (byte)0;
        }

        var isDefined = DeLong.TryEstimate<double>(scores, Labels.From(labels), out var estimate, confidence);
        return new DensityRatioAttack(isDefined ? estimate : null, members.RowCount, others.RowCount, reference.RowCount, neighborCount);
    }

    /// <summary>Attacks encoded rows where there is one table of held-out rows: half of it, drawn by the seed, are the others and half the reference.</summary>
    /// <param name="training">n rows that the synthetic ones were made from, finite; as many of them as there are others are attacked, drawn by the seed.</param>
    /// <param name="holdout">h rows of the same population that played no part in making them, finite.</param>
    /// <param name="synthetic">The synthetic rows, finite.</param>
    /// <param name="neighborCount">k, 1 or more; where there are fewer synthetic or reference rows, their number.</param>
    /// <param name="largestAttackedCount">The most training rows, and the most others, that are attacked, 2 or more.</param>
    /// <param name="seed">Draws the halves and the training rows.</param>
    /// <param name="confidence">Of the interval, above 0, below 1.</param>
    /// <param name="compute">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>What the attacker learns; null with fewer than two training or four held-out rows.</returns>
    /// <exception cref="ArgumentException">Shapes disagree, a value is not finite, or there is no synthetic row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k, the number of attacked rows or the confidence is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static DensityRatioAttack? ComputeOnHoldout(
        SampleMatrix training,
        SampleMatrix holdout,
        SampleMatrix synthetic,
        int neighborCount = 1,
        int largestAttackedCount = 10_000,
        ulong seed = 0,
        double confidence = .95,
        ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(holdout);
        ArgumentNullException.ThrowIfNull(synthetic);
        if (neighborCount < 1)
            Throw.ArgumentOutOfRange(nameof(neighborCount), neighborCount, "1 or more");
        if (largestAttackedCount < 2)
            Throw.ArgumentOutOfRange(nameof(largestAttackedCount), largestAttackedCount, "2 or more");
        if (holdout.RowCount < 4 || training.RowCount < 2)
            return null;
        var order = SeededOrder.Of((int)holdout.RowCount, seed, SeededOrder.HeldOutRows);
        var half = order.Length / 2;
        var (others, population) = (Rows(order[..Math.Min(half, largestAttackedCount)]), Rows(order[half..]));
        var members = SeededOrder.Draw(training.RowCount, others.Length, seed, SeededOrder.AttackedRows);
        var neighbors = (int)Math.Min(neighborCount, Math.Min(synthetic.RowCount, population.Length));
        using var reference = holdout.SelectRows(population).Copy();
        return Compute(training.SelectRows(members), holdout.SelectRows(others), synthetic, reference, neighbors, confidence, compute);

        static long[] Rows(int[] some) => [.. some.Order().Select(static row => (long)row)];
    }

    private static double[] LastDistance(SampleMatrix reference, SampleMatrix queries, int neighborCount, ComputeOptions compute)
    {
        using var index = NearestNeighbors.Build(reference, Metric.L2, new NeighborIndexOptions { Compute = compute });
        var (_, _, distances) = RowDistances.Find(index, reference, queries, neighborCount, excludeSelf: false, compute);
        var last = new double[queries.RowCount];
        for (var row = 0; row < last.Length; row++)
            last[row] = distances[(row * neighborCount) + neighborCount - 1];
        return last;
    }
}
