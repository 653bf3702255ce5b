using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;

namespace Bench.Cohorts.Simulated;

/// <summary>Writes planned stays in the layout of the MIMIC-III benchmark.</summary>
internal sealed class SimulatedFiles
{
    /// <summary>The number of the first patient.</summary>
    public const int FirstSubject = 100_001;

    private const int StaysPerReport = 256;

    private readonly ulong _seed;
    private readonly List<StayPlan> _plans;
    private readonly Mimic3Task _task;
    private readonly string _folder;
    private readonly IProgress<CohortProgress>? _progress;
    private readonly Lock _lock = new();
    private int _done;

    /// <summary>Takes the plans of all stays.</summary>
    public SimulatedFiles(ulong seed, List<StayPlan> plans, string folder, IProgress<CohortProgress>? progress)
    {
        _seed = seed;
        _plans = plans;
        _task = plans[0].Task;
        _folder = folder;
        _progress = progress;
    }

    /// <summary>Gets when every stay begins: MIMIC-III moves all dates far into the future; one year does for all.</summary>
    public static DateTime Admitted { get; } = new(2150, 7, 1, 12, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Writes everything.</summary>
    /// <param name="cancellation">Stops the writing.</param>
    public void Write(CancellationToken cancellation)
    {
        // Files outlive the command that made them: nobody may take them for patients.
        var taskFolder = Path.Combine(_folder, Mimic3Layout.TaskFolder(_task));
        Directory.CreateDirectory(taskFolder);
        // In both folders, because either may be copied alone.
        foreach (var folder in new[] { _folder, taskFolder })
            File.WriteAllText(Path.Combine(folder, SimulatedMark.Name), SimulatedNote.Of(_task, _seed) + "\n");
        Mimic3Writer.WriteDemographics(_folder, _plans.Select((plan, stay) => Describe(plan, stay)));
        foreach (var split in Enum.GetValues<CohortSplit>())
            Mimic3Writer.WriteListFile(_folder, _task, split, ListRows(split));
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, _plans.Count, options, static () => new StaySimulator(), WriteStay, static _ => { });
        RequireAll(taskFolder);
    }

    // Half a cohort looks like a whole one: somebody may have removed files while others were written.
    private void RequireAll(string taskFolder)
    {
        foreach (var folder in _plans.GroupBy(plan => Mimic3Layout.StayFolder(plan.Split)))
        {
            var fileCount = Directory.EnumerateFiles(Path.Combine(taskFolder, folder.Key)).Count();
            if (fileCount != folder.Count())
                throw new IOException($"'{Path.Combine(taskFolder, folder.Key)}' holds {fileCount:N0} of the {folder.Count():N0} stays that were written: something else has removed or added files meanwhile.");
        }
    }

    private static DemographicRow Describe(in StayPlan plan, int stay) =>
        new(FirstSubject + stay, plan.Patient.IsFemale, plan.Patient.Ethnicity, Admitted, Admitted.AddYears(-plan.Patient.Age));

    private static string NameOf(int stay) => Mimic3Writer.StayName(FirstSubject + stay, 1);

    private IEnumerable<ListRow> ListRows(CohortSplit split)
    {
        for (var stay = 0; stay < _plans.Count; stay++)
        {
            var plan = _plans[stay];
            for (var hours = plan.FirstSample; plan.Split == split && hours <= plan.Hours; hours += plan.SampleInterval)
                yield return new ListRow(NameOf(stay), hours, plan.LabelAt(hours));
        }
    }

    private StaySimulator WriteStay(int stay, ParallelLoopState loop, StaySimulator simulator)
    {
        simulator.Begin(_seed, _plans[stay]);
        Mimic3Writer.WriteStay(_folder, _task, _plans[stay].Split, NameOf(stay), Rows(simulator));
        // Within the lock, so that progress never runs backwards.
        lock (_lock)
        {
            _done++;
            if (_done % StaysPerReport == 0 || _done == _plans.Count)
                _progress?.Report(new CohortProgress("writing stays", _done, _plans.Count, "stays"));
        }

        return simulator;
    }

    private static IEnumerable<TimeSeriesRow> Rows(StaySimulator simulator)
    {
        while (simulator.NextHour())
        {
            var cells = new string?[BenchmarkChannels.Count];
            foreach (var channel in BenchmarkChannels.All)
                cells[channel.Index] = Text(channel, simulator.Observations[channel.Index]);
            // Hour 0 is always there: the benchmark asks for no prognosis before the first row.
            if (simulator.Hour == 0 || Array.Exists(cells, static cell => cell is not null))
                yield return new TimeSeriesRow(simulator.ChartTime, cells);
        }
    }

    private static string? Text(Channel channel, double observation)
    {
        if (double.IsNaN(observation))
            return null;
        return channel.IsCategorical ? channel.Levels[(int)observation] : Mimic3Writer.Format(observation);
    }
}
