using Bench.Cohorts;
using Bench.Report;
using Bench.Report.Terminal;
using Bench.Studies.Arms;

namespace Engine.Tests.Bench.Report;

public sealed class ConsoleProgressTests
{
    [Fact]
    public void Run_RedirectedOutput_PrintsOneLineAStep()
    {
        var console = new ConsoleText();
        var result = ConsoleProgress.Run(
            progress =>
            {
                for (var done = 0; done <= 1000; done++)
                    progress.Report(new CohortProgress("reading [stays]", done, 1000, "stays"));
                for (var units = 1; units < 9; units++)
                    progress.Report(new CohortProgress($"dp for black: {units} units", units, 8, "steps"));
                return 42;
            },
            console: console.Console);
        Assert.Equal(42, result);
        Assert.Equal(["reading [stays]", "dp for black: 1 units", ""], console.Lines);
    }

    [Fact]
    public void Report_SlowWork_PrintsALineEveryFewSeconds()
    {
        var (console, clock) = (new ConsoleText(), new HandClock());
        var progress = new LineProgress(console.Console, clock);
        for (var done = 0; done <= 12_000; done += 1000)
        {
            progress.Report(new CohortProgress("reading stays", done, 60_000, "stays"));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            ["reading stays", "reading stays: 5,000 of 60,000 stays, 1,000 stays/s, 55 s left", "reading stays: 10,000 of 60,000 stays, 1,000 stays/s, 50 s left", ""],
            console.Lines);
    }

    [Fact]
    public void Report_SlowBeginning_JudgesByTheLastSeconds()
    {
        var (console, clock) = (new ConsoleText(), new HandClock());
        var progress = new LineProgress(console.Console, clock);
        progress.Report(new CohortProgress("writing stays", 0, 10_000, "stays"));
        clock.Advance(TimeSpan.FromSeconds(300));
        for (var done = 0; done <= 4000; done += 100)
        {
            progress.Report(new CohortProgress("writing stays", done, 10_000, "stays"));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("writing stays: 4,000 of 10,000 stays, 100 stays/s, 1 min left", console.Lines[^2]);
    }

    [Fact]
    public void Report_UnknownTotal_NamesNoTimeLeft()
    {
        var (console, clock) = (new ConsoleText(), new HandClock());
        var progress = new LineProgress(console.Console, clock);
        progress.Report(new CohortProgress("reading", 0, 0, "rows"));
        clock.Advance(TimeSpan.FromSeconds(10));
        progress.Report(new CohortProgress("reading", 20, 0, "rows"));
        Assert.Equal("reading: 20 rows, 2 rows/s", console.Lines[1]);
    }

    [Fact]
    public void Run_ReportsFromManyThreads_LosesNoStep()
    {
        var console = new ConsoleText();
        ConsoleProgress.Run(
            progress => Parallel.For(0, 10_000, row => progress.Report(new CohortProgress($"step {row % 20}", row, 10_000, "rows"))).IsCompleted,
            console: console.Console);
        Assert.Equal(Enumerable.Range(0, 20).Select(step => $"step {step}").Order(), console.Lines[..^1].Order());
    }

    [Fact]
    public void Run_Terminal_ShowsOneFullBarForAllMethods()
    {
        var terminal = new TerminalText();
        ConsoleProgress.Run(
            progress =>
            {
                Parallel.For(0, 500, stay => progress.Report(new CohortProgress("reading [stays]", stay, 500, "stays")));
                foreach (var (step, method) in ResamplingMethod.OfPaper.Index())
                    progress.Report(new CohortProgress(method, step, ResamplingMethod.OfPaper.Count, "steps"));
                return 0;
            },
            console: terminal.Console);
        var last = terminal.ToString().Split('\n').Where(line => line.Contains("100%", StringComparison.Ordinal)).TakeLast(2).ToArray();
        Assert.Contains("reading [stays]", last[0], StringComparison.Ordinal);
        Assert.Contains("500 of 500", last[0], StringComparison.Ordinal);
        Assert.Contains("dp", last[1], StringComparison.Ordinal);
        Assert.Contains("10 of 10", last[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WorkFails_ThrowsWhatItThrew() =>
        Assert.Throws<InvalidDataException>(() => ConsoleProgress.Run<int>(_ => throw new InvalidDataException(), console: new ConsoleText().Console));

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
