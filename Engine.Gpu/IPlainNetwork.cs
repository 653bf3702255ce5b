namespace Engine.Gpu;

/// <summary>A network on libtorch as a user of libtorch writes it, over prepared batches: what the managed networks are measured against.</summary>
internal interface IPlainNetwork : IDisposable
{
    /// <summary>Trains on every batch once.</summary>
    void TrainEpoch();

    /// <summary>Gives each sample a probability of class 1.</summary>
    /// <param name="probabilities">Receives n values.</param>
    void Predict(Span<double> probabilities);
}
