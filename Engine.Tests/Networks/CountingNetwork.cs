using Engine.Networks;

namespace Engine.Tests.Networks;

/// <summary>A network of a few parameters that writes down its batches, and does as a test wants.</summary>
internal sealed class CountingNetwork(int parameterCount = 2) : ITrainedNetwork
{
    private readonly float[] _parameters = new float[parameterCount];

    public Span<float> Parameters => _parameters;

    public List<long[]> Batches { get; } = [];

    public Func<long, float> GradientOf { get; init; } = static _ => 1;

    public Func<long, double> LossOf { get; init; } = static _ => 1;

    /// <summary>Fills the probabilities after an epoch, from 1.</summary>
    public Action<int, double[]> Validation { get; init; } = static (_, probabilities) => Array.Fill(probabilities, 0.5);

    public int Validations { get; private set; }

    public double ComputeGradient(ReadOnlySpan<BatchSample> batch, long step, Span<float> gradient)
    {
        Assert.Equal(Batches.Count, step - FirstStep);
        Batches.Add([.. batch.ToArray().Select(sample => sample.Row)]);
        gradient.Fill(GradientOf(step));
        return LossOf(step) * batch.ToArray().Sum(sample => sample.Weight);
    }

    public long FirstStep { get; init; }

    public void PredictValidation(Span<double> probabilities)
    {
        var values = new double[probabilities.Length];
        Validation(++Validations, values);
        values.CopyTo(probabilities);
    }

    public void Dispose()
    {
    }
}
