using System.Diagnostics;
using Engine.Collectives;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Metrics;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>Trains a network: batches, gradients, Adam, validation after every epoch, checkpoints, the choice of an epoch.</summary>
/// <remarks>
/// <para><b>Determinism</b>: the same bits for any number of threads and ranks and at any SIMD level, and whether a training was stopped and went on from its checkpoint or not.</para>
/// <para><b>Ranks</b>: every rank takes the same steps with the same bits. The first reads and writes the checkpoint; all stop together where one is told to.</para>
/// <para><b>Cost</b>: beside the network, 3 x 4 bytes a parameter, 4 bytes a place of the epoch, and the parameters of epochs that may still be chosen: one to three,
/// or with <see cref="EpochChoice.BestOfRange"/> those of every epoch since the first of the best three.</para>
/// </remarks>
internal sealed class NetworkTrainer : IDisposable
{
    /// <summary>How far a probability is kept from 0 and 1 in the validation loss, as Keras does.</summary>
    private const double LossMargin = 1e-7;

    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(250);

    private readonly NetworkTraining _training;
    private readonly TrainingSettings _settings;
    private readonly BatchOrder _batches;
    private readonly Adam<float> _adam;
    private readonly NativeBuffer<float> _gradient;
    private readonly double[] _probabilities;
    private readonly Subgroups? _groups;
    private readonly Dictionary<string, string>? _identity;
    private readonly List<EpochReport> _history = [];
    private readonly Dictionary<int, float[]> _kept = [];
    private long _lastProgress = Stopwatch.GetTimestamp();
    private long _lastCheckpoint = Stopwatch.GetTimestamp();

    private NetworkTrainer(NetworkTraining training)
    {
        (_training, _settings) = (training, training.Settings);
        TrainingChecks.Check(training);
        _batches = new BatchOrder(training.Samples, training.Lengths, _settings, training.Seed);
        _adam = new Adam<float>(training.Network.Parameters.Length, _settings);
        _gradient = new NativeBuffer<float>(training.Network.Parameters.Length);
        _probabilities = new double[training.ValidationLabels?.Count ?? 0];
        if (training.ValidationLabels is { } labels)
        {
            _groups = new Subgroups(labels.Count);
            _groups.Add("all", RowMask.All(labels.Count));
            if (training.ValidationGroup is { } group)
                _groups.Add("group", group);
        }

        _identity = training.CheckpointFile is null ? null : TrainingCheckpoint.IdentityOf(training);
    }

    private EpochChoice Choice => _training.ValidationLabels is null ? EpochChoice.Last : _settings.EpochChoice;

    private unsafe Span<float> Gradient => new(_gradient.Pointer, (int)_gradient.Length);

    /// <summary>Trains.</summary>
    /// <param name="training">What, on what, and how.</param>
    /// <returns>The epochs and the one that was chosen, whose parameters the network then has.</returns>
    /// <exception cref="ArgumentException">A setting is out of its range, or the validation samples lack what the epoch is chosen by.</exception>
    /// <exception cref="InvalidDataException">The checkpoint cannot be read, or is of another training; the message says what differs.</exception>
    /// <exception cref="InvalidOperationException">A loss or a gradient is not finite; the message names epoch, batch and largest gradient, and the checkpoint stays as it was after the last epoch.</exception>
    /// <exception cref="OperationCanceledException">Training was stopped; it goes on from its checkpoint.</exception>
    public static TrainingResult Train(NetworkTraining training)
    {
        using var trainer = new NetworkTrainer(training);
        return trainer.Train();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _adam.Dispose();
        _gradient.Dispose();
    }

    private TrainingResult Train()
    {
        Resume();
        while (_history.Count < _settings.Epochs && !IsOutOfPatience())
        {
            var report = Validate(new EpochReport(_history.Count + 1, TrainEpoch(_history.Count)));
            _history.Add(report);
            KeepParameters(report.Epoch);
            if (_history.Count == _settings.Epochs || IsOutOfPatience() || Stopwatch.GetElapsedTime(_lastCheckpoint) >= _training.CheckpointInterval)
                WriteCheckpoint();
            Tell(report.Epoch, _batches.SamplesIn(report.Epoch - 1), isDue: true);
        }

        var chosen = EpochChooser.Choose(Choice, _history);
        if (chosen != _history.Count)
            _kept[chosen].CopyTo(_training.Network.Parameters);
        return new TrainingResult(_history, chosen);
    }

    private double TrainEpoch(int epoch)
    {
        var (loss, weight, done) = (new CompensatedSum(), new CompensatedSum(), 0L);
        var firstStep = (long)epoch * _batches.BatchesPerEpoch;
        var fetchedEnd = firstStep;
        for (var batch = 0; batch < _batches.BatchesPerEpoch; batch++)
        {
            var step = firstStep + batch;
            if (_training.Ranks is null)
                _training.Compute.CancellationToken.ThrowIfCancellationRequested();
            if (step == fetchedEnd)
            {
                StopTogether();
                fetchedEnd = _training.Network.Fetch(_batches, step, Math.Min(firstStep + _batches.BatchesPerEpoch, _batches.EndOfPass(step)));
            }

            var samples = _batches[step];
            var batchLoss = _training.Network.ComputeGradient(samples, step, Gradient);
            if (!_adam.Step(_training.Network.Parameters, Gradient, step) || !double.IsFinite(batchLoss))
                ThrowDiverged(epoch, batch, batchLoss);
            loss.Add(batchLoss);
            foreach (ref readonly var sample in samples)
                weight.Add(sample.Weight);
            done += samples.Length;
            Tell(epoch + 1, done, isDue: false);
        }

        return loss.Value / weight.Value;
    }

    /// <summary>Stops every rank where one is told to stop: one that went on would wait for it.</summary>
    private void StopTogether()
    {
        var token = _training.Compute.CancellationToken;
        if (_training.Ranks is { } ranks && ranks.GatherOne(token.IsCancellationRequested).AsSpan().Contains(true))
            throw new OperationCanceledException("training was stopped on a rank, and so on all.", token);
    }

    private EpochReport Validate(EpochReport report)
    {
        if (_training.ValidationLabels is not { } labels)
            return report;
        _training.Network.PredictValidation(_probabilities);
        var loss = new CompensatedSum();
        for (var i = 0; i < _probabilities.Length; i++)
        {
            if (double.IsNaN(_probabilities[i]))
                Throw.InvalidOperation($"training diverged: after epoch {report.Epoch:N0} the probability of validation sample {i:N0} is not a number; lower the learning rate, or scale the features.{CheckpointHint()}");
            var ofLabel = labels[i] != 0 ? _probabilities[i] : 1 - _probabilities[i];
            loss.Add(-PortableMath.Log(Math.Clamp(ofLabel, LossMargin, 1 - LossMargin)));
        }

        var table = SubgroupMetrics.Compute<double>(_probabilities, labels, _groups!, maxThreadCount: _training.Compute.MaxDegreeOfParallelism);
        var (all, group) = (table.Rows[0].Metrics, table.Rows.Count > 1 ? table.Rows[1].Metrics : null);
        report = report with
        {
            ValidationLoss = loss.Value / _probabilities.Length,
            BalancedAccuracy = all.BalancedAccuracy,
            TrapezoidPrC1 = all.TrapezoidPrC1,
            Auroc = all.Auroc,
            GroupBalancedAccuracy = group?.BalancedAccuracy,
            GroupTrapezoidPrC1 = group?.TrapezoidPrC1,
        };
        return report;
    }

    private bool IsOutOfPatience()
    {
        if (_settings.Patience is not { } patience || _history.Count == 0)
            return false;
        return _history.Count - EpochChooser.Choose(EpochChoice.LowestValidationLoss, _history) >= patience;
    }

    private void KeepParameters(int epoch)
    {
        if (Choice != EpochChoice.Last)
            _kept[epoch] = _training.Network.Parameters.ToArray();
        foreach (var other in _kept.Keys.ToArray())
        {
            if (!EpochChooser.MayBeChosen(Choice, _history, other))
                _kept.Remove(other);
        }
    }

    private void Resume()
    {
        if (_training.CheckpointFile is not { } path || ReadCheckpoint(path) is not { } checkpoint)
            return;
        if (checkpoint.History.Count > _settings.Epochs)
            Throw.InvalidData_File(path, $"the checkpoint is of {checkpoint.History.Count:N0} epochs where {_settings.Epochs:N0} are asked for; delete it, or name another file.");
        checkpoint.Parameters.CopyTo(_training.Network.Parameters);
        checkpoint.Means.CopyTo(_adam.FirstMoments);
        checkpoint.Squares.CopyTo(_adam.SecondMoments);
        _history.AddRange(checkpoint.History);
        foreach (var (epoch, parameters) in checkpoint.Kept)
            _kept[epoch] = parameters;
        if (EpochChooser.Choose(Choice, _history) is var chosen && chosen != _history.Count && !_kept.ContainsKey(chosen))
            Throw.InvalidData_File(path, $"the checkpoint lacks the parameters of epoch {chosen:N0}, which would be chosen; delete it, or name another file.");
    }

    private TrainingCheckpoint? ReadCheckpoint(string path)
    {
        var isReader = _training.Ranks is null or { Rank: 0 };
        var checkpoint = isReader && File.Exists(path) ? TrainingCheckpoint.Read(path, _identity!, _training.Network.Parameters.Length) : null;
        return _training.Ranks is { } ranks ? TrainingCheckpoint.OfFirstRank(ranks, path, checkpoint, _identity!, _training.Network.Parameters.Length) : checkpoint;
    }

    private void WriteCheckpoint()
    {
        if (_training.CheckpointFile is not { } path || _training.Ranks is { Rank: > 0 })
            return;
        new TrainingCheckpoint
        {
            Identity = _identity!,
            Parameters = _training.Network.Parameters.ToArray(),
            Means = _adam.FirstMoments.ToArray(),
            Squares = _adam.SecondMoments.ToArray(),
            History = _history,
            // The last epoch's are the parameters themselves.
            Kept = _kept.Where(pair => pair.Key != _history.Count).ToDictionary(),
        }.Write(path);
        _lastCheckpoint = Stopwatch.GetTimestamp();
    }

    private void Tell(int epoch, long samplesDone, bool isDue)
    {
        if (_training.Progress is not { } progress || (!isDue && Stopwatch.GetElapsedTime(_lastProgress) < s_progressInterval))
            return;
        _lastProgress = Stopwatch.GetTimestamp();
        progress.Report(new TrainingProgress(epoch, _settings.Epochs, samplesDone, _batches.SamplesIn(epoch - 1), _history.Count == 0 ? null : _history[^1]));
    }

    private void ThrowDiverged(int epoch, int batch, double loss)
    {
        var (largest, place, notFinite) = (-1f, 0, -1);
        for (var i = 0; i < Gradient.Length; i++)
        {
            if (!float.IsFinite(Gradient[i]))
                notFinite = notFinite < 0 ? i : notFinite;
            else if (Math.Abs(Gradient[i]) > largest)
                (largest, place) = (Math.Abs(Gradient[i]), i);
        }

        var gradient = largest < 0 ? "no gradient is finite" : $"the largest finite gradient is {largest} in {NameOf(place)}";
        if (notFinite >= 0)
            gradient = $"{NameOf(notFinite)} has a gradient of {Gradient[notFinite]}, {gradient}";
        Throw.InvalidOperation($"training diverged: in epoch {epoch + 1:N0}, batch {batch + 1:N0}, the loss is {loss}; {gradient}; lower the learning rate, or scale the features.{CheckpointHint()}");
    }

    private string CheckpointHint() => _training.CheckpointFile is { } path && File.Exists(path) ? $" The checkpoint {path} of an earlier epoch stays." : "";

    private string NameOf(int parameter) => _training.Tensors.LastOrDefault(tensor => tensor.Offset <= parameter)?.Name ?? "the parameters";
}
