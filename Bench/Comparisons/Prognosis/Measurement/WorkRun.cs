using System.Diagnostics;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis.Work;

namespace Bench.Comparisons.Prognosis.Measurement;

/// <summary>Times work in this process.</summary>
internal static class WorkRun
{
    /// <summary>Runs small work until its code is compiled for good.</summary>
    public static void WarmUp(PreparedWork small, double seconds)
    {
        foreach (var run in (Action[])[small.Run, .. small.OtherWays.Select(way => way.Run)])
        {
            var clock = Stopwatch.StartNew();
            do
                run();
            while (clock.Elapsed.TotalSeconds < seconds);
        }
    }

    /// <summary>Runs the engine several times.</summary>
    public static PrognosisMeasurement Measure(PreparedWork work, MeasureOptions options)
    {
        var load = LoadAverage.Read();
        var (seconds, growth) = Repeat(work.Run, options);
        return new PrognosisMeasurement(seconds, growth, load, work.RatesAt(RepetitionMedian.Of(seconds, static one => one)));
    }

    /// <summary>Runs something several times.</summary>
    /// <param name="run">What to run.</param>
    /// <param name="options">How often.</param>
    /// <returns>The seconds of every repetition; how far the process grew in any of them, null where this is not known.</returns>
    public static (IReadOnlyList<double> Seconds, long? PeakGrowthBytes) Repeat(Action run, MeasureOptions options)
    {
        var (repetitions, growth) = (new List<double>(), (long?)0);
        while (repetitions.Count == 0 || (repetitions.Count < options.Repeats && repetitions.Sum() < options.MaxSeconds))
        {
            var begin = ProcessMemory.Begin();
            var clock = Stopwatch.StartNew();
            run();
            repetitions.Add(clock.Elapsed.TotalSeconds);
            growth = ProcessMemory.GrowthSince(begin) is { } bytes && growth is { } largest ? Math.Max(largest, bytes) : null;
        }

        return (repetitions, growth);
    }
}
