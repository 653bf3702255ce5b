using Bench.Cohorts;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Equality;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons;

/// <summary>Runs cases: arrays, the engine, the check of its result, then its rivals one by one on the same arrays.</summary>
/// <param name="shelf">Where cohorts come from.</param>
/// <param name="rivals">All rivals; a case picks its own by name.</param>
/// <param name="options">How to measure.</param>
/// <param name="workFolder">An existing folder for arrays; a case leaves nothing in it.</param>
internal sealed class NeighborComparison(CohortShelf shelf, IReadOnlyList<IRival> rivals, MeasureOptions options, string workFolder)
{
    /// <summary>Arrays, engine and check.</summary>
    private const int StepsBesideRivals = 3;

    private IProgress<CohortProgress>? _progress;
    private int _step;
    private int _stepCount;

    /// <summary>Runs cases in order.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="progress">Told what is being measured.</param>
    /// <param name="finished">Told of each case as soon as it is done.</param>
    /// <param name="cancellation">Stops the work; the case under way is lost.</param>
    public void Run(IReadOnlyList<NeighborCase> cases, IProgress<CohortProgress>? progress, Action<CaseResult> finished, CancellationToken cancellation)
    {
        (_progress, _step, _stepCount) = (progress, 0, cases.Sum(StepsOf));
        var done = 0;
        foreach (var planned in cases)
        {
            var result = Run(planned, cancellation);
            done += StepsOf(planned);
            _step = done;
            finished(result);
        }
    }

    private static int StepsOf(NeighborCase planned) => StepsBesideRivals + planned.Rivals.Count;

    private CaseResult Run(NeighborCase planned, CancellationToken cancellation)
    {
        if (ProcessMemory.Available() is { } available && available < planned.NeededBytes)
            return CaseResult.Without(planned, $"{available / 1e9:N1} GB of memory are free where {planned.NeededBytes / 1e9:N1} GB are needed");
        try
        {
            Report(planned, "arrays");
            return Measure(planned, planned.Data.Make(planned.Size, shelf, cancellation), cancellation);
        }
        catch (CaseUnavailableException error)
        {
            return CaseResult.Without(planned, error.Message);
        }
    }

    private CaseResult Measure(NeighborCase planned, CaseArrays arrays, CancellationToken cancellation)
    {
        Report(planned, "engine");
        var (engine, found) = EngineRun.Measure(arrays, planned.Metric, planned.NeighborCount, options, cancellation);
        Report(planned, "check");
        var equality = EqualityCheck.Run(arrays, planned.Metric, found, options.Threads, cancellation);
        var measured = MeasureRivals(planned, arrays, found, cancellation);
        return CaseResult.Of(planned, arrays) with
        {
            Engine = engine,
            Equality = equality,
            Rivals = measured,
            Bars = Judge(planned, equality, NumbersOf(arrays, engine, measured)),
        };
    }

    private List<RivalResult> MeasureRivals(NeighborCase planned, CaseArrays arrays, FoundNeighbors found, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workFolder, planned.Name)).FullName;
        try
        {
            var task = new RivalTask(new ArrayFiles(folder, arrays), planned.Metric, planned.NeighborCount, options);
            var results = new List<RivalResult>();
            foreach (var name in planned.Rivals)
            {
                Report(planned, name);
                var result = rivals.FirstOrDefault(rival => rival.Name == name)?.Measure(task, cancellation)
                    ?? RivalResult.Without(name, RivalStatus.Absent, "this build does not run it");
                // Ctrl-C reaches the rival's process too: that it ended then says nothing of it.
                cancellation.ThrowIfCancellationRequested();
                results.Add(WithRecall(result, planned, arrays, found, cancellation));
            }

            return results;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RivalResult WithRecall(RivalResult result, NeighborCase planned, CaseArrays arrays, FoundNeighbors found, CancellationToken cancellation)
    {
        if (result.Status != RivalStatus.Measured)
            return result;
        return result.Indices.Length == found.Indices.Length
            ? result with { Recall = RivalRecall.Of(arrays, planned.Metric, found, result.Indices, cancellation), Indices = [] }
            : RivalResult.Without(result.Name, RivalStatus.Failed, $"it found {result.Indices.Length:N0} rows where {found.Indices.Length:N0} were asked for");
    }

    private static MeasuredCase NumbersOf(CaseArrays arrays, EngineMeasurement engine, List<RivalResult> rivals)
    {
        // What a search that measures every pair works through.
        var elements = (double)arrays.Queries.RowCount * arrays.Reference.RowCount * arrays.Reference.FeatureCount;
        var (seconds, roofs) = (engine.Median.Total, engine.Roofs);
        return new MeasuredCase(
            seconds,
            engine.PeakGrowthBytes,
            arrays.ReferenceBytes,
            [.. rivals.Select(rival => new RivalSeconds(rival.Name, rival.Median?.Total, rival.Reason))],
            [
                new RateUnderRoof(RoofName.MultiplyAdds, elements / seconds, roofs.MultiplyAdds, "G/s"),
                new RateUnderRoof(RoofName.AbsoluteDifferences, elements / seconds, roofs.AbsoluteDifferences, "G/s"),
            ]);
    }

    /// <summary>A wrong result is worth nothing, however fast.</summary>
    private static IReadOnlyList<BarOutcome> Judge(NeighborCase planned, EqualityResult equality, MeasuredCase measured) =>
        [.. planned.Bars.Select(bar => equality.Holds ? bar.Judge(measured) : new BarOutcome(bar.Text, Verdict.Missed, "the result is wrong"))];

    private void Report(NeighborCase planned, string what) => _progress?.Report(new CohortProgress($"{planned.Name}: {what}", _step++, _stepCount, "steps"));
}
