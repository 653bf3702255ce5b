using System.Diagnostics;
using System.Globalization;
using Bench.Cohorts;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;

namespace Bench.Kernels.Scaling;

/// <summary>Measures works axis by axis, sizes rising, within a time and the memory that is free.</summary>
/// <param name="sizes">The sizes.</param>
/// <param name="budget">What all of it may take: every work has its part of what is left for every axis, rows and checks included, and ends before a size that its growth so far says is too large.</param>
/// <param name="progress">Told what is being measured.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class ScaleRun(ScaleSizes sizes, TimeSpan budget, IProgress<CohortProgress>? progress, CancellationToken cancellation)
{
    /// <summary>The time after which work that is over at once is repeated no more.</summary>
    private const double EnoughSeconds = 0.5;

    /// <summary>Repetitions of longer work, while they take no more than this part of its time.</summary>
    private const int Repetitions = 3;

    private const double ShareOfRepetitions = 0.25;

    /// <summary>The part of the free memory that may be taken: the rest is for the others, and for what was estimated too low.</summary>
    private const double ShareOfMemory = 0.7;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ScaleData _data = new(progress);

    /// <summary>Measures.</summary>
    /// <param name="works">The works.</param>
    /// <returns>A curve for every axis and work, axis by axis.</returns>
    /// <exception cref="InvalidOperationException">A result is wrong: nothing of it is timed.</exception>
    public IReadOnlyList<ScaleCurve> Run(IReadOnlyList<ScaleWork> works)
    {
        var (done, left) = (new List<ScaleCurve>(), works.Sum(static work => work.Growth.Count));
        foreach (var axis in Enum.GetValues<ScaleAxis>())
        {
            var curves = works.Where(work => work.Along(axis) is not null).Select(work => new Curve(work, work.Along(axis)!)).ToArray();
            var seconds = (budget - _clock.Elapsed).TotalSeconds / left;
            left -= curves.Length;
            // Size by size, so that works of the same rows follow each other.
            foreach (var value in sizes.Values[axis])
            {
                foreach (var curve in curves.Where(static curve => curve.Ended is null))
                    Extend(curve, axis, value, seconds);
            }

            done.AddRange(curves.Select(static curve => new ScaleCurve(curve.Work, curve.Expected, curve.Points, curve.Ended)));
            _data.Release();
        }

        return done;
    }

    private void Extend(Curve curve, ScaleAxis axis, int value, double seconds)
    {
        cancellation.ThrowIfCancellationRequested();
        var size = sizes.Of(curve.Work, axis, value);
        curve.Ended = WhyNot(curve, size, value, seconds);
        if (curve.Ended is not null)
            return;
        progress?.Report(new CohortProgress($"{curve.Work.Name}, {value.ToString("N0", CultureInfo.InvariantCulture)} {axis.ToString().ToLowerInvariant()}", (long)_clock.Elapsed.TotalSeconds, (long)budget.TotalSeconds, "s"));
        var clock = Stopwatch.StartNew();
        var context = new WorkContext(new CohortShelf(string.Empty, progress), size.Threads, cancellation);
        // Measured on another one than is checked: what is written for the first time takes memory.
        if (curve.Points.Count == 0)
            CheckAndWarmUp(curve.Work, curve.Work.Prepare(size, _data, context), context);
        var prepared = clock.Elapsed.TotalSeconds;
        var work = curve.Work.Prepare(size, _data, context);
        curve.SecondsToPrepare = clock.Elapsed.TotalSeconds - prepared;
        curve.Points.Add(Measure(curve.Work, work, value, context, seconds * ShareOfRepetitions));
        curve.Seconds += clock.Elapsed.TotalSeconds;
    }

    /// <summary>Says why a size is too large; null where it is not. The first of a curve is always measured if it fits in memory.</summary>
    private static string? WhyNot(Curve curve, ScaleSize size, int value, double seconds)
    {
        var last = curve.Points.Count > 0 ? curve.Points[^1] : null;
        var ratio = last is null ? 1 : (double)value / last.Size;
        var next = last is null ? 0 : (curve.SecondsToPrepare * ratio) + (last.Seconds * Math.Pow(ratio, curve.GrowthSoFar));
        if (curve.Seconds + next > seconds && last is not null)
            return string.Create(CultureInfo.InvariantCulture, $"{value:N0} would take about {next:0} s, of which {Math.Max(0, seconds - curve.Seconds):0} s are left");
        var bytes = Math.Max(curve.Work.NeededBytes(size), (last?.PeakBytes ?? 0) * Math.Pow(ratio, curve.Expected.Memory));
        return ProcessMemory.Available() is { } free && bytes > ShareOfMemory * free
            ? string.Create(CultureInfo.InvariantCulture, $"{value:N0} would need {bytes / 1e9:0.0} GB, and {free / 1e9:0.0} GB are free")
            : null;
    }

    private void CheckAndWarmUp(ScaleWork named, PreparedWork work, WorkContext context)
    {
        work.Run(context, new PhaseClock());
        if (work.Check(context).FirstOrDefault(static check => !check.Holds) is { } wrong)
            throw new InvalidOperationException($"{named.Name}: {wrong.What}: {wrong.FirstDifference}; nothing is timed that is not right.");
        if (sizes.WarmUpSeconds == 0)
            return;
        var (small, clock) = (work.MakeSmall(context), Stopwatch.StartNew());
        while (clock.Elapsed.TotalSeconds < sizes.WarmUpSeconds)
            small.Run(context, new PhaseClock());
    }

    private ScalePoint Measure(ScaleWork named, PreparedWork work, int value, WorkContext context, double most)
    {
        var (times, growth) = (new List<double>(), (long?)0);
        do
        {
            var begin = ProcessMemory.Begin();
            var clock = Stopwatch.StartNew();
            work.Run(context, new PhaseClock());
            times.Add(clock.Elapsed.TotalSeconds);
            growth = ProcessMemory.GrowthSince(begin) is { } bytes && growth is { } largest ? Math.Max(largest, bytes) : null;
        }
        while (IsWorthwhile(times, most));
        return new ScalePoint(value, work.RowCount, work.FeatureCount, times.Min(), times.Count, growth + (named.HoldsRows ? work.DataBytes : 0));
    }

    private bool IsWorthwhile(List<double> times, double most) =>
        times.Count < sizes.MostRepetitions && (times.Sum() < EnoughSeconds || (times.Count < Repetitions && times.Sum() + times[^1] < most));

    /// <summary>A curve while it is measured.</summary>
    private sealed class Curve(ScaleWork work, ExpectedGrowth expected)
    {
        public ScaleWork Work { get; } = work;

        public ExpectedGrowth Expected { get; } = expected;

        public List<ScalePoint> Points { get; } = [];

        /// <summary>Gets or sets why it goes no further; null while it does.</summary>
        public string? Ended { get; set; }

        /// <summary>Gets or sets what it took so far, all included.</summary>
        public double Seconds { get; set; }

        /// <summary>Gets or sets what the rows of the last size took to make.</summary>
        public double SecondsToPrepare { get; set; }

        /// <summary>Gets the exponent between the last two sizes, or the expected one; at least 0 and no more than what was expected.</summary>
        public double GrowthSoFar => Points.Count < 2
            ? Math.Max(0, Expected.Time)
            : Math.Clamp(Math.Log(Points[^1].Seconds / Points[^2].Seconds) / Math.Log((double)Points[^1].Size / Points[^2].Size), Math.Min(1, Expected.Time), Math.Max(1, Expected.Time));
    }
}
