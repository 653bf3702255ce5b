using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;
using Engine.Data;

namespace Engine.Tests.Bench.Comparisons;

/// <summary>A rival that is a function of the test.</summary>
internal sealed class FakeRival(string name, Func<RivalTask, Contender> measure) : IRival
{
    public string Name => name;

    public Contender Measure(RivalTask task, CancellationToken cancellation) => measure(task);

    /// <summary>Answers after some seconds.</summary>
    public static FakeRival Answers<T>(string name, double seconds, Func<RivalTask, T[]> find)
        where T : unmanaged => new(name, task =>
    {
        NpyFile.Write<T>(task.AnswerFile, find(task));
        return new Contender(name, ContenderStatus.Measured) { Repetitions = [[0, seconds]] };
    });

    /// <summary>Is not installed.</summary>
    public static FakeRival Absent(string name) => new(name, _ => new Contender(name, ContenderStatus.Absent, $"No module named '{name}'"));
}
