using System.Globalization;
using System.IO.Compression;
using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Resampling;

namespace Engine.Prognosis;

/// <summary>A model of rows that are standardized by the mean and deviation of what it is trained on: after resampling, repeated and made rows counted.</summary>
/// <remarks>
/// <para>The samples are given as they are. A sampler so measures distances between raw rows, and only the model sees standardized ones. Elsewhere in this engine rows are standardized first, and a sampler sees what the model sees.</para>
/// <para><b>Computes</b> for each fit a <see cref="FeatureScaler"/> on the rows of the task's plan, each as often as it is used, and the rows that it makes; then the model on training and validation samples transformed by it.
/// A row to be made is interpolated between transformed rows, which is the transformed row up to rounding. Weights of samples do not weigh in means and deviations, as in scikit-learn.</para>
/// <para><b>Cost</b>: reading the rows of the plan three times a fit.</para>
/// <para><b>Source</b>: the SEER code of Afrose et al. 2021, which resamples and then fits StandardScaler on the continuous columns.</para>
/// </remarks>
public sealed class ScaledAfterSampling : IPrognosisModel
{
    private const string ModelEntry = "model";
    private const string ScalerEntry = "scaler.safetensors";

    private readonly IPrognosisModel _model;
    private readonly Imputation _imputation;
    private readonly int[]? _columns;

    /// <summary>Puts a scaler before a model.</summary>
    /// <param name="model">A model that reads rows.</param>
    /// <param name="imputation">What a missing value becomes; a sampler that measures distances takes none.</param>
    /// <param name="columns">The columns to standardize; all when null.</param>
    /// <exception cref="ArgumentException">The model reads time series.</exception>
    public ScaledAfterSampling(IPrognosisModel model, Imputation imputation = Imputation.Median, IReadOnlyList<int>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Reads != SampleForm.Rows)
            Throw.Argument_Invalid(nameof(model), $"'{model.Name}' reads time series; rows are standardized after sampling, hours before.");
        (_model, _imputation, _columns) = (model, imputation, columns is null ? null : [.. columns]);
    }

    /// <inheritdoc/>
    public string Name => _model.Name;

    /// <inheritdoc/>
    public SampleForm Reads => SampleForm.Rows;

    /// <inheritdoc/>
    /// <remarks>That of the model: each fit of <see cref="FitMany"/> may start from the one before where the model's own may.</remarks>
    public bool FitsAlone => _model.FitsAlone;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Settings =>
    [
        .. _model.Settings,
        new("standardized", "after sampling"),
        new("standardized columns", _columns is null ? "all" : string.Join(' ', _columns.Select(static column => column.ToString(CultureInfo.InvariantCulture)))),
        new("imputation", _imputation.ToString()),
    ];

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A column to standardize is outside the samples.</exception>
    public IFittedModel Fit(TrainingTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var cancellation = task.Compute.CancellationToken;
        var scaler = FeatureScaler.Fit(RowsOf(task.Train.Rows, task.Plan, task.Compute), _imputation, cancellation);
        if (_columns is not null)
            scaler = scaler.Only(_columns);
        var fitted = _model.Fit(task with
        {
            Train = Transform(scaler, task.Train),
            Validation = task.Validation is { } validation ? Transform(scaler, validation) : null,
            Start = (task.Start as Fitted)?.Model,
        });
        return new Fitted(fitted, scaler);
    }

    /// <inheritdoc/>
    public IEnumerable<IFittedModel> FitMany(TrainingTask task, IReadOnlyList<ResamplingPlan> plans)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(plans);
        IFittedModel? last = null;
        // Each plan has a scaler of its own, so that passes cannot be shared.
        foreach (var plan in plans)
            yield return last = Fit(task with { Plan = plan, Start = FitsAlone ? null : last, CheckpointFile = null });
    }

    /// <inheritdoc/>
    public IFittedModel Load(string path)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Extract(path, folder.FullName);
            return new Fitted(_model.Load(Path.Combine(folder.FullName, ModelEntry)), FeatureScaler.Load(Path.Combine(folder.FullName, ScalerEntry)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Extract(string path, string folder)
    {
        using var stream = RegularFile.Open(path);
        try
        {
            using var archive = new ZipArchive(stream);
            foreach (var name in new[] { ModelEntry, ScalerEntry })
            {
                if (archive.GetEntry(name) is not { } entry)
                    throw new InvalidDataException($"there is no '{name}' in it.");
                entry.ExtractToFile(Path.Combine(folder, name));
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            Throw.InvalidData_File(path, $"this is no model with its scaler: {error.Message}");
        }
    }

    private static LabeledSamples Transform(FeatureScaler scaler, LabeledSamples samples) =>
        new(samples.Labels, scaler.Transform(samples.Rows), samples.HaveSequences ? samples.Sequences : null, samples.Groups, samples.Clusters);

    /// <summary>Returns the rows of a plan, each as often as it is used, then those that it makes.</summary>
    private static SampleMatrix RowsOf(SampleMatrix rows, ResamplingPlan? plan, ComputeOptions compute)
    {
        if (plan is null)
            return rows;
        if (plan.SourceRowCount != rows.RowCount)
            Throw.Argument_LengthsDiffer(nameof(rows), rows.RowCount, "the plan", plan.SourceRowCount);
        var used = new List<long>();
        foreach (var (row, times) in plan.ToMultiplicities().Index())
            used.AddRange(Enumerable.Repeat((long)row, times));
        var observed = rows.SelectForSums(used.ToArray());
        return plan.Synthetic.IsEmpty ? observed : JoinedRows.Join(observed, plan.SyntheticRows(rows, compute));
    }

    /// <summary>A fitted model with the scaler of its training rows.</summary>
    /// <param name="Model">The model, which reads transformed samples.</param>
    /// <param name="Scaler">What transforms them.</param>
    public sealed record Fitted(IFittedModel Model, FeatureScaler Scaler) : IFittedModel
    {
        private static readonly DateTimeOffset s_noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

        /// <inheritdoc/>
        public ModelSummary Summary => Model.Summary;

        /// <inheritdoc/>
        public void Predict(LabeledSamples samples, Span<double> probabilities, ComputeOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(samples);
            Model.Predict(Transform(Scaler, samples), probabilities, options);
        }

        /// <inheritdoc/>
        public IReadOnlyList<double>? ClusteredErrors(LabeledSamples training, ComputeOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(training);
            return Model.ClusteredErrors(Transform(Scaler, training), options);
        }

        /// <inheritdoc/>
        /// <remarks>A zip file, not compressed, of the model's own file and the scaler's.</remarks>
        public void Save(string path)
        {
            var folder = Directory.CreateTempSubdirectory();
            try
            {
                var (model, scaler) = (Path.Combine(folder.FullName, ModelEntry), Path.Combine(folder.FullName, ScalerEntry));
                Model.Save(model);
                Scaler.Save(scaler);
                using var file = new PendingFile(path);
                using (var archive = new ZipArchive(file.Stream, ZipArchiveMode.Create, leaveOpen: true))
                {
                    foreach (var part in new[] { model, scaler })
                    {
                        var entry = archive.CreateEntry(Path.GetFileName(part), CompressionLevel.NoCompression);
                        // The same model makes the same file.
                        entry.LastWriteTime = s_noTime;
                        using var source = File.OpenRead(part);
                        using var target = entry.Open();
                        source.CopyTo(target);
                    }
                }

                file.Commit();
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }
}
