using Engine.Compute.Irls;

namespace Engine.Compute;

/// <content>Passes of a fit: see <see cref="SimdFitRows"/>.</content>
public sealed partial class SimdBackend
{
    /// <inheritdoc/>
    public IFitRows PrepareFit(FitRequest request, ComputeOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        return new SimdFitRows(request, options);
    }
}
