using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Resampling;

/// <summary>A resampling method: which training rows a model sees, how often, and which are made.</summary>
public interface ISampler
{
    /// <summary>Plans the training rows.</summary>
    /// <param name="training">The rows with their labels; methods that look for neighbors want finite values.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null. No plan depends on it.</param>
    /// <returns>The plan; no row is copied or made yet.</returns>
    /// <exception cref="ArgumentException">The rows cannot support the method: a class is absent or too small, or a value is not finite.</exception>
    ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null);
}

/// <summary>Plans from a table and its labels.</summary>
public static class SamplerExtensions
{
    /// <summary>Plans the training rows of a table.</summary>
    /// <param name="sampler">The method.</param>
    /// <param name="samples">n x p.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="compute">How to use the machine; the processor, every core, when null.</param>
    /// <returns>The plan, as <see cref="ISampler.Plan"/> makes it.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or as for <see cref="ISampler.Plan"/>.</exception>
    public static ResamplingPlan Plan(this ISampler sampler, SampleMatrix samples, Labels labels, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != samples.RowCount)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Count, nameof(samples), samples.RowCount);
        return sampler.Plan(new LabeledSamples(labels, samples), compute);
    }
}
