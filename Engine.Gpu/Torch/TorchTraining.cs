using Engine.Networks;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>A network of libtorch over its training data, for the trainer of the managed networks: order, steps, epochs and checkpoints are theirs, gradients and probabilities libtorch's.</summary>
/// <remarks><b>Memory</b>: everything that a step makes on libtorch's side ends with the step.</remarks>
internal abstract class TorchTraining : ITrainedNetwork
{
    private readonly float[] _host;

    /// <summary>Makes the parameters, all 0.</summary>
    /// <param name="tensors">What they are.</param>
    /// <param name="device">Where libtorch computes.</param>
    /// <exception cref="AcceleratorException">There is no libtorch, or no such device.</exception>
    protected TorchTraining(IReadOnlyList<NetworkTensor> tensors, TorchDevice device)
    {
        Tensors = tensors;
        Values = new TorchParameters(tensors, TorchDevices.Open(device));
        _host = new float[Values.Count];
    }

    /// <summary>Gets what the parameters are.</summary>
    public IReadOnlyList<NetworkTensor> Tensors { get; }

    /// <inheritdoc/>
    public Span<float> Parameters => _host;

    /// <summary>Gets the parameters on libtorch's side.</summary>
    internal TorchParameters Values { get; }

    /// <inheritdoc/>
    public double ComputeGradient(ReadOnlySpan<BatchSample> batch, long step, Span<float> gradient)
    {
        using var scope = NewDisposeScope();
        Values.Load(_host);
        Values.ClearGradients();
        var (labels, weights) = (new float[batch.Length], new float[batch.Length]);
        for (var i = 0; i < batch.Length; i++)
            (labels[i], weights[i]) = (batch[i].Label, batch[i].Weight);
        var losses = nn.functional.binary_cross_entropy_with_logits(Logits(batch, step), OnDevice(labels), OnDevice(weights), nn.Reduction.Sum);
        (losses / batch.Length).backward();
        Values.StoreGradients(gradient);
        return losses.item<float>();
    }

    /// <inheritdoc/>
    public abstract void PredictValidation(Span<double> probabilities);

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();

    /// <summary>Takes the present parameters over and computes probabilities of class 1 without dropout.</summary>
    /// <param name="parts">The samples of each part, as places in <paramref name="probabilities"/>.</param>
    /// <param name="logits">Computes the logits of a part.</param>
    /// <param name="probabilities">Receives one value a sample.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    protected void Predict(IEnumerable<long[]> parts, Func<long[], Tensor> logits, Span<double> probabilities, CancellationToken cancellationToken)
    {
        using var still = no_grad();
        Values.Load(_host);
        foreach (var part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var values = logits(part).to(float64).sigmoid().cpu().data<double>().ToArray();
            foreach (var (i, sample) in part.Index())
                probabilities[(int)sample] = values[i];
        }
    }

    /// <summary>Computes the logits of a batch with dropout.</summary>
    protected abstract Tensor Logits(ReadOnlySpan<BatchSample> batch, long step);

    /// <summary>Copies values to the device.</summary>
    protected Tensor OnDevice(float[] values) => tensor(values, device: Values.Device);
}
