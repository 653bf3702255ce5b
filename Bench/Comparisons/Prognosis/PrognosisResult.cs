using Bench.Comparisons.Cases;
using Bench.Comparisons.Prognosis.Cases;
using Bench.Comparisons.Prognosis.Measurement;
using Bench.Comparisons.Prognosis.Work;
using Bench.Comparisons.Resampling.Checks;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Prognosis;

/// <summary>Everything that is known of a case after its measurement.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">The work and its rows.</param>
/// <param name="RowCount">The rows.</param>
internal sealed record PrognosisResult(string Name, string Description, long RowCount)
{
    /// <summary>Gets why the case was not run; null when it was.</summary>
    public string? Skipped { get; init; }

    /// <summary>Gets the columns; 0 when the case was not run.</summary>
    public int FeatureCount { get; init; }

    /// <summary>Gets the bytes of the rows; 0 when the case was not run.</summary>
    public long DataBytes { get; init; }

    /// <summary>Gets the engine's times; null when the case was not run.</summary>
    public PrognosisMeasurement? Engine { get; init; }

    /// <summary>Gets whether the engine's result is right.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>Gets what was measured beside it: other ways of the engine, other libraries.</summary>
    public IReadOnlyList<RivalMeasurement> Rivals { get; init; } = [];

    /// <summary>Gets what was asked of the engine.</summary>
    public IReadOnlyList<BarOutcome> Bars { get; init; } = [];

    /// <summary>Gets how far the process grew, as a share of the data; null where this is not known.</summary>
    public double? ExtraMemoryShare => DataBytes == 0 ? null : (double?)Engine?.PeakGrowthBytes / DataBytes;

    /// <summary>Gets the first thing that is wrong; null when nothing is.</summary>
    public string? FirstDifference => Checks.FirstOrDefault(check => !check.Holds) is { } check ? $"{check.What}: {check.FirstDifference}" : null;

    /// <summary>Returns how many times as long another takes as the engine; null unless both were measured and the results agree.</summary>
    /// <param name="rival">One of <see cref="Rivals"/>.</param>
    public double? RatioOf(RivalMeasurement rival) => FirstDifference is null ? rival.Median / Engine?.Median : null;

    /// <summary>Describes a case that was not run.</summary>
    public static PrognosisResult Without(PrognosisCase planned, string reason) => new(planned.Name, planned.Description, planned.RowCount) { Skipped = reason };

    /// <summary>Describes a case whose rows are there.</summary>
    public static PrognosisResult Of(PrognosisCase planned, PreparedWork work) => new(planned.Name, planned.Description, planned.RowCount)
    {
        FeatureCount = work.FeatureCount,
        DataBytes = work.DataBytes,
    };
}
