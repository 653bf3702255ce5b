using System.Globalization;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;
using Bench.Report.Html;
using Bench.Report.Results;
using Engine.Numerics;

namespace Bench.Kernels.Scaling;

/// <summary>The files of how works grow: a page with pictures, and every number as csv and json.</summary>
internal static class ScaleFiles
{
    private static readonly string[] s_pointHeaders = ["work", "axis", "size", "rows", "columns", "seconds", "repetitions", "peak_bytes"];

    private static readonly string[] s_exponentHeaders =
    [
        "work", "axis", "sizes", "expected_time", "time_exponent", "time_standard_error", "expected_memory", "memory_exponent", "memory_standard_error", "grows_faster",
        "extrapolated_rows", "extrapolated_seconds", "extrapolated_seconds_low", "extrapolated_seconds_high", "extrapolated_peak_bytes", "ended",
    ];

    /// <summary>Writes them.</summary>
    /// <param name="folder">A folder, created where it is missing; other files in it stay.</param>
    /// <param name="curves">What was measured, axis by axis.</param>
    /// <param name="isQuick">Whether sizes were too small to say anything.</param>
    public static void Write(string folder, IReadOnlyList<ScaleCurve> curves, bool isQuick)
    {
        Directory.CreateDirectory(folder);
        ResultsFile.Write(Path.Combine(folder, "scale.json"), new
        {
            Processor = Processor.ModelName,
            SimdLevel = $"{Simd.Level}",
            LoadAverage = LoadAverage.Read(),
            IsQuick = isQuick,
            Curves = curves.Select(static curve => new
            {
                Work = curve.Work.Name,
                curve.Work.Data,
                Axis = NameOf(curve.Expected.Axis),
                ExpectedTime = new { Exponent = curve.Expected.Time, curve.Expected.Why },
                ExpectedMemory = curve.Expected.Memory,
                Time = Describe(curve.Time),
                Memory = Describe(curve.Memory),
                GrowsFaster = curve.IsFaster,
                Extrapolated = curve.ExtrapolatedSize is { } size
                    ? new { Rows = ScaleCurve.ExtrapolatedRows, IsMeasured = false, Seconds = curve.Time!.At(size), PeakBytes = curve.Memory?.At(size) }
                    : null,
                curve.Ended,
                curve.Points,
            }),
        });
        TableFiles.WriteTable(Path.Combine(folder, "points.csv"), s_pointHeaders, curves.SelectMany(static curve => curve.Points.Select(point => new object?[]
        {
            curve.Work.Name, NameOf(curve.Expected.Axis), point.Size, point.Rows, point.Columns, point.Seconds, point.Repetitions, point.PeakBytes,
        })));
        TableFiles.WriteTable(Path.Combine(folder, "exponents.csv"), s_exponentHeaders, curves.Select(static curve =>
        {
            var seconds = curve.ExtrapolatedSize is { } size ? curve.Time!.At(size) : null;
            return new object?[]
            {
                curve.Work.Name, NameOf(curve.Expected.Axis), curve.Points.Count, curve.Expected.Time, curve.Time?.Exponent, curve.Time?.StandardError,
                curve.Expected.Memory, curve.Memory?.Exponent, curve.Memory?.StandardError, curve.IsFaster,
                seconds is null ? null : ScaleCurve.ExtrapolatedRows, seconds?.Value, seconds?.Low, seconds?.High, seconds is null ? null : curve.Memory?.At(curve.ExtrapolatedSize!.Value).Value, curve.Ended,
            };
        }));
        File.WriteAllText(Path.Combine(folder, "scale.html"), Render(curves, isQuick));
    }

    /// <summary>Renders the page.</summary>
    public static string Render(IReadOnlyList<ScaleCurve> curves, bool isQuick) => ReportPage.Wrap("Scale", HtmlFragment.Of($"""
        <h1>How time and memory grow</h1>
        {(isQuick ? new HtmlFragment("""<p class="banner" role="note"><strong>Quick run.</strong> So few rows say nothing of growth.</p>""") : HtmlFragment.Empty)}
        <p class="lead">{Verdict(curves)} {Processor.ModelName}, {Simd.Level}; the mean number of running tasks of the last minute was {(LoadAverage.Read() is { } load ? load.ToString("0.#", CultureInfo.InvariantCulture) : "not told")}.</p>
        <p class="caption">Dots are the fastest of the repetitions at a size, whose first result was checked. The line is fitted to the logarithms of the sizes from a hundredth of the largest up, ± one standard error; the dashed line grows as fast as the algorithm does at most. Memory is the data and how far the process grew at its peak while the work ran; less than 8 MiB are not fitted.</p>
        {HtmlFragment.Join(curves.GroupBy(static curve => curve.Expected.Axis).Select(DrawAxis))}
        {DrawExtrapolation([.. curves.Where(curve => curve.ExtrapolatedSize is not null && !isQuick)])}
        {DrawWorks(curves.Select(static curve => curve.Work).Distinct())}
        """));

    /// <summary>Writes an axis in a word.</summary>
    public static string NameOf(ScaleAxis axis) => axis.ToString().ToLowerInvariant();

    private static string Verdict(IReadOnlyList<ScaleCurve> curves)
    {
        var faster = curves.Where(static curve => curve.IsFaster).Select(static curve => $"{curve.Work.Name} by {NameOf(curve.Expected.Axis)}").ToArray();
        return faster.Length == 0 ? "No work grows faster than its algorithm says." : $"Faster than the algorithm says grow: {string.Join("; ", faster)}.";
    }

    private static object? Describe(PowerLaw? law) => law is null ? null : new { law.Exponent, law.StandardError, law.Factor };

    private static HtmlFragment DrawAxis(IGrouping<ScaleAxis, ScaleCurve> axis)
    {
        // Time and memory of a work side by side where rows grow; elsewhere memory is in the table alone.
        var addsRows = axis.Key is ScaleAxis.Rows or ScaleAxis.Stays;
        return HtmlFragment.Of($"""
            <section>
            <h2>By {NameOf(axis.Key)}</h2>
            <div class="panels{(addsRows ? " wide" : "")}">{HtmlFragment.Join(axis.SelectMany(curve => addsRows ? new[] { ScalePlot.DrawTime(curve), ScalePlot.DrawMemory(curve) } : [ScalePlot.DrawTime(curve)]))}</div>
            {HtmlTable.Of(["work", "sizes", "exponent of time", axis.Key == ScaleAxis.Threads ? "at best" : "at most", "exponent of memory", "at most"], 1, axis.Select(Cells))}
            {HtmlFragment.Join(axis.SelectMany(Notes).Select(static note => HtmlFragment.Of($"""<p class="caption">{note}</p>""")))}
            </section>
            """);
    }

    private static string[] Cells(ScaleCurve curve) =>
    [
        curve.Work.Name, Sizes(curve), ScalePlot.ExponentText(curve.Time), curve.Expected.Time.ToString("0.##", CultureInfo.InvariantCulture),
        ScalePlot.ExponentText(curve.Memory), curve.Expected.Memory.ToString("0.##", CultureInfo.InvariantCulture),
    ];

    private static IEnumerable<string> Notes(ScaleCurve curve)
    {
        if (curve.IsFaster)
            yield return $"{curve.Work.Name} grows faster than expected: {curve.Expected.Why}.";
        if (curve.Ended is { } why)
            yield return $"{curve.Work.Name} ended there: {why}.";
    }

    private static HtmlFragment DrawWorks(IEnumerable<ScaleWork> works) => HtmlFragment.Of($"""
        <section>
        <h2>What was measured</h2>
        {HtmlTable.Of(["work", "on", "with what exponent its time grows at most"], 3, works.Select(static work => new[]
        {
            work.Name, work.Data, string.Join("; ", work.Growth.Select(static growth => string.Create(CultureInfo.InvariantCulture, $"{NameOf(growth.Axis)} {growth.Time:0.##} ({growth.Why})"))),
        }))}
        </section>
        """);

    private static string Sizes(ScaleCurve curve) => curve.Points.Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{curve.Points[0].Size:#,0} to {curve.Points[^1].Size:#,0}");

    private static HtmlFragment DrawExtrapolation(ScaleCurve[] curves) => curves.Length == 0 ? HtmlFragment.Empty : HtmlFragment.Of($"""
        <section>
        <h2>At a billion rows: extrapolated, not measured</h2>
        <p class="caption">The fitted lines, drawn on to a billion rows with two standard errors of the line either way. Nothing of this was run: data that no longer fit in memory, other caches and other paths of the engine are not in it.</p>
        {HtmlTable.Of(["work", "largest measured", "its time", "time at a billion", "from", "to", "memory at a billion"], 1, curves.Select(Extrapolate))}
        </section>
        """);

    private static string[] Extrapolate(ScaleCurve curve)
    {
        var (last, size) = (curve.Points[^1], curve.ExtrapolatedSize!.Value);
        var time = curve.Time!.At(size);
        return
        [
            curve.Work.Name, string.Create(CultureInfo.InvariantCulture, $"{last.Rows:#,0} rows"), ScalePlot.SecondsText(last.Seconds), ScalePlot.SecondsText(time.Value),
            ScalePlot.SecondsText(time.Low!.Value), ScalePlot.SecondsText(time.High!.Value), curve.Memory is { } memory ? ScalePlot.BytesText(memory.At(size).Value) : "-",
        ];
    }
}
