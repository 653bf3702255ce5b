using Bench.Cohorts;
using Bench.Studies.Arms;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Studies.Prioritized;

/// <summary>A study as its readers see it: a value only where it says something of the group.</summary>
/// <remarks>
/// Undefined are all metrics of a group without C1 among the training rows, or without both classes among the rows that judge; the precision and the divergence of a class that is never predicted;
/// a mean over repeats of which one is undefined; and the interval of what is undefined.
/// </remarks>
internal sealed class JudgedStudy
{
    private readonly ILookup<ArmName, TrainedArm> _repeats;

    /// <summary>Reads a result.</summary>
    /// <param name="result">What the study found.</param>
    /// <param name="families">Groups that divide the patients by one trait, each with the name of the trait.</param>
    public JudgedStudy(PrioritizedResult result, IReadOnlyList<(string Name, IReadOnlyList<string> Groups)> families)
    {
        (Result, Families) = (result, families);
        _repeats = result.Arms.ToLookup(arm => arm.Name);
        Names = [.. _repeats.Select(repeats => repeats.Key)];
        Groups = [.. result.Bias[CohortSplit.Test].Where(row => row.RowCount > 0).Select(row => row.Group)];
    }

    /// <summary>Gets the result.</summary>
    public PrioritizedResult Result { get; }

    /// <summary>Gets groups that divide the patients by one trait, each with the name of the trait.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Groups)> Families { get; }

    /// <summary>Gets the arms that were trained, each once, in order.</summary>
    public IReadOnlyList<ArmName> Names { get; }

    /// <summary>Gets the groups that have test rows, in the order of the cohort, everyone among them.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>Gets the arm without resampling; null when it was not trained.</summary>
    public ArmName? Original => Find(ResamplingMethod.None, null);

    /// <summary>Gets the paper's methods that resample for everyone: those that it compares DP with.</summary>
    public IReadOnlyList<ArmName> Rivals => [.. Names.Where(name => name.Served is null && name.Method != ResamplingMethod.None && ResamplingMethod.OfPaper.Contains(name.Method))];

    /// <summary>Returns the arm of a method that serves a group, or everyone; null when it was not trained.</summary>
    public ArmName? Find(string method, string? served) => Names.FirstOrDefault(name => name.Method == method && name.Served == served);

    /// <summary>Returns DP for a group; null when it was not trained.</summary>
    public ArmName? PrioritizedFor(string group) => Find(ResamplingMethod.DoublePrioritized, group);

    /// <summary>Returns the arms that concern a group: those that serve everyone, and those that serve it.</summary>
    public IReadOnlyList<ArmName> Concerning(string group) => [.. Names.Where(name => name.Served is null || name.Served == group)];

    /// <summary>Returns the repeats of an arm.</summary>
    public IEnumerable<TrainedArm> RepeatsOf(ArmName name) => _repeats[name];

    /// <summary>Returns how many rows and patients a group has in a split.</summary>
    public BiasRow CountsOf(CohortSplit split, string group) => Result.Bias[split].First(row => row.Group == group);

    /// <summary>Tells whether a group has rows of C1 to learn from, and of both classes to be judged on.</summary>
    public bool IsJudged(CohortSplit split, string group) =>
        CountsOf(CohortSplit.Train, group).PositiveCount > 0 && CountsOf(split, group) is var counts && counts.PositiveCount > 0 && counts.PositiveCount < counts.RowCount;

    /// <summary>Returns a metric of one repeat; null where it is undefined.</summary>
    public double? ValueOf(TrainedArm arm, CohortSplit split, string group, ScoreMetric metric) =>
        IsJudged(split, group) ? JudgedMetric.ForReaders(arm.Tables[split].First(row => row.Group == group).Metrics, metric) : null;

    /// <summary>Returns a metric of the test rows over the repeats of an arm.</summary>
    public MetricSpread SpreadOf(ArmName name, string group, ScoreMetric metric) =>
        MetricSpread.Of(RepeatsOf(name).Select(arm => ValueOf(arm, CohortSplit.Test, group, metric)));

    /// <summary>Returns the mean over the repeats; null where it is undefined.</summary>
    public double? MeanOf(ArmName name, string group, ScoreMetric metric) => SpreadOf(name, group, metric).Mean;

    /// <summary>Returns the interval of a mean; null where there is none.</summary>
    public MetricInterval? IntervalOf(ArmName name, string group, ScoreMetric metric) =>
        MeanOf(name, group, metric).HasValue ? Result.IntervalOf(name, group, metric) : null;

    /// <summary>Returns the paired difference of two arms, the first less the second; null where there is none, or one of them is undefined.</summary>
    public MetricInterval? DifferenceOf(ArmName? name, ArmName? against, string group, ScoreMetric metric) =>
        name is not null && against is not null && MeanOf(name, group, metric).HasValue && MeanOf(against, group, metric).HasValue
            ? Result.DifferenceOf(name, against, group, metric)
            : null;

    /// <summary>Returns the shares of C1 in the training rows, of a group and of everyone, when the group's C1 rows are taken so many times.</summary>
    /// <param name="group">The group.</param>
    /// <param name="units">1, the rows as they are, or more.</param>
    public (double? OfGroup, double? OfEveryone) SharesWith(string group, int units)
    {
        var (members, everyone) = (CountsOf(CohortSplit.Train, group), CountsOf(CohortSplit.Train, Cohort.Everyone));
        var added = (units - 1L) * members.PositiveCount;
        return (Share(members), Share(everyone));

        double? Share(BiasRow rows) => rows.RowCount == 0 ? null : (double)(rows.PositiveCount + added) / (rows.RowCount + added);
    }
}
