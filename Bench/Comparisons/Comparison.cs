using Bench.Cohorts;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;
using Bench.Studies;

namespace Bench.Comparisons;

/// <summary>Runs cases: rows, the engine, the check of its result, other ways of the engine, then rivals one by one on the same rows.</summary>
/// <param name="shelf">Where cohorts come from.</param>
/// <param name="rivals">All rivals; a case picks its own by name.</param>
/// <param name="options">How to measure.</param>
/// <param name="workFolder">An existing folder for arrays; a case leaves nothing in it.</param>
internal sealed class Comparison(CohortShelf shelf, IReadOnlyList<IRival> rivals, MeasureOptions options, string workFolder)
{
    /// <summary>Rows, engine and check.</summary>
    private const int StepsBesideRivals = 3;

    private IProgress<CohortProgress>? _progress;
    private int _step;
    private int _stepCount;

    /// <summary>Runs cases in order.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="progress">Told what is being measured.</param>
    /// <param name="finished">Told of each case as soon as it is done.</param>
    /// <param name="cancellation">Stops the work; the case under way is lost.</param>
    public void Run(IReadOnlyList<ComparisonCase> cases, IProgress<CohortProgress>? progress, Action<CaseResult> finished, CancellationToken cancellation)
    {
        (_progress, _step, _stepCount) = (progress, 0, cases.Sum(StepsOf));
        var done = 0;
        foreach (var planned in cases)
        {
            var result = Run(planned, new WorkContext(shelf, options.Threads, cancellation) { Folder = workFolder });
            done += StepsOf(planned);
            _step = done;
            finished(result);
        }
    }

    private static int StepsOf(ComparisonCase planned) => StepsBesideRivals + planned.Rivals.Count;

    private CaseResult Run(ComparisonCase planned, WorkContext context)
    {
        // What the last case left is in memory until the collector looks.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (ProcessMemory.Available() is { } available && available < planned.NeededBytes)
            return CaseResult.Without(planned, $"{available / 1e9:N1} GB of memory are free where {planned.NeededBytes / 1e9:N1} GB are needed");
        PreparedWork work;
        try
        {
            Report(planned, "rows");
            work = planned.Prepare(planned.Size, context);
        }
        catch (CaseUnavailableException error)
        {
            return CaseResult.Without(planned, error.Message);
        }

        try
        {
            return Measure(planned, work, context);
        }
        catch (ArgumentException error)
        {
            return CaseResult.Stopped(planned, work, UserText.Of(error));
        }
        catch (TimeoutException)
        {
            return CaseResult.Stopped(planned, work, $"not done in {options.TimeoutSeconds:N0} s");
        }
        finally
        {
            work.Dispose();
        }
    }

    private CaseResult Measure(ComparisonCase planned, PreparedWork work, WorkContext context)
    {
        Report(planned, "engine");
        using (var small = work.MakeSmall(context))
            WarmUp(small, context);
        var engine = Measure(Contender.Engine, work.Run, context);
        var rates = work.RatesAt(engine.Median!, context);
        Report(planned, "check");
        var checks = work.Check(context).ToList();
        var others = work.OtherWays.Select(way => Measure(way.Name, (limited, _) => way.Run(limited), context)).ToList();
        if (planned.Rivals.Count > 0)
            MeasureRivals(planned, work, checks, others, context);
        var result = CaseResult.Of(planned, work) with { Engine = engine, Rates = rates, Checks = checks, Rivals = others };
        return result with { Bars = [.. planned.Bars.Select(bar => bar.Judge(result))] };
    }

    /// <summary>Runs a little work until its code is compiled for good.</summary>
    private void WarmUp(PreparedWork small, WorkContext context)
    {
        try
        {
            Action<WorkContext>[] ways = [limited => small.Run(limited, new PhaseClock()), .. small.OtherWays.Select(way => way.Run)];
            foreach (var run in ways)
            {
                var clock = new PhaseClock();
                do
                {
                    run(context);
                    clock.Split();
                }
                while (clock.Seconds.Sum() < options.WarmUpSeconds);
            }
        }
        catch (ArgumentException)
        {
            // A few rows may lack what the work needs, such as rows in danger; they were only to make it warm.
        }
    }

    private Contender Measure(string name, Action<WorkContext, PhaseClock> run, WorkContext context)
    {
        var load = LoadAverage.Read();
        var (repetitions, growth) = (new List<double[]>(), (long?)0);
        while (repetitions.Count == 0 || (repetitions.Count < options.Repeats && repetitions.Sum(static phases => phases.Sum()) < options.MaxSeconds))
        {
            var begin = ProcessMemory.Begin();
            repetitions.Add(RunInTime(run, context));
            growth = ProcessMemory.GrowthSince(begin) is { } bytes && growth is { } largest ? Math.Max(largest, bytes) : null;
        }

        return new Contender(name, ContenderStatus.Measured) { Repetitions = repetitions, PeakGrowthBytes = growth, LoadBefore = load };
    }

    private double[] RunInTime(Action<WorkContext, PhaseClock> run, WorkContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            var clock = new PhaseClock();
            run(context with { Cancellation = limit.Token }, clock);
            if (clock.Seconds.Length == 0)
                clock.Split();
            return clock.Seconds;
        }
        catch (OperationCanceledException) when (!context.Cancellation.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private void MeasureRivals(ComparisonCase planned, PreparedWork work, List<CheckResult> checks, List<Contender> results, WorkContext context)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workFolder, planned.Name)).FullName;
        try
        {
            var task = new RivalTask(folder, work.WriteTask(folder), options);
            foreach (var name in planned.Rivals)
            {
                Report(planned, name);
                File.Delete(task.AnswerFile);
                var result = rivals.FirstOrDefault(rival => rival.Name == name)?.Measure(task, context.Cancellation)
                    ?? new Contender(name, ContenderStatus.Absent, "this build does not run it");
                // Ctrl-C reaches the rival's process too: that it ended then says nothing of it.
                context.Cancellation.ThrowIfCancellationRequested();
                results.Add(result.Status == ContenderStatus.Measured ? Compare(result, work, task, checks, context) : result);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Contender Compare(Contender rival, PreparedWork work, RivalTask task, List<CheckResult> checks, WorkContext context)
    {
        try
        {
            var agreement = work.Compare(rival.Name, task.AnswerFile, context);
            checks.AddRange(agreement.Checks);
            return rival with { Recall = agreement.Recall };
        }
        catch (Exception error) when (error is InvalidDataException or FileNotFoundException)
        {
            return new Contender(rival.Name, ContenderStatus.Failed, error.Message);
        }
    }

    private void Report(ComparisonCase planned, string what) => _progress?.Report(new CohortProgress($"{planned.Name}: {what}", _step++, _stepCount, "steps"));
}
