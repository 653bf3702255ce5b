using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Networks;
using Engine.Prognosis;

namespace Engine.Interop;

/// <summary>A network and how it is trained: a multilayer perceptron over rows, or an LSTM over hours.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeNetwork
{
    public ulong Seed;
    public double LearningRate;

    /// <summary>The share of units that is dropped: after every hidden layer, or of the last state of an LSTM.</summary>
    public double Dropout;

    /// <summary>The share of inputs that every layer of an LSTM drops.</summary>
    public double InputDropout;

    /// <summary>The deviation that the weights of a perceptron start from.</summary>
    public double InitialDeviation;

    /// <summary>The units of each hidden layer.</summary>
    public int* Units;
    public int LayerCount;

    /// <summary>How many layers of an LSTM, from the first on, read the hours both ways.</summary>
    public int BothWaysCount;

    /// <summary>The hours of a sample, whose row has them one after the other; 0 for a perceptron.</summary>
    public int HourCount;

    /// <summary>Whether the gates of an LSTM are hard sigmoids.</summary>
    public int HasHardGates;
    public int Epochs;
    public int BatchSize;

    /// <summary>The epochs without a lower validation loss after which training ends; 0 for never.</summary>
    public int Patience;

    /// <summary>An <see cref="Engine.Networks.EpochChoice"/>.</summary>
    public int EpochChoice;

    private readonly bool IsPerceptron => HourCount == 0;

    private readonly MlpArchitecture Perceptron => new() { HiddenUnits = NativeArrays.CopyOf(Units, LayerCount), Dropout = Dropout, InitialDeviation = InitialDeviation };

    private readonly LstmArchitecture Recurrent
    {
        get
        {
            var (bothWays, inputDropout) = (BothWaysCount, InputDropout);
            return new()
            {
                Layers = [.. NativeArrays.CopyOf(Units, LayerCount).Select((units, layer) => new LstmLayer(units) { IsBidirectional = layer < bothWays, InputDropout = inputDropout })],
                OutputDropout = Dropout,
                Gates = HasHardGates != 0 ? GateActivation.HardSigmoid : GateActivation.Sigmoid,
            };
        }
    }

    /// <summary>Ensures that a caller has as much room as there are parameters.</summary>
    public static void EnsureCount(int given, int needed)
    {
        if (given != needed)
            Throw.ArgumentOutOfRange("parameterCount", given, $"{needed:N0} parameters, which this network has; use the Python package that came with this engine");
    }

    /// <summary>Returns the model that is to be fitted.</summary>
    public readonly IPrognosisModel ToModel()
    {
        var training = new TrainingSettings
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            LearningRate = LearningRate,
            Patience = Patience == 0 ? null : Patience,
            EpochChoice = (EpochChoice)EpochChoice,
        };
        return IsPerceptron ? new Mlp { Architecture = Perceptron, Training = training } : new Lstm { Architecture = Recurrent, Training = training };
    }

    /// <summary>Makes a fitted model of the parameters that a caller kept.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="columnCount">The columns of a sample's row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer parameters or more.</exception>
    public readonly IFittedModel Restore(float[] parameters, int columnCount)
    {
        if (IsPerceptron)
        {
            var shape = new MlpShape(Perceptron, columnCount);
            EnsureCount(parameters.Length, shape.ParameterCount);
            return new Mlp.Fitted(shape, parameters, [], new ModelSummary("mlp"));
        }

        var layout = new LstmLayout(Recurrent, columnCount / HourCount);
        EnsureCount(parameters.Length, layout.ParameterCount);
        return new Lstm.Fitted(layout, parameters, [], new ModelSummary("lstm"));
    }

    /// <summary>Returns samples as the model reads them.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="labels">n labels.</param>
    public readonly LabeledSamples SamplesOf(SampleMatrix rows, Labels labels) =>
        IsPerceptron ? new(labels, rows) : new(labels, sequences: SequenceSamples.FromFlat(rows, HourCount));
}

/// <summary>Entry points of the networks. A fit is its numbers: the caller keeps them, and there is nothing to close.</summary>
internal static unsafe class NetworkEntries
{
    /// <summary>Trains a network.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="network">What to train, and how.</param>
    /// <param name="samples">n rows.</param>
    /// <param name="labels">n bytes, 0 or 1.</param>
    /// <param name="weights">n weights, or null.</param>
    /// <param name="validation">m rows that choose the epoch, or null.</param>
    /// <param name="validationLabels">m bytes, or null.</param>
    /// <param name="parameters">Receives the parameters, tensor after tensor as in files.</param>
    /// <param name="parameterCount">Their number.</param>
    /// <param name="losses">Receives epochs x (training loss, validation loss); NaN where there is none.</param>
    /// <param name="epochCount">Receives the number of epochs that were run.</param>
    /// <param name="chosenEpoch">Receives the one whose parameters these are, from 1.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int Fit(
        NativeCall* call,
        NativeNetwork* network,
        NativeMatrix* samples,
        byte* labels,
        double* weights,
        NativeMatrix* validation,
        byte* validationLabels,
        float* parameters,
        int parameterCount,
        double* losses,
        int* epochCount,
        int* chosenEpoch) =>
        NativeCall.Run(call, compute =>
        {
            var fitted = network->ToModel().Fit(new TrainingTask(SamplesOf(network, samples, labels))
            {
                Validation = validation is null ? null : SamplesOf(network, validation, validationLabels),
                SampleWeights = NativeArrays.CopyOf(weights, samples->RowCount),
                Seed = network->Seed,
                Compute = compute,
            });
            var values = fitted is Mlp.Fitted perceptron ? perceptron.Parameters : ((Lstm.Fitted)fitted).Parameters;
            NativeNetwork.EnsureCount(parameterCount, values.Length);
            values.CopyTo(new Span<float>(parameters, parameterCount));
            foreach (var (epoch, report) in fitted.Summary.Epochs.Index())
                (losses[2 * epoch], losses[(2 * epoch) + 1]) = (report.TrainingLoss, report.ValidationLoss ?? double.NaN);
            (*epochCount, *chosenEpoch) = (fitted.Summary.Epochs.Count, fitted.Summary.ChosenEpoch!.Value);
        });

    /// <summary>Predicts rows.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="network">What was trained.</param>
    /// <param name="samples">n rows.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="parameterCount">Their number.</param>
    /// <param name="probabilities">Receives n probabilities of class 1.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int Predict(NativeCall* call, NativeNetwork* network, NativeMatrix* samples, float* parameters, int parameterCount, double* probabilities) =>
        NativeCall.Run(call, compute =>
        {
            var fitted = network->Restore(NativeArrays.CopyOf(parameters, parameterCount), samples->ColumnCount);
            var destination = NativeArrays.SpanOf(probabilities, samples->RowCount);
            // Predictions look at no label.
            fitted.Predict(network->SamplesOf(samples->Wrap(), Labels.From(new byte[destination.Length])), destination, compute);
        });

    private static LabeledSamples SamplesOf(NativeNetwork* network, NativeMatrix* rows, byte* labels) =>
        network->SamplesOf(rows->Wrap(), NativeArrays.LabelsOf(labels, rows->RowCount));
}
