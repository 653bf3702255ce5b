using BenchmarkDotNet.Attributes;
using Engine.Data;
using Engine.Gpu;
using Engine.Networks;
using Engine.Prognosis;

namespace Bench.Kernels;

/// <summary>Epochs of a managed network beside as many of libtorch's own layers: the same samples, shapes, batches and precision.</summary>
/// <remarks>
/// The managed side is a whole fit: reading, shuffling, gradients, Adam. The other side has its batches in padded tensors before the clock runs. Both start from the same weights, and give the same
/// probabilities with them, which is checked first. Gates are sigmoid on both sides: nn.LSTM has no other.
/// </remarks>
public abstract class NetworkKernels
{
    /// <summary>Epochs of a measurement: what is done once, such as reading rows, weighs no more than in a training.</summary>
    private protected const int Epochs = 5;

    private LabeledSamples _samples = null!;
    private IPrognosisModel _managed = null!;
    private IFittedModel _start = null!;
    private IPlainNetwork? _plain;

    /// <summary>Makes the samples and both networks.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        (_samples, _managed, var settings) = Create();
        _start = _managed.Fit(new TrainingTask(_samples));
        if (Accelerators.WhyNoLibTorch() is not null)
            return;
        _plain = Accelerators.PlainOnLibTorch(_start, _samples, settings);
        NetworkData.RequireEqual(_start, probabilities => _plain.Predict(probabilities), _samples);
    }

    /// <summary>Ends libtorch's side.</summary>
    [GlobalCleanup]
    public void End() => _plain?.Dispose();

    /// <summary>Gets whether probabilities are timed, and not training.</summary>
    private protected virtual bool Predicts => false;

    /// <summary>libtorch.</summary>
    [Benchmark(Baseline = true)]
    public void LibTorch()
    {
        if (Predicts)
        {
            _plain!.Predict(new double[_samples.Count]);
            return;
        }

        for (var epoch = 0; epoch < Epochs; epoch++)
            _plain!.TrainEpoch();
    }

    /// <summary>The managed network.</summary>
    [Benchmark]
    public void Managed()
    {
        if (Predicts)
            _start.Predict(_samples, new double[_samples.Count]);
        else
            _managed.Fit(new TrainingTask(_samples));
    }

    /// <summary>Makes the samples, the managed network and its settings.</summary>
    private protected abstract (LabeledSamples Samples, IPrognosisModel Managed, TrainingSettings Settings) Create();

    private protected static LstmArchitecture WithSigmoidGates(LstmArchitecture architecture) => architecture with { Gates = GateActivation.Sigmoid };
}

/// <summary>In-hospital mortality: bidirectional 2 x 8, then 16, dropout .3; 1,024 stays of 48 hours.</summary>
public class LstmMortality : NetworkKernels
{
    /// <summary>Gets or sets the samples of a batch.</summary>
    [Params(8, 64)]
    public int BatchSize { get; set; }

    private protected override (LabeledSamples Samples, IPrognosisModel Managed, TrainingSettings Settings) Create()
    {
        var settings = new TrainingSettings { Epochs = Epochs, BatchSize = BatchSize };
        return (NetworkData.Stays(1024, 48, 48), new Lstm { Architecture = WithSigmoidGates(LstmArchitecture.PaperMortality), Training = settings }, settings);
    }
}

/// <summary>Decompensation prefix by prefix: 128 units; 192 prefixes of 100 to 200 hours, batches of 8 of similar length.</summary>
public class LstmDecompensation : NetworkKernels
{
    private protected override (LabeledSamples Samples, IPrognosisModel Managed, TrainingSettings Settings) Create()
    {
        var settings = new TrainingSettings { Epochs = Epochs, BatchSize = 8 };
        return (NetworkData.Stays(192, 100, 200), new Lstm { Architecture = WithSigmoidGates(LstmArchitecture.PaperDecompensation), Training = settings }, settings);
    }
}

/// <summary>The probabilities of 512 stays of 100 to 200 hours with 128 units; batches of 64 of similar length on libtorch.</summary>
public class LstmPrediction : NetworkKernels
{
    private protected override bool Predicts => true;

    private protected override (LabeledSamples Samples, IPrognosisModel Managed, TrainingSettings Settings) Create()
    {
        var settings = new TrainingSettings { Epochs = 1, BatchSize = 64 };
        return (NetworkData.Stays(512, 100, 200), new Lstm { Architecture = WithSigmoidGates(LstmArchitecture.PaperDecompensation), Training = settings }, settings);
    }
}

/// <summary>One-hot rows: 1,418 inputs of which one in twenty is 1, then 20-20, dropout .1; 16,384 rows.</summary>
public class MlpEncodedRows : NetworkKernels
{
    /// <summary>Gets or sets the samples of a batch.</summary>
    [Params(20, 4096)]
    public int BatchSize { get; set; }

    private protected override (LabeledSamples Samples, IPrognosisModel Managed, TrainingSettings Settings) Create()
    {
        var settings = new TrainingSettings { Epochs = Epochs, BatchSize = BatchSize };
        return (NetworkData.EncodedRows(16_384), new Mlp { Training = settings }, settings);
    }
}
