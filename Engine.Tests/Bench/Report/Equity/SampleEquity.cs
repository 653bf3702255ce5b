using Bench.Report;
using Bench.Report.Equity;
using Bench.Report.Equity.Html;
using Bench.Report.Equity.Results;
using Bench.Studies.Equity;
using Engine.Tests.Bench.Studies.Equity;

namespace Engine.Tests.Bench.Report.Equity;

/// <summary>A small study of synthetic rows with all that one can have: two sizes, a size that is left out, refused rows, an outcome that nobody has.</summary>
internal static class SampleEquity
{
    private static readonly Lazy<EquityResult> s_result = new(() =>
    {
        var result = EquityRunner.RunAsync(SmallEquity.Create(), SmallEquity.Options with { MinoritySizes = [40, 80, 180] }, null, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        var settings = result.Settings.Select(setting => setting with { Repeats = [.. setting.Repeats.Select(WithRefused)] });
        return result with { Settings = [.. settings] };
    });

    private static readonly Lazy<EquityFindings> s_findings = new(() => EquityFindings.Of(Result));

    public static RunInfo Start { get; } = new(["equity", "--seed", "7"], new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), TimeSpan.FromSeconds(1.5));

    public static EquityResult Result => s_result.Value;

    public static EquityFindings Findings => s_findings.Value;

    public static EquityDocument Document => EquityDocument.From(Findings, Start);

    public static string Page => EquityReport.Render(Findings, Document);

    private static EquityRepeat WithRefused(EquityRepeat repeat) => repeat with
    {
        Generated = repeat.Generated.ToDictionary(arm => arm.Key, arm => arm.Value with { MadeCount = arm.Value.MadeCount - 1, Refused = new Dictionary<string, int> { ["a <copy>"] = 3 }, CallCount = 2, CallsFromJournal = 1, PromptTokens = 700, ReplyTokens = 90 }),
    };
}
