using System.Diagnostics;
using Bench.Kernels;
using Engine.Data;
using Engine.Prognosis;

namespace Bench.Devices;

/// <summary>Networks on a device beside the managed ones: the same samples, first weights, draws and steps.</summary>
/// <param name="onDevice">Makes the device's twin of a managed network.</param>
internal sealed class NetworkChecks(Func<IPrognosisModel, IPrognosisModel> onDevice)
{
    private const int Epochs = 2;

    /// <summary>Probabilities of the same weights, which float32 computes in another order.</summary>
    private const double ProbabilityError = 1e-5;

    /// <summary>Mean losses of an epoch: small differences grow from step to step.</summary>
    private const double LossError = 1e-3;

    /// <summary>Trains a multilayer perceptron on encoded rows.</summary>
    public DeviceCheck Perceptron(int rowCount, int batchSize) => Train(
        $"{Epochs} epochs of a perceptron, {rowCount:N0} x {NetworkData.EncodedColumns:N0}, batches of {batchSize:N0}",
        new Mlp { Training = new() { Epochs = Epochs, BatchSize = batchSize } },
        NetworkData.EncodedRows(rowCount));

    /// <summary>Trains an LSTM on stays of 48 hours.</summary>
    public DeviceCheck Lstm(int stayCount, int batchSize) => Train(
        $"{Epochs} epochs of an LSTM, {stayCount:N0} stays of 48 hours, batches of {batchSize:N0}",
        new Lstm { Training = new() { Epochs = Epochs, BatchSize = batchSize } },
        NetworkData.Stays(stayCount, 48, 48));

    private DeviceCheck Train(string work, IPrognosisModel managed, LabeledSamples samples)
    {
        var twin = onDevice(managed);
        var task = new TrainingTask(samples) { Seed = 7 };
        // Once for what libtorch loads and compiles.
        twin.Fit(task);
        var (onTwin, deviceSeconds) = Time(() => twin.Fit(task));
        var (onProcessor, processorSeconds) = Time(() => managed.Fit(task));
        var haveSameLosses = onTwin.Summary.Epochs.Zip(onProcessor.Summary.Epochs).All(epoch => Math.Abs(epoch.First.TrainingLoss - epoch.Second.TrainingLoss) <= LossError);
        return new DeviceCheck(
            work, $"losses within {LossError:G1}, probabilities of the same weights within {ProbabilityError:G1}",
            haveSameLosses && onTwin.Summary.Epochs.Count == Epochs && HaveSameProbabilities(twin, onProcessor, samples), deviceSeconds, processorSeconds);
    }

    private static bool HaveSameProbabilities(IPrognosisModel twin, IFittedModel managed, LabeledSamples samples)
    {
        var file = Path.GetTempFileName();
        try
        {
            managed.Save(file);
            double[] expected = new double[samples.Count], actual = new double[samples.Count];
            managed.Predict(samples, expected);
            twin.Load(file).Predict(samples, actual);
            return expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) <= ProbabilityError);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (T Result, double Seconds) Time<T>(Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        var result = work();
        return (result, clock.Elapsed.TotalSeconds);
    }
}
