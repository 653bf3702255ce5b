using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Cases;

/// <summary>Work whose rows are made: run several times, checked, then handed to rivals. What a run and a check are given can be stopped.</summary>
internal abstract class PreparedWork : IDisposable
{
    /// <summary>Gets the number of rows.</summary>
    public abstract long RowCount { get; }

    /// <summary>Gets the number of columns; 1 for scores.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>Gets the bytes of what is worked on, padding left out.</summary>
    public virtual long DataBytes => RowCount * FeatureCount * sizeof(float);

    /// <summary>Gets other counts that describe it, by name: those of its result too once it ran.</summary>
    public virtual IReadOnlyDictionary<string, long> Facts => new Dictionary<string, long>();

    /// <summary>Gets other ways to do it, or smaller work to measure it by, run in this process: names and what to run.</summary>
    public virtual IReadOnlyList<(string Name, Action<WorkContext> Run)> OtherWays => [];

    /// <summary>Makes a little of the same work, by which code becomes warm.</summary>
    /// <param name="context">What it needs.</param>
    public abstract PreparedWork MakeSmall(WorkContext context);

    /// <summary>Runs the engine once and keeps the result.</summary>
    /// <param name="context">What it needs.</param>
    /// <param name="clock">Told when a phase ends; work of one phase need not say so.</param>
    /// <exception cref="ArgumentException">It cannot be done with these rows.</exception>
    public abstract void Run(WorkContext context, PhaseClock clock);

    /// <summary>Says whether the result is right.</summary>
    public abstract IEnumerable<CheckResult> Check(WorkContext context);

    /// <summary>Returns how fast a run was, beside what the machine allows right afterwards.</summary>
    /// <param name="seconds">What a run took, by phase.</param>
    /// <param name="context">What it needs.</param>
    public virtual IReadOnlyList<RateUnderRoof> RatesAt(double[] seconds, WorkContext context) => [];

    /// <summary>Writes what rivals read.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <returns>What their program is told: the name of the task, then its numbers.</returns>
    public virtual IReadOnlyList<string> WriteTask(string folder) => throw new NotSupportedException("no rival does this.");

    /// <summary>Compares what a rival found with what the engine found.</summary>
    /// <param name="rival">Its name.</param>
    /// <param name="answer">The .npy file that it wrote.</param>
    /// <param name="context">What it needs.</param>
    /// <exception cref="InvalidDataException">The answer is none.</exception>
    public virtual Agreement Compare(string rival, string answer, WorkContext context) => throw new NotSupportedException("no rival does this.");

    /// <summary>Lets go of what the rows lie in beside memory; most lie in none.</summary>
    public virtual void Dispose()
    {
    }
}

/// <summary>How a rival's result stands to the engine's, one way or the other.</summary>
/// <param name="Checks">Whether both are the same; the engine's time counts only then. None where rivals may err.</param>
/// <param name="Recall">The share of the rival's result that is right, where it may err.</param>
internal readonly record struct Agreement(IReadOnlyList<CheckResult> Checks, double? Recall = null);
