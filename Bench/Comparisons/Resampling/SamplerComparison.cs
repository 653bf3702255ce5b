using Bench.Cohorts;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Resampling.Cases;
using Bench.Comparisons.Resampling.Checks;
using Bench.Comparisons.Resampling.Measurement;
using Bench.Comparisons.Resampling.Rivals;
using Bench.Comparisons.Resampling.Rows;
using Bench.Comparisons.Rivals;
using Bench.Studies;
using Engine.Data;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling;

/// <summary>Runs cases: rows, the engine, the check of its plan, then imbalanced-learn on the same rows.</summary>
/// <param name="cohorts">Where cohorts come from.</param>
/// <param name="rival">imbalanced-learn.</param>
/// <param name="options">How to measure.</param>
/// <param name="workFolder">An existing folder for arrays; a case leaves nothing in it.</param>
internal sealed class SamplerComparison(CohortShelf cohorts, ISamplerRival rival, MeasureOptions options, string workFolder)
{
    /// <summary>Rows, engine, check and rival.</summary>
    private const int StepsPerCase = 4;

    private readonly RowsShelf _shelf = new(cohorts);
    private IProgress<CohortProgress>? _progress;
    private (int Done, int Count) _cases;

    /// <summary>Runs cases in order.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="progress">Told what is being measured.</param>
    /// <param name="finished">Told of each case as soon as it is done.</param>
    /// <param name="cancellation">Stops the work; the case under way is lost.</param>
    public void Run(IReadOnlyList<SamplerCase> cases, IProgress<CohortProgress>? progress, Action<SamplerResult> finished, CancellationToken cancellation)
    {
        (_progress, _cases) = (progress, (0, cases.Count));
        foreach (var planned in cases)
        {
            var result = Run(planned, cancellation);
            _cases.Done++;
            finished(result);
        }
    }

    private SamplerResult Run(SamplerCase planned, CancellationToken cancellation)
    {
        if (ProcessMemory.Available() is { } available && available < planned.NeededBytes)
            return SamplerResult.Without(planned, $"{available / 1e9:N1} GB of memory are free where {planned.NeededBytes / 1e9:N1} GB are needed");
        LabeledSamples rows;
        try
        {
            Report(planned, "rows", 0);
            rows = _shelf.Get(planned.Data, planned.RowCount, cancellation);
        }
        catch (CaseUnavailableException error)
        {
            return SamplerResult.Without(planned, error.Message);
        }

        try
        {
            return Measure(planned, rows, cancellation);
        }
        catch (ArgumentException error)
        {
            return SamplerResult.Stopped(planned, rows, UserText.Of(error));
        }
        catch (TimeoutException)
        {
            return SamplerResult.Stopped(planned, rows, $"not done in {options.TimeoutSeconds:N0} s");
        }
    }

    private SamplerResult Measure(SamplerCase planned, LabeledSamples rows, CancellationToken cancellation)
    {
        Report(planned, "engine", 1);
        var (engine, plan) = SamplerRun.Measure(rows, planned.Method, options, cancellation);
        Report(planned, "check", 2);
        var checks = planned.Method.Checks.Select(check => check.Run(rows, plan, cancellation)).ToList();
        var measured = planned.HasRival ? MeasureRival(planned, rows, plan, checks, cancellation) : null;
        var result = SamplerResult.Of(planned, rows, plan) with { Engine = engine, Checks = checks, Rival = measured };
        return result with { Bars = Judge(planned, result) };
    }

    private RivalMeasurement MeasureRival(SamplerCase planned, LabeledSamples rows, ResamplingPlan plan, List<CheckResult> checks, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workFolder, planned.Name)).FullName;
        try
        {
            Report(planned, ImbalancedLearn.Name, 3);
            var result = rival.Measure(planned, rows, folder, options, cancellation);
            // Ctrl-C reaches the rival's process too: that it ended then says nothing of it.
            cancellation.ThrowIfCancellationRequested();
            if (result.Status == RivalStatus.Measured && planned.Method.RivalCheck is { } check)
                checks.Add(check.Run(rows, plan, result.Found, cancellation));
            return result with { Found = [] };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A wrong result is worth nothing, however fast.</summary>
    private static IReadOnlyList<BarOutcome> Judge(SamplerCase planned, SamplerResult result)
    {
        if (result.FirstDifference is not null)
            return [.. planned.Bars.Select(bar => new BarOutcome(bar.Text, Verdict.Missed, "the result is wrong"))];
        var engine = result.Engine!;
        var measured = new MeasuredCase(
            engine.Median.Total,
            engine.PeakGrowthBytes,
            result.DataBytes,
            result.Rival is { } other ? [new RivalSeconds(other.Name, other.Median, other.Reason)] : [],
            engine is { MakingRate: { } rate, MemoryBandwidth: { } bandwidth } ? [new RateUnderRoof(RoofName.MemoryBandwidth, rate, bandwidth, "GB/s")] : []);
        return [.. planned.Bars.Select(bar => bar.Judge(measured))];
    }

    private void Report(SamplerCase planned, string what, int step) =>
        _progress?.Report(new CohortProgress($"{planned.Name}: {what}", (_cases.Done * StepsPerCase) + step, _cases.Count * StepsPerCase, "steps"));
}
