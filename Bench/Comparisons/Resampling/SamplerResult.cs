using Bench.Comparisons.Cases;
using Bench.Comparisons.Resampling.Cases;
using Bench.Comparisons.Resampling.Checks;
using Bench.Comparisons.Resampling.Measurement;
using Bench.Comparisons.Resampling.Rows;
using Bench.Comparisons.Rivals;
using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling;

/// <summary>Everything that is known of a case after its measurement.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The method.</param>
/// <param name="Data">What its rows are.</param>
internal sealed record SamplerResult(string Name, string Method, string Data)
{
    /// <summary>Gets why the case was not run; null when it was.</summary>
    public string? Skipped { get; init; }

    /// <summary>Gets the rows; those planned when the case was not run.</summary>
    public long RowCount { get; init; }

    /// <summary>Gets the rows of the rarer class; 0 when the case was not run.</summary>
    public long MinorityCount { get; init; }

    /// <summary>Gets the columns; 0 when the case was not run.</summary>
    public int FeatureCount { get; init; }

    /// <summary>Gets the bytes of the rows; 0 when the case was not run.</summary>
    public long DataBytes { get; init; }

    /// <summary>Gets the rows of the resampled table, made ones included; 0 when the case was not run.</summary>
    public long ResampledCount { get; init; }

    /// <summary>Gets how many of these were made; 0 when the case was not run.</summary>
    public long MadeCount { get; init; }

    /// <summary>Gets the engine's times; null when the case was not run.</summary>
    public SamplerMeasurement? Engine { get; init; }

    /// <summary>Gets whether the engine's result is right.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>Gets the rival, measured or not; null where none is asked for.</summary>
    public RivalMeasurement? Rival { get; init; }

    /// <summary>Gets what was asked of the engine.</summary>
    public IReadOnlyList<BarOutcome> Bars { get; init; } = [];

    /// <summary>Gets how far the process grew, as a share of the data; null where this is not known.</summary>
    public double? ExtraMemoryShare => DataBytes == 0 ? null : (double?)Engine?.PeakGrowthBytes / DataBytes;

    /// <summary>Gets the first thing that is wrong; null when nothing is.</summary>
    public string? FirstDifference => Checks.FirstOrDefault(check => !check.Holds) is { } check ? $"{check.What}: {check.FirstDifference}" : null;

    /// <summary>Gets how many times as long the rival takes as the engine; null unless both were measured and the results agree.</summary>
    public double? TimesTheEngine => FirstDifference is null ? Rival?.Median / Engine?.Median.Total : null;

    /// <summary>Describes a case that was not run.</summary>
    public static SamplerResult Without(SamplerCase planned, string reason) => Of(planned) with { Skipped = reason };

    /// <summary>Describes a case whose rows are there, and in which the engine was stopped: nothing that was asked of it is met.</summary>
    public static SamplerResult Stopped(SamplerCase planned, LabeledSamples rows, string reason) => Of(planned, rows) with
    {
        Skipped = reason,
        Bars = [.. planned.Bars.Select(bar => new BarOutcome(bar.Text, Verdict.Missed, reason))],
    };

    /// <summary>Describes a case that was planned.</summary>
    public static SamplerResult Of(SamplerCase planned, LabeledSamples rows, ResamplingPlan plan) => Of(planned, rows) with
    {
        ResampledCount = plan.TotalRowCount,
        MadeCount = plan.Synthetic.Length,
    };

    private static SamplerResult Of(SamplerCase planned, LabeledSamples rows) => Of(planned) with
    {
        RowCount = rows.Rows.RowCount,
        MinorityCount = Math.Min(rows.Labels.PositiveCount, rows.Labels.NegativeCount),
        FeatureCount = rows.Rows.FeatureCount,
        DataBytes = rows.Bytes,
    };

    private static SamplerResult Of(SamplerCase planned) => new(planned.Name, planned.Method.Name, planned.Data.Description) { RowCount = planned.RowCount };
}
