using System.Text.Json.Serialization;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Equality;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;
using Engine.Numerics.Distances;

namespace Bench.Comparisons;

/// <summary>Everything that is known of a case after its measurement.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Data">What its rows are.</param>
/// <param name="Metric">The distance.</param>
/// <param name="NeighborCount">k.</param>
internal sealed record CaseResult(
    string Name,
    string Data,
    [property: JsonConverter(typeof(JsonStringEnumConverter<Metric>))] Metric Metric,
    int NeighborCount)
{
    /// <summary>Gets why the case was not run; null when it was.</summary>
    public string? Skipped { get; init; }

    /// <summary>Gets the rows of the reference; those planned when the case was not run.</summary>
    public long RowCount { get; init; }

    /// <summary>Gets the queries, likewise; 0 where their number follows from data that are absent.</summary>
    public long QueryCount { get; init; }

    /// <summary>Gets the columns; 0 when the case was not run.</summary>
    public int FeatureCount { get; init; }

    /// <summary>Gets the bytes of the reference; 0 when the case was not run.</summary>
    public long ReferenceBytes { get; init; }

    /// <summary>Gets the engine's times; null when the case was not run.</summary>
    public EngineMeasurement? Engine { get; init; }

    /// <summary>Gets whether the engine's result is right; null when the case was not run.</summary>
    public EqualityResult? Equality { get; init; }

    /// <summary>Gets the rivals, measured or not.</summary>
    public IReadOnlyList<RivalResult> Rivals { get; init; } = [];

    /// <summary>Gets what was asked of the engine.</summary>
    public IReadOnlyList<BarOutcome> Bars { get; init; } = [];

    /// <summary>Gets how far the process grew over the reference, as a share of it; null where this is not known.</summary>
    public double? ExtraMemoryShare => ReferenceBytes == 0 ? null : (double?)Engine?.PeakGrowthBytes / ReferenceBytes;

    /// <summary>Returns how many times as long a rival takes as the engine; null unless both were measured and the engine is right.</summary>
    /// <param name="rival">One of <see cref="Rivals"/>.</param>
    public double? RatioOf(RivalResult rival) => Equality is { Holds: true } ? rival.Median?.Total / Engine!.Median.Total : null;

    /// <summary>Describes a case that was not run.</summary>
    public static CaseResult Without(NeighborCase planned, string reason) => Of(planned) with { Skipped = reason };

    /// <summary>Describes a case whose arrays are there.</summary>
    public static CaseResult Of(NeighborCase planned, CaseArrays arrays) => Of(planned) with
    {
        RowCount = arrays.Reference.RowCount,
        QueryCount = arrays.Queries.RowCount,
        FeatureCount = arrays.Reference.FeatureCount,
        ReferenceBytes = arrays.ReferenceBytes,
    };

    private static CaseResult Of(NeighborCase planned) =>
        new(planned.Name, planned.Data.Description, planned.Metric, planned.NeighborCount) { RowCount = planned.Size.Rows, QueryCount = planned.Size.Queries };
}
