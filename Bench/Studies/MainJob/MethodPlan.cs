using System.Diagnostics;
using Engine.Compute;
using Engine.Data;
using Engine.Resampling;

namespace Bench.Studies.MainJob;

/// <summary>The plan of each method that makes one from rows and labels alone, to 1:1, with the options of the main job.</summary>
internal static class MethodPlan
{
    /// <summary>Plans.</summary>
    /// <param name="method">A name of <see cref="ResamplingMethod"/>, neither random undersampling, which has several plans, nor DP, which has a group.</param>
    /// <param name="samples">The training rows.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="options">Seed and number of neighbors.</param>
    /// <param name="cancellation">Stops searches.</param>
    public static ResamplingPlan Of(string method, SampleMatrix samples, Labels labels, MainJobOptions options, CancellationToken cancellation)
    {
        var (seed, k, backend) = (options.Seed, options.NeighborCount, options.Backend);
        var compute = new ComputeOptions { CancellationToken = cancellation };
        var smote = new Smote { Seed = seed, NeighborCount = k, Backend = backend, Compute = compute };
        return method switch
        {
            ResamplingMethod.None => ResamplingPlan.KeepAll(labels.Count),
            ResamplingMethod.RandomOver => new RandomOver { Seed = seed }.Plan(labels),
            ResamplingMethod.Smote => smote.Plan(samples, labels),
            ResamplingMethod.Adasyn => new Adasyn { Seed = seed, NeighborCount = k, Backend = backend, Compute = compute }.Plan(samples, labels),
            ResamplingMethod.Gamma => new GammaSampler { Seed = seed, Backend = backend, Compute = compute }.Plan(samples, labels),
            ResamplingMethod.NearMiss1 => new NearMiss { Version = 1, Backend = backend, Compute = compute }.Plan(samples, labels),
            ResamplingMethod.NearMiss2 => new NearMiss { Version = 2, Backend = backend, Compute = compute }.Plan(samples, labels),
            ResamplingMethod.NearMiss3 => new NearMiss { Version = 3, Backend = backend, Compute = compute }.Plan(samples, labels),
            ResamplingMethod.Distant => new Distant { Backend = backend, Compute = compute }.Plan(samples, labels),
            ResamplingMethod.BorderlineSmote => new BorderlineSmote { Seed = seed, NeighborCount = k, Backend = backend, Compute = compute }.Plan(samples, labels),
            ResamplingMethod.Tomek => new TomekLinks { Backend = backend, Compute = compute }.Plan(samples, labels),
            ResamplingMethod.EditedNearest => new EditedNearestNeighbors { Backend = backend, Compute = compute }.Plan(samples, labels),
            ResamplingMethod.SmoteTomek => new SmoteTomek { Smote = smote, Cleaning = new() { Classes = CleanedClasses.Both, Backend = backend, Compute = compute } }.Plan(samples, labels),
            ResamplingMethod.SmoteEnn => new SmoteEnn { Smote = smote, Cleaning = new() { Classes = CleanedClasses.Both, Backend = backend, Compute = compute } }.Plan(samples, labels),
            _ => throw new UnreachableException(method),
        };
    }
}
