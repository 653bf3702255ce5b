using System.Globalization;
using Bench.Cohorts;
using Engine.Data;
using Engine.Gpu;
using Engine.Networks;
using Engine.Prognosis;

namespace Bench.Studies;

/// <summary>The model of a study, made for a cohort.</summary>
/// <param name="Kind">The model.</param>
/// <param name="Title">Its name for readers.</param>
/// <param name="Reason">Why its settings are these, in words.</param>
public sealed record StudyModel(IPrognosisModel Kind, string Title, string Reason)
{
    /// <summary>Logistic regression.</summary>
    public const string Logistic = "logistic";

    private const string Mlp = "mlp";
    private const string Lstm = "lstm";
    private const string OnLibTorch = "torch-";
    private const int PrefixBatch = 32;
    private const int PrefixEpochs = 10;
    private const int PublishedBatches = 2000;

    /// <summary>Gets the names of all models.</summary>
    public static IReadOnlyList<string> All { get; } = [Logistic, Mlp, Lstm, OnLibTorch + Mlp, OnLibTorch + Lstm];

    /// <summary>Gets whether it is a network: trained in epochs, of which one is chosen on validation samples.</summary>
    public bool IsNetwork => Kind.FitsAlone;

    /// <summary>Returns the name of the model that paper P takes for a cohort: an LSTM for time series, a multilayer perceptron for tables.</summary>
    public static string OfPaper(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        return cohort is { Episodes: not null, Prefixes: not null } ? Lstm : Mlp;
    }

    /// <summary>Returns whether a model reads the hours of a time series.</summary>
    /// <param name="name">A name of <see cref="All"/>.</param>
    public static bool ReadsHours(string name) => name.EndsWith(Lstm, StringComparison.Ordinal);

    /// <summary>Makes the model that is asked for.</summary>
    /// <param name="name">A name of <see cref="All"/>.</param>
    /// <param name="cohort">The cohort that it will read.</param>
    /// <param name="choices">What differs from its defaults.</param>
    /// <exception cref="ArgumentException">There is no such model, or the cohort lacks what it reads.</exception>
    /// <exception cref="AcceleratorException">There is no libtorch for a model on it; the message says why.</exception>
    public static StudyModel Create(string name, Cohort cohort, ModelChoices choices)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(choices);
        var model = CreateOfScaled(name, cohort, choices);
        return cohort.IsScaledAfterSampling && model.Kind.Reads == SampleForm.Rows
            ? model with { Kind = new ScaledAfterSampling(model.Kind, cohort.Imputation, cohort.ContinuousColumns) }
            : model;
    }

    /// <summary>Returns the time series of a cohort's rows, for a model that reads them.</summary>
    /// <param name="cohort">A cohort with hours, and a prefix of them for each row.</param>
    /// <param name="trainRows">The rows on whose stays the continuous columns of hours are standardized, where the published models of the data did not.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal static SequenceSamples SequencesOf(Cohort cohort, long[] trainRows, CancellationToken cancellation)
    {
        var episodes = cohort.NetworkHours is { } hours ? Standardize(cohort, hours, trainRows, cancellation) : cohort.Episodes!;
        var sequences = new SequenceSamples(episodes, [.. cohort.Prefixes!]);
        // Every rank has read all hours, and works on some; on all of them where methods see the hours of a stay in one row, which may lie with two ranks.
        return cohort.Ranks.Size == 1 || sequences.HaveOneLength ? sequences : new SequenceSamples(episodes.With(episodes.Hours.DivideAmongRanks(cohort.Ranks)), [.. cohort.Prefixes!]);
    }

    private static StudyModel CreateOfScaled(string name, Cohort cohort, ModelChoices choices)
    {
        if (name.StartsWith(OnLibTorch, StringComparison.Ordinal) && All.Contains(name))
        {
            var managed = CreateOfScaled(name[OnLibTorch.Length..], cohort, choices);
            return managed with { Kind = Accelerators.OnLibTorch(managed.Kind), Title = $"{managed.Title} on libtorch" };
        }

        switch (name)
        {
            case Logistic:
                var penalty = choices.RidgePenalty ?? cohort.RidgePenalty;
                return new StudyModel(
                    new LogisticPrognosis { RidgePenalty = penalty },
                    "logistic regression",
                    choices.RidgePenalty is null
                        ? string.Create(CultureInfo.InvariantCulture, $"the ridge penalty is the default of this cohort, {cohort.RidgePenaltySource} (C = {1 / penalty:0.####})")
                        : "the ridge penalty is as asked for");
            case Mlp:
                var mlp = new Mlp();
                return new StudyModel(mlp with { Training = With(mlp.Training, choices) }, "multilayer perceptron", "the network of the paper for one-hot rows");
            case Lstm:
                if (cohort is not { Episodes: not null, Prefixes: { } prefixes })
                {
                    throw new ArgumentException(
                        $"{cohort.Name} has no hours for an LSTM to read; take --model logistic or mlp, or a cohort of time series with all of its hours: --mimic3, --physionet2012, --simulate-mortality, or --simulate with --sample-interval 1.");
                }

                if (prefixes.All(prefix => prefix.Hours == prefixes[0].Hours))
                {
                    return new StudyModel(
                        new Lstm { Architecture = LstmArchitecture.PaperMortality, Training = With(new TrainingSettings(), choices) },
                        "LSTM",
                        "the network of the paper for in-hospital mortality");
                }

                var prefixModel = new Lstm { Architecture = LstmArchitecture.PaperDecompensation, WalksStaysOnce = !choices.ReadsPrefixesAlone };
                return choices.ReadsPrefixesAlone
                    ? new StudyModel(
                        prefixModel with { Training = With(new TrainingSettings { BatchesPerEpoch = PublishedBatches }, choices) },
                        "LSTM",
                        "the network of the paper for decompensation, trained as published: prefixes of stays one by one")
                    : new StudyModel(
                        prefixModel with { Training = With(new TrainingSettings { Epochs = PrefixEpochs, BatchSize = PrefixBatch }, choices) },
                        "LSTM",
                        "the network of the paper for decompensation; its samples are prefixes of stays, and a stay is walked once for all of them");
            default:
                throw new ArgumentException($"there is no model '{name}'; the models are {string.Join(", ", All)}.");
        }
    }

    private static EpisodeStore Standardize(Cohort cohort, NetworkHours network, long[] trainRows, CancellationToken cancellation)
    {
        var episodes = network.Episodes;
        var stays = trainRows.Select(row => cohort.Prefixes![(int)row].Stay).Distinct().Order();
        var hours = stays.SelectMany(stay => Enumerable.Range(0, episodes.HoursOf(stay)).Select(hour => episodes.RowOf(stay, hour))).ToArray();
        var scaler = FeatureScaler.Fit(episodes.Hours.SelectRows(hours), cohort.Imputation, cancellation).Only([.. network.ContinuousColumns]);
        return episodes.With(scaler.Transform(episodes.Hours));
    }

    private static TrainingSettings With(TrainingSettings settings, ModelChoices choices) => settings with
    {
        Epochs = choices.Epochs ?? settings.Epochs,
        BatchSize = choices.BatchSize ?? settings.BatchSize,
        EpochChoice = choices.EpochGroup is null ? settings.EpochChoice : EpochChoice.BestOfGroup,
        ValidationGroup = choices.EpochGroup,
    };
}
