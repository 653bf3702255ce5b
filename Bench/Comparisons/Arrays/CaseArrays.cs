using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>What is searched and what searches.</summary>
/// <param name="Reference">n x p, finite, in memory of its own.</param>
/// <param name="Queries">m x p, finite, in memory of their own.</param>
/// <param name="OwnRows">For every query the reference row that it is, which it must not find; null when no query is a row of the reference.</param>
internal sealed record CaseArrays(SampleMatrix Reference, SampleMatrix Queries, long[]? OwnRows = null)
{
    /// <summary>Gets the bytes of the reference's values, padding left out.</summary>
    public long ReferenceBytes => BytesOf(Reference);

    /// <summary>Gets the bytes of the queries' values, padding left out.</summary>
    public long QueryBytes => BytesOf(Queries);

    private static long BytesOf(SampleMatrix samples) => samples.RowCount * samples.FeatureCount * sizeof(float);
}

/// <summary>How large the arrays of a case are.</summary>
/// <param name="Rows">Rows, of the reference where there are queries; 1 or more.</param>
/// <param name="Queries">Queries; 0 where there are none or their number follows from the data.</param>
internal readonly record struct ArraySize(int Rows, int Queries = 0);

/// <summary>A case cannot be run here. The message is the reason that the tables show.</summary>
internal sealed class CaseUnavailableException(string reason) : Exception(reason);
