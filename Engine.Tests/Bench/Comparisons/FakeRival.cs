using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;

namespace Engine.Tests.Bench.Comparisons;

/// <summary>A rival that is a function of the test.</summary>
internal sealed class FakeRival(string name, Func<RivalTask, RivalResult> measure) : IRival
{
    public string Name => name;

    public RivalResult Measure(RivalTask task, CancellationToken cancellation) => measure(task);

    /// <summary>Finds what is right, in so many seconds.</summary>
    public static FakeRival Right(string name, double seconds) => new(name, task => new RivalResult(name, RivalStatus.Measured, null)
    {
        Repetitions = [new Timing(0, seconds)],
        Indices = SmallArrays.Find(task.Files.Arrays, task.Metric, task.NeighborCount).Indices,
    });

    /// <summary>Finds row 0 and nothing else.</summary>
    public static FakeRival Wrong(string name) => new(name, task => new RivalResult(name, RivalStatus.Measured, null)
    {
        Repetitions = [new Timing(0, 1)],
        Indices = new long[task.Files.Arrays.Queries.RowCount * task.NeighborCount],
    });
}
