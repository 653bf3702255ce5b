using Bench.Cohorts;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis.Cases;
using Bench.Comparisons.Prognosis.Measurement;
using Bench.Comparisons.Prognosis.Rivals;
using Bench.Comparisons.Prognosis.Work;
using Bench.Comparisons.Resampling.Checks;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Prognosis;

/// <summary>Runs cases: rows, the engine, the check of its result, other ways of the engine, then other libraries on the same rows.</summary>
/// <param name="shelf">Where cohorts come from.</param>
/// <param name="rivals">Other libraries.</param>
/// <param name="options">How to measure.</param>
/// <param name="workFolder">An existing folder for arrays; a case leaves nothing in it.</param>
internal sealed class PrognosisComparison(CohortShelf shelf, IPrognosisRivals rivals, MeasureOptions options, string workFolder)
{
    /// <summary>Rows, engine, check, others.</summary>
    private const int StepsPerCase = 4;

    private IProgress<CohortProgress>? _progress;
    private (int Done, int Count) _cases;

    /// <summary>Runs cases in order.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="progress">Told what is being measured.</param>
    /// <param name="finished">Told of each case as soon as it is done.</param>
    /// <param name="cancellation">Stops the work; the case under way is lost.</param>
    public void Run(IReadOnlyList<PrognosisCase> cases, IProgress<CohortProgress>? progress, Action<PrognosisResult> finished, CancellationToken cancellation)
    {
        (_progress, _cases) = (progress, (0, cases.Count));
        foreach (var planned in cases)
        {
            var result = Run(planned, new WorkContext(shelf, options.Threads, cancellation));
            _cases.Done++;
            finished(result);
        }
    }

    private PrognosisResult Run(PrognosisCase planned, WorkContext context)
    {
        // What the last case left is in memory until the collector looks.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (ProcessMemory.Available() is { } available && available < planned.NeededBytes)
            return PrognosisResult.Without(planned, $"{available / 1e9:N1} GB of memory are free where {planned.NeededBytes / 1e9:N1} GB are needed");
        Report(planned, "rows", 0);
        WorkRun.WarmUp(planned.Prepare(Math.Min(planned.RowCount, planned.WarmUpRows), context), options.WarmUpSeconds);
        var work = planned.Prepare(planned.RowCount, context);
        Report(planned, "engine", 1);
        var engine = WorkRun.Measure(work, options);
        Report(planned, "check", 2);
        var checks = work.Check().ToList();
        var others = work.OtherWays.Select(way => Measure(way.Name, way.Run)).ToList();
        if (planned.Rivals.Count > 0)
            MeasureRivals(planned, work, checks, others, context.Cancellation);
        var result = PrognosisResult.Of(planned, work) with { Engine = engine, Checks = checks, Rivals = others };
        return result with { Bars = Judge(planned, result) };
    }

    private RivalMeasurement Measure(string name, Action run)
    {
        var load = LoadAverage.Read();
        var (seconds, growth) = WorkRun.Repeat(run, options);
        return new RivalMeasurement(name, RivalStatus.Measured, null) { Repetitions = seconds, PeakGrowthBytes = growth, LoadBefore = load };
    }

    private void MeasureRivals(PrognosisCase planned, PreparedWork work, List<CheckResult> checks, List<RivalMeasurement> results, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workFolder, planned.Name)).FullName;
        try
        {
            work.WriteFiles(folder);
            foreach (var name in planned.Rivals)
            {
                Report(planned, name, 3);
                var (measured, found) = rivals.Measure(name, work, folder, options, cancellation);
                // Ctrl-C reaches the rival's process too: that it ended then says nothing of it.
                cancellation.ThrowIfCancellationRequested();
                if (measured.Status == RivalStatus.Measured)
                    checks.AddRange(work.CheckRival(name, found));
                results.Add(measured);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A wrong result is worth nothing, however fast.</summary>
    private static IReadOnlyList<BarOutcome> Judge(PrognosisCase planned, PrognosisResult result)
    {
        if (result.FirstDifference is not null)
            return [.. planned.Bars.Select(bar => new BarOutcome(bar.Text, Verdict.Missed, "the result is wrong"))];
        var engine = result.Engine!;
        var measured = new MeasuredCase(
            engine.Median,
            engine.PeakGrowthBytes,
            result.DataBytes,
            [.. result.Rivals.Select(rival => new RivalSeconds(rival.Name, rival.Median, rival.Reason))],
            engine.Rates);
        return [.. planned.Bars.Select(bar => bar.Judge(measured))];
    }

    private void Report(PrognosisCase planned, string what, int step) =>
        _progress?.Report(new CohortProgress($"{planned.Name}: {what}", (_cases.Done * StepsPerCase) + step, _cases.Count * StepsPerCase, "steps"));
}
