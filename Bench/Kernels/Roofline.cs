using System.Diagnostics;
using Bench.Comparisons.Measurement;
using Engine.Numerics.Distances;

namespace Bench.Kernels;

/// <summary>What this machine does at most, and where the kernels are below it.</summary>
/// <param name="Roofs">Peaks and bandwidths by threads.</param>
/// <param name="Kernels">The kernels, one thread each.</param>
internal sealed record Roofline(IReadOnlyList<MachineRoof> Roofs, IReadOnlyList<KernelPlace> Kernels)
{
    private const double Billion = 1e9;

    /// <summary>Fewer calls have no median worth the name.</summary>
    private const int LeastCalls = 5;

    /// <summary>Gets the bandwidth that kernels are held against: a triad on one thread, in GB/s.</summary>
    public double Bandwidth => Roofs.Single(roof => roof is { Threads: 1, Name: nameof(MemoryPass.Triad) }).Rate;

    /// <summary>Gets the peaks of one thread, in Gop/s.</summary>
    public IEnumerable<MachineRoof> Peaks => Roofs.Where(static roof => roof is { Threads: 1, Unit: MachineRoof.Operations });

    /// <summary>Measures the machine, then every kernel.</summary>
    /// <param name="mostThreads">Roofs are measured for 1, 2, 4 and so on up to so many threads.</param>
    /// <param name="smallerBy">How many times fewer rows kernels have; 1 for those of <c>kernels</c>.</param>
    /// <param name="phase">How long a kernel runs before it is timed, so that the runtime compiles hot methods once more, and again while it is.</param>
    /// <param name="cancellation">Stops it between two measurements.</param>
    /// <exception cref="InvalidOperationException">A kernel gives another result than scalar C#.</exception>
    public static Roofline Measure(int mostThreads, int smallerBy, TimeSpan phase, CancellationToken cancellation)
    {
        var roofs = ThreadsUpTo(mostThreads).SelectMany(threads => RoofsOf(threads, cancellation)).ToArray();
        var bandwidth = roofs.Single(static roof => roof is { Threads: 1, Name: nameof(MemoryPass.Triad) }).Rate;
        var kernels = Suites().Select(kernel => Place(kernel.Name, kernel.Suite, smallerBy, phase, bandwidth, roofs, cancellation)).ToArray();
        return new Roofline(roofs, kernels);
    }

    /// <summary>Lists doublings of 1, and the last number itself.</summary>
    public static IEnumerable<int> ThreadsUpTo(int most)
    {
        for (var threads = 1; threads < most; threads *= 2)
            yield return threads;
        yield return most;
    }

    private static IEnumerable<MachineRoof> RoofsOf(int threads, CancellationToken cancellation)
    {
        foreach (var pass in Enum.GetValues<MemoryPass>())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new MachineRoof($"{pass}", threads, MemoryBandwidth.Measure(threads, pass) / Billion, MachineRoof.Bytes);
        }

        foreach (var operation in Enum.GetValues<PeakOperation>())
        {
            cancellation.ThrowIfCancellationRequested();
            if (MachineRoofs.Measure(operation, threads) is { } rate)
                yield return new MachineRoof($"{operation}", threads, rate / Billion, MachineRoof.Operations);
        }
    }

    private static IEnumerable<(string Name, KernelSuite Suite)> Suites() =>
    [
        ("nearest rows, L2", new NearestRows { Metric = Metric.L2 }),
        ("nearest rows, L1", new NearestRows { Metric = Metric.L1 }),
        ("16-bit codes, L2", new ComparedCodes { Metric = Metric.L2 }),
        ("byte codes, L1", new ComparedCodes { Metric = Metric.L1 }),
        ("fit pass, gradient", new FitPass { Hessian = false }),
        ("fit pass, Hessian", new FitPass { Hessian = true }),
        ("sixteen predictions", new ManyPredictions()),
        ("interpolation", new Interpolation()),
        ("sparse layer", new SparseLayer()),
        ("LSTM steps", new LstmSteps()),
        ("ranked scores", new RankedScores()),
    ];

    private static KernelPlace Place(string name, KernelSuite suite, int smallerBy, TimeSpan phase, double bandwidth, IEnumerable<MachineRoof> roofs, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        suite.SmallerBy = smallerBy;
        suite.Prepare();
        Repeat(suite, phase, cancellation);
        var seconds = Repeat(suite, phase, cancellation).Order().ToArray();
        var (work, median) = (suite.Work, seconds[seconds.Length / 2]);
        var peak = roofs.FirstOrDefault(roof => roof.Threads == 1 && roof.Name == $"{work.Peak}")?.Rate * Billion;
        return new KernelPlace(
            name, $"{work.Peak}", work.Rows, median, seconds.Length, work.Intensity, work.Operations / median / Billion, work.Bytes / median / Billion, work.ShareOfRoof(median, bandwidth * Billion, peak));
    }

    private static List<double> Repeat(KernelSuite suite, TimeSpan phase, CancellationToken cancellation)
    {
        var (whole, seconds) = (Stopwatch.StartNew(), new List<double>());
        do
        {
            cancellation.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();
            suite.RunEngine();
            seconds.Add(clock.Elapsed.TotalSeconds);
        }
        while (seconds.Count < LeastCalls || whole.Elapsed < phase);
        return seconds;
    }
}

/// <summary>What the machine does at most.</summary>
/// <param name="Name">The operation or the pass over memory.</param>
/// <param name="Threads">How many threads did it.</param>
/// <param name="Rate">Billions a second, of the fastest of five repetitions.</param>
/// <param name="Unit">What is counted.</param>
internal sealed record MachineRoof(string Name, int Threads, double Rate, string Unit)
{
    /// <summary>Operations on single numbers.</summary>
    public const string Operations = "Gop/s";

    /// <summary>Bytes read and written.</summary>
    public const string Bytes = "GB/s";
}

/// <summary>A kernel below its roofs, on one thread.</summary>
/// <param name="Name">The kernel.</param>
/// <param name="Peak">The operation that it is held against.</param>
/// <param name="Rows">Rows, queries or scores of a call.</param>
/// <param name="Seconds">The median time of a call.</param>
/// <param name="Calls">How many were timed.</param>
/// <param name="Intensity">Operations for each byte that must be read or written.</param>
/// <param name="Operations">Billion operations a second.</param>
/// <param name="Bytes">Billion bytes a second.</param>
/// <param name="ShareOfRoof">The time needed at the least beside the time taken; null where the peak is not known.</param>
internal sealed record KernelPlace(string Name, string Peak, long Rows, double Seconds, int Calls, double Intensity, double Operations, double Bytes, double? ShareOfRoof);
