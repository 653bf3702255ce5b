using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Cases;

/// <summary>Everything that is known of a case after its measurement.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Work">What was done.</param>
/// <param name="Data">What its rows are.</param>
/// <param name="RowCount">The rows; those planned when the case was not run.</param>
internal sealed record CaseResult(string Name, string Work, string Data, long RowCount)
{
    /// <summary>Gets why the case was not run, or was stopped; null when it was run to its end.</summary>
    public string? Skipped { get; init; }

    /// <summary>Gets the columns; 0 when the case was not run.</summary>
    public int FeatureCount { get; init; }

    /// <summary>Gets the bytes of the rows; 0 when the case was not run.</summary>
    public long DataBytes { get; init; }

    /// <summary>Gets other counts that describe it.</summary>
    public IReadOnlyDictionary<string, long> Facts { get; init; } = new Dictionary<string, long>();

    /// <summary>Gets the engine's times; null when the case was not run.</summary>
    public Contender? Engine { get; init; }

    /// <summary>Gets how fast the engine was, beside what the machine did right after the last repetition.</summary>
    public IReadOnlyList<RateUnderRoof> Rates { get; init; } = [];

    /// <summary>Gets whether the engine's result is right.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>Gets what was measured beside it, or was to be: other ways of the engine, rivals.</summary>
    public IReadOnlyList<Contender> Rivals { get; init; } = [];

    /// <summary>Gets what was asked of the engine.</summary>
    public IReadOnlyList<BarOutcome> Bars { get; init; } = [];

    /// <summary>Gets how far the process grew, as a share of the data; null where this is not known.</summary>
    public double? ExtraMemoryShare => DataBytes == 0 ? null : (double?)Engine?.PeakGrowthBytes / DataBytes;

    /// <summary>Gets the first thing that is wrong; null when nothing is.</summary>
    public string? FirstDifference => Checks.FirstOrDefault(check => !check.Holds) is { } check ? $"{check.What}: {check.FirstDifference}" : null;

    /// <summary>Returns how many times as long another takes as the engine; null unless both were measured and the engine's result is right.</summary>
    /// <param name="other">One of <see cref="Rivals"/>.</param>
    public double? RatioOf(Contender other) => FirstDifference is null ? other.Seconds / Engine?.Seconds : null;

    /// <summary>Describes a case that was not run.</summary>
    public static CaseResult Without(ComparisonCase planned, string reason) => new(planned.Name, planned.Work, planned.Data, planned.Size.Rows) { Skipped = reason };

    /// <summary>Describes a case whose rows are there.</summary>
    public static CaseResult Of(ComparisonCase planned, PreparedWork work) => new(planned.Name, planned.Work, planned.Data, work.RowCount)
    {
        FeatureCount = work.FeatureCount,
        DataBytes = work.DataBytes,
        Facts = work.Facts,
    };

    /// <summary>Describes a case whose rows are there, and in which the engine was stopped: nothing that was asked of it is met.</summary>
    public static CaseResult Stopped(ComparisonCase planned, PreparedWork work, string reason) => Of(planned, work) with
    {
        Skipped = reason,
        Bars = [.. planned.Bars.Select(bar => new BarOutcome(bar.Text, Verdict.Missed, reason))],
    };
}
