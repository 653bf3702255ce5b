using Engine.Compute;

namespace Engine.Tests.Compute;

/// <summary>What every backend must do; one derived class a backend runs all of it.</summary>
/// <remarks>Searches, distances and interpolations are compared by their bits, sums of an IRLS pass within a derived bound.</remarks>
public abstract partial class ComputeBackendContract
{
    protected abstract IComputeBackend Backend { get; }

    /// <summary>Gets the lengths of rows, and numbers of them, that are tried one by one: all around the widths of registers and blocks.</summary>
    protected virtual IEnumerable<int> Lengths => Enumerable.Range(1, 257);

    /// <summary>Gets the rows of hard data; more than 777.</summary>
    protected virtual int HardRowCount => 2600;

    /// <summary>Gets the rows of hard data with many columns.</summary>
    protected virtual int ManyColumnsRowCount => 4500;

    [Fact]
    public void Name_AnyBackend_IsNotEmpty() => Assert.NotEmpty(Backend.Name);

    private static ComputeOptions Cancelled { get; } = new() { CancellationToken = new CancellationToken(canceled: true) };
}
