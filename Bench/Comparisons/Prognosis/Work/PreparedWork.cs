using Bench.Comparisons.Cases;
using Bench.Comparisons.Prognosis.Rivals;
using Bench.Comparisons.Resampling.Checks;

namespace Bench.Comparisons.Prognosis.Work;

/// <summary>Work whose rows are made: run several times, then checked.</summary>
internal abstract class PreparedWork
{
    /// <summary>Gets the number of columns; 1 for scores.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>Gets the bytes of what is worked on.</summary>
    public abstract long DataBytes { get; }

    /// <summary>Gets other ways to do it, or smaller work to measure it by, run in this process: names and what to run.</summary>
    public virtual IReadOnlyList<(string Name, Action Run)> OtherWays => [];

    /// <summary>Gets what other libraries are asked to do, as their script calls it.</summary>
    public virtual string RivalTask => throw new NotSupportedException("no other library does this.");

    /// <summary>Gets what they should find, to <see cref="RivalTolerance"/>.</summary>
    public virtual double[] Expected => [];

    /// <summary>Gets how far other libraries may be off: of a value, or of 1 where that is larger.</summary>
    public virtual double RivalTolerance => 0;

    /// <summary>Runs the engine once and keeps the result.</summary>
    public abstract void Run();

    /// <summary>Says whether the result is right.</summary>
    public abstract IReadOnlyList<CheckResult> Check();

    /// <summary>Says whether another library found the same.</summary>
    /// <param name="name">The library.</param>
    /// <param name="found">What it found.</param>
    public virtual IReadOnlyList<CheckResult> CheckRival(string name, double[] found) => [SameNumbers.Check(name, this, found)];

    /// <summary>Returns how fast the last run was, beside what the machine allows right afterwards.</summary>
    /// <param name="seconds">What a run took.</param>
    public virtual IReadOnlyList<RateUnderRoof> RatesAt(double seconds) => [];

    /// <summary>Writes what other libraries read.</summary>
    /// <param name="folder">An existing folder.</param>
    public virtual void WriteFiles(string folder) => throw new NotSupportedException("no other library does this.");
}
