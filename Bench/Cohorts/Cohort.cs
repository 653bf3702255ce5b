using Engine.Collectives;
using Engine.Data;
using Engine.Features;

namespace Bench.Cohorts;

/// <summary>What a row is for.</summary>
public enum CohortSplit : byte
{
    /// <summary>Models are fitted on it.</summary>
    Train,

    /// <summary>Models are chosen on it.</summary>
    Validation,

    /// <summary>Models are judged on it, once.</summary>
    Test,
}

/// <summary>A data set ready for the main job, whatever format it came from.</summary>
public sealed record Cohort
{
    /// <summary>The name of the group that holds every row.</summary>
    public const string Everyone = "all";

    /// <summary>The ridge penalty of the MIMIC-III benchmark's logistic regressions, C = .001 of scikit-learn, and of those made after them.</summary>
    public const double BenchmarkRidgePenalty = 1000;

    /// <summary>Gets the name of the data set and task, such as "PhysioNet 2012, in-hospital death".</summary>
    public required string Name { get; init; }

    /// <summary>Gets what class 1 means, such as "death in hospital".</summary>
    public required string PositiveMeaning { get; init; }

    /// <summary>Gets the names of the columns of <see cref="Samples"/>.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>Gets the features, one row a sample; NaN where a value is missing.</summary>
    public required SampleMatrix Samples { get; init; }

    /// <summary>Gets the columns of <see cref="Samples"/> that are standardized, the others being 0 or 1; all of them when null.</summary>
    public IReadOnlyList<int>? ContinuousColumns { get; init; }

    /// <summary>Gets whether rows are standardized by what each model is trained on, after sampling, as in the code that was published for these data; default false, by the training rows, before.</summary>
    public bool IsScaledAfterSampling { get; init; }

    /// <summary>Gets what a missing value of <see cref="Samples"/> becomes; the median by default.</summary>
    public Imputation Imputation { get; init; } = Imputation.Median;

    /// <summary>Gets the class of every row.</summary>
    public required Labels Labels { get; init; }

    /// <summary>Gets the demographic groups, <see cref="Everyone"/> first.</summary>
    public required Subgroups Groups { get; init; }

    /// <summary>Gets what every row is for.</summary>
    public required IReadOnlyList<CohortSplit> Splits { get; init; }

    /// <summary>Gets the penalty of the data set's published logistic regression, or where there is none a usual one, on standardized features: 1 / C of scikit-learn.</summary>
    public required double RidgePenalty { get; init; }

    /// <summary>Gets where <see cref="RidgePenalty"/> comes from, in words.</summary>
    public string RidgePenaltySource { get; init; } = "that of its published logistic regression";

    /// <summary>Gets what a reader of results must know: simulated, rows skipped, defects of the labels.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets whether the rows were simulated and speak of no patient; default false.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Gets the time series behind the samples, where there are any.</summary>
    public EpisodeStore? Episodes { get; init; }

    /// <summary>Gets the hours that a network reads; those of <see cref="Episodes"/> as they are when null.</summary>
    public NetworkHours? NetworkHours { get; init; }

    /// <summary>Gets the prefix of each row, where rows are prefixes of <see cref="Episodes"/>.</summary>
    public IReadOnlyList<PrefixSample>? Prefixes { get; init; }

    /// <summary>Gets a number for each row, the same for rows of one patient; null where every stay, or every row without stays, is a patient of its own.</summary>
    public IReadOnlyList<int>? Patients { get; init; }

    /// <summary>Gets the traits that divide the patients into groups; null where the names of the groups tell.</summary>
    public IReadOnlyList<GroupTrait>? Traits { get; init; }

    /// <summary>Gets the measurements behind the hours of <see cref="Episodes"/>, stay by stay, as they were taken; channels are <see cref="Channels.BenchmarkChannels"/>.</summary>
    public IStaySource? Measurements { get; init; }

    /// <summary>Gets the processes that work on the cohort together, each on rows of its own; this one alone by default.</summary>
    public ICollective Ranks { get; init; } = OneProcess.Instance;

    /// <summary>Returns features of which no row is held yet, for a cohort that is described before they are read.</summary>
    /// <param name="rowCount">The rows of the cohort.</param>
    /// <param name="featureCount">The columns.</param>
    internal static SampleMatrix NoFeatures(long rowCount, int featureCount) => SampleMatrix.OfHeldRows(SampleMatrix.Create(0, featureCount), default, rowCount);

    /// <summary>Lists the rows of a split, ascending.</summary>
    /// <param name="split">The split.</param>
    /// <returns>Row indices.</returns>
    public long[] RowsOf(CohortSplit split)
    {
        var rows = new List<long>();
        for (var row = 0; row < Splits.Count; row++)
        {
            if (Splits[row] == split)
                rows.Add(row);
        }

        return [.. rows];
    }
}
