namespace Engine.Networks;

/// <summary>A tensor among the parameters of a network.</summary>
/// <param name="Name">The name in files, such as "lstm.0.forward.weight_ih".</param>
/// <param name="Shape">The lengths of its axes, outputs first.</param>
/// <param name="Offset">Where it starts among the parameters.</param>
public sealed record NetworkTensor(string Name, IReadOnlyList<int> Shape, int Offset)
{
    /// <summary>Gets the number of its values.</summary>
    public int Length { get; } = Shape.Aggregate(1, static (product, length) => checked(product * length));
}

/// <summary>One sample of a batch.</summary>
/// <param name="Row">The sample: a row of the training data, or beyond them the place of a row to be made.</param>
/// <param name="Weight">How much its loss counts.</param>
/// <param name="Label">Its class.</param>
internal readonly record struct BatchSample(long Row, float Weight, byte Label);

/// <summary>A network over its training data: what a trainer needs of it.</summary>
internal interface ITrainedNetwork : IDisposable
{
    /// <summary>Gets the parameters, tensor after tensor; the trainer changes them between gradients.</summary>
    Span<float> Parameters { get; }

    /// <summary>Fetches what the next steps read of other ranks; every rank fetches for the same steps.</summary>
    /// <param name="batches">All batches.</param>
    /// <param name="step">The step that is taken next.</param>
    /// <param name="endStep">The step before which to end.</param>
    /// <returns>The step after the last that can be taken now; <paramref name="endStep"/> where this process has all rows.</returns>
    long Fetch(BatchOrder batches, long step, long endStep) => endStep;

    /// <summary>Computes the gradient of the weighted loss of a batch, divided by the number of its samples.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="step">The number of the step from 0, by which dropout is drawn.</param>
    /// <param name="gradient">Receives one value a parameter; the same bits for any number of threads and SIMD level.</param>
    /// <returns>The sum over the batch of weight x loss.</returns>
    double ComputeGradient(ReadOnlySpan<BatchSample> batch, long step, Span<float> gradient);

    /// <summary>Gives each validation sample a probability of class 1 with the present parameters, without dropout.</summary>
    /// <param name="probabilities">Receives them.</param>
    void PredictValidation(Span<double> probabilities);
}
