using Engine.Compute.Search;
using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Compute;

/// <content>Nearest rows: see <see cref="SimdNeighborIndex"/>.</content>
public sealed partial class SimdBackend
{
    /// <inheritdoc/>
    public INeighborIndex IndexNeighbors(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(options);
        return SimdNeighborIndex.Build(reference, metric, rows, options);
    }
}
