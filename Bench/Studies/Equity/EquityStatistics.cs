using Engine.Numerics;

namespace Bench.Studies.Equity;

/// <summary>A number over repeats, and the interval that drawing the repeats again gives it.</summary>
/// <param name="Estimate">The number.</param>
/// <param name="Lower">Lower end of its 95 % interval.</param>
/// <param name="Upper">Upper end of its 95 % interval.</param>
public readonly record struct RepeatInterval(double Estimate, double Lower, double Upper);

/// <summary>Means over repeats and their differences, with intervals.</summary>
/// <remarks>
/// <b>Computes</b> percentile intervals of a bootstrap that draws whole repeats, so that arms of one repeat stay together and a choice of the best arm is made anew in every replicate.
/// An interval speaks of which rows were drawn to train, not of other patients: those judged on are nearly the same in every repeat.
/// </remarks>
public sealed class EquityStatistics
{
    /// <summary>The replicates of an interval.</summary>
    public const int ReplicateCount = 2000;

    /// <summary>With fewer repeats, or repeats with a value, there is no interval.</summary>
    public const int FewestRepeats = 5;

    private const ulong Stream = 4UL << 60;
    private const double Tail = 0.025;

    private readonly EquityResult _result;
    private readonly int[][] _replicates;

    /// <summary>Prepares the replicates of a study.</summary>
    /// <param name="result">The study.</param>
    public EquityStatistics(EquityResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _result = result;
        var count = result.Options.Repeats;
        var draws = new RandomStream(result.Options.Seed, Stream);
        _replicates = [.. Enumerable.Range(0, ReplicateCount).Select(replicate => Enumerable.Range(0, count).Select(i => (int)draws.Below(((ulong)replicate * (ulong)count) + (ulong)i, (ulong)count)).ToArray())];
    }

    /// <summary>Returns the mean of an arm over the repeats that have a value.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="arm">The place of the arm.</param>
    /// <param name="outcome">The place of the outcome.</param>
    /// <param name="metric">Reads the metric.</param>
    /// <returns>Mean, deviation (divided by their number) and how many repeats have a value; null where none has.</returns>
    public static (double Mean, double Deviation, int Count)? MeanOf(EquitySetting setting, int arm, int outcome, Func<EquityScores, double?> metric)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var values = setting.Of(arm, outcome, metric).OfType<double>().ToArray();
        if (values.Length == 0)
            return null;
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), values.Length);
    }

    /// <summary>Compares two arms on the repeats in which both have a value.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="arm">The place of the arm.</param>
    /// <param name="against">The place of the arm that it is compared with.</param>
    /// <param name="outcome">The place of the outcome.</param>
    /// <param name="metric">Reads the metric.</param>
    /// <returns>The mean difference; null where fewer than <see cref="FewestRepeats"/> repeats have both values.</returns>
    public RepeatInterval? Difference(EquitySetting setting, int arm, int against, int outcome, Func<EquityScores, double?> metric) =>
        BestAgainst(setting, [arm], [against], outcome, metric);

    /// <summary>Compares the best of some arms with the best of others, by their means.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="arms">The places of some arms.</param>
    /// <param name="others">The places of others.</param>
    /// <param name="outcome">The place of the outcome.</param>
    /// <param name="metric">Reads the metric.</param>
    /// <returns>The difference of the two largest means, over the repeats in which all have a value; null where they are fewer than <see cref="FewestRepeats"/>.</returns>
    public RepeatInterval? BestAgainst(EquitySetting setting, IReadOnlyList<int> arms, IReadOnlyList<int> others, int outcome, Func<EquityScores, double?> metric)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (arms.Count == 0 || others.Count == 0)
            return null;
        var (ours, theirs) = (Read(arms), Read(others));
        return Estimate(repeats => Best(ours, repeats) - Best(theirs, repeats), repeat => ours.Concat(theirs).All(values => values[repeat] is not null));

        IReadOnlyList<double?>[] Read(IReadOnlyList<int> places) => [.. places.Select(arm => setting.Of(arm, outcome, metric))];

        static double Best(IReadOnlyList<double?>[] all, IReadOnlyList<int> repeats) => all.Max(values => repeats.Average(repeat => values[repeat]!.Value));
    }

    /// <summary>Compares an arm at two sizes of the minority.</summary>
    /// <param name="larger">The setting of the larger minority.</param>
    /// <param name="smaller">The setting of the smaller one; its rows are among those of the larger, repeat by repeat.</param>
    /// <param name="arm">The place of the arm.</param>
    /// <param name="outcome">The place of the outcome.</param>
    /// <param name="metric">Reads the metric.</param>
    public RepeatInterval? BetweenSizes(EquitySetting larger, EquitySetting smaller, int arm, int outcome, Func<EquityScores, double?> metric)
    {
        ArgumentNullException.ThrowIfNull(larger);
        ArgumentNullException.ThrowIfNull(smaller);
        var (most, least) = (larger.Of(arm, outcome, metric), smaller.Of(arm, outcome, metric));
        return Estimate(repeats => repeats.Average(repeat => most[repeat]!.Value - least[repeat]!.Value), repeat => most[repeat] is not null && least[repeat] is not null);
    }

    private RepeatInterval? Estimate(Func<IReadOnlyList<int>, double> statistic, Func<int, bool> hasValues)
    {
        var isDefined = Enumerable.Range(0, _result.Options.Repeats).Select(hasValues).ToArray();
        int[] defined = [.. isDefined.Index().Where(repeat => repeat.Item).Select(repeat => repeat.Index)];
        if (defined.Length < FewestRepeats)
            return null;
        // A replicate without a defined repeat is so rare, with five of them or more, that leaving it out moves no end.
        var replicates = _replicates.Select(replicate => replicate.Where(repeat => isDefined[repeat]).ToArray()).Where(replicate => replicate.Length > 0).Select(statistic).Order().ToArray();
        return new RepeatInterval(statistic(defined), Quantile(replicates, Tail), Quantile(replicates, 1 - Tail));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var low = (int)place;
        return low + 1 < sorted.Length ? sorted[low] + ((place - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }
}
