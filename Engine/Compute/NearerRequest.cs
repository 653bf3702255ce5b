using Engine.Data;

namespace Engine.Compute;

/// <summary>A question to an index, checked: do enough rows come before a limit of each query, in the order of (distance, row index)?</summary>
/// <param name="Queries">The searching rows, m x p.</param>
/// <param name="Rows">For each query a row of the reference that is not counted, such as the query itself; m rows.</param>
/// <param name="LimitDistances">The distance of each limit, L2 squared; m values.</param>
/// <param name="LimitRows">The row of each limit: of rows as far, lower ones come before it; m rows.</param>
public sealed record NearerRequest(SampleMatrix Queries, ReadOnlyMemory<long> Rows, ReadOnlyMemory<float> LimitDistances, ReadOnlyMemory<long> LimitRows)
{
    /// <summary>Gets what L2 differences are multiplied by; limits are then sums of scaled squares.</summary>
    public DistanceScale Scale { get; init; }
}
