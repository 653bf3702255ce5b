using Bench.Cohorts;
using Bench.Studies.Arms;
using Engine.Data;
using Engine.Prognosis;

namespace Bench.Studies.Samples;

/// <summary>A cohort as the models of a study see it: standardized on the rows that they are fitted on, and cut in parts.</summary>
internal sealed class StudySamples
{
    private readonly Cohort _cohort;
    private readonly CohortSplit _selectOn;
    private readonly FeatureScaler? _scaler;
    private readonly SequenceSamples? _sequences;

    /// <summary>Standardizes and cuts a cohort.</summary>
    /// <param name="cohort">The cohort; it must have training and test rows.</param>
    /// <param name="model">The kind of model.</param>
    /// <param name="selectOn">The part on which DP is to choose.</param>
    /// <param name="holdsOut">Whether rows to choose on are held out from every fit, where the cohort has no validation rows.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">There are no rows to fit on, or none to judge on.</exception>
    public StudySamples(Cohort cohort, IPrognosisModel model, CohortSplit selectOn, bool holdsOut, CancellationToken cancellation)
    {
        foreach (var split in new[] { CohortSplit.Train, CohortSplit.Test })
        {
            if (!cohort.Splits.Contains(split))
                throw new ArgumentException($"{cohort.Name} has {cohort.Splits.Count:N0} rows and none of them for {split}; a study needs rows to fit on and rows to judge on.");
        }

        (_cohort, _selectOn) = (cohort, selectOn);
        Rows = SelectionRows.Of(cohort, selectOn, holdsOut);
        var trainRows = Rows.TrainRows;
        _scaler = cohort.IsScaledAfterSampling ? null : ScalerOf(cohort, trainRows, cancellation);
        _sequences = model.Reads == SampleForm.Sequences ? StudyModel.SequencesOf(cohort, trainRows, cancellation) : null;
        Parts = Enum.GetValues<CohortSplit>().Where(cohort.Splits.Contains).ToDictionary(split => split, split => Take(split == CohortSplit.Train ? trainRows : cohort.RowsOf(split)));
        HeldOut = holdsOut && !Parts.ContainsKey(CohortSplit.Validation) ? Take(Rows.EpochRows) : Parts.GetValueOrDefault(CohortSplit.Validation);
    }

    /// <summary>Gets which rows are for what.</summary>
    public SelectionRows Rows { get; }

    /// <summary>Gets the parts of the cohort that have rows; training rows without those that are held out.</summary>
    public IReadOnlyDictionary<CohortSplit, LabeledSamples> Parts { get; }

    /// <summary>Gets the samples to fit on.</summary>
    public LabeledSamples Train => Parts[CohortSplit.Train];

    /// <summary>Gets the samples to judge on.</summary>
    public LabeledSamples Test => Parts[CohortSplit.Test];

    /// <summary>Gets the validation samples, or those that are held out in their place; null where there are neither.</summary>
    public LabeledSamples? HeldOut { get; }

    /// <summary>Gets the samples that candidates are fitted and chosen on.</summary>
    public UnitSelection Selection => field ??= Rows.NeedsRefit
        ? new UnitSelection(Take(Rows.FitRows), Take(Rows.ChoosingRows), NeedsRefit: true)
        : new UnitSelection(Train, _selectOn == CohortSplit.Test ? Test : HeldOut!, NeedsRefit: false);

    private static FeatureScaler ScalerOf(Cohort cohort, long[] trainRows, CancellationToken cancellation)
    {
        var scaler = FeatureScaler.Fit(RowsOfRank.Select(cohort, trainRows), cohort.Imputation, cancellation);
        return cohort.ContinuousColumns is { } continuous ? scaler.Only([.. continuous]) : scaler;
    }

    private LabeledSamples Take(long[] rows)
    {
        var features = RowsOfRank.Select(_cohort, rows);
        return new LabeledSamples(
            _cohort.Labels.Select(rows), _scaler?.Transform(features) ?? features, _sequences?.Select(rows), _cohort.Groups.Select(rows), clusters: CohortStays.Of(_cohort, rows));
    }
}
