using Engine.Compute;

namespace Engine.Tests.Compute;

/// <summary>What every backend must do; one derived class a backend runs all of it.</summary>
/// <remarks>Searches, distances and interpolations are compared by their bits, sums of an IRLS pass within a derived bound.</remarks>
public abstract partial class ComputeBackendContract
{
    protected abstract IComputeBackend Backend { get; }

    [Fact]
    public void Name_AnyBackend_IsNotEmpty() => Assert.NotEmpty(Backend.Name);

    private static ComputeOptions Cancelled { get; } = new() { CancellationToken = new CancellationToken(canceled: true) };
}
