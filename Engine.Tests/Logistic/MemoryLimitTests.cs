using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Prognosis;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

/// <summary>Fits of mapped tables that are larger than the memory limit: the bits of a table in memory.</summary>
public sealed class MemoryLimitTests : IDisposable
{
    // So many that a sample is fitted first, which is itself more than a quarter of the limit.
    private const int RowCount = 525_000;

    private static readonly ComputeOptions s_limited = new() { MemoryLimit = 8_000_000 };

    private static readonly Lazy<(SampleMatrix Samples, Labels Labels)> s_problem = new(() => SmallFits.Problem(RowCount, 17, 31));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_MappedTableOfManyTimesTheLimit_HasTheBitsOfOneInMemory()
    {
        var (samples, labels) = s_problem.Value;
        var path = _folder.File("rows.npy");
        NpyFile.Write(path, samples);
        using var mapped = SampleMatrix.Map(path);
        var (expected, fit) = (LogisticRegression.Fit(samples, labels, new() { RidgePenalty = 1 }), LogisticRegression.Fit(mapped, labels, new() { RidgePenalty = 1, Compute = s_limited }));
        Assert.Equal(expected.Coefficients, fit.Coefficients);
        Assert.Equal(expected.Iterations, fit.Iterations);
    }

    [Fact]
    public void FitMany_PlansThatRepeatRows_HaveTheBitsOfNoLimit()
    {
        var (samples, labels) = s_problem.Value;
        // Rows of the group of class 1 that weigh more: a copy of them is more than a quarter of this limit.
        var group = RowMask.From(RowCount, row => row % 8 == 0);
        LogisticOptions[] OptionsWith(ComputeOptions compute) => [.. Enumerable.Range(1, 3).Select(units => new LogisticOptions { Plan = DoublePrioritized.Plan(labels, group, units), RidgePenalty = 1, Compute = compute })];
        var expected = LogisticRegression.FitMany(samples, labels, OptionsWith(ComputeOptions.Default));
        var fits = LogisticRegression.FitMany(samples, labels, OptionsWith(s_limited));
        Assert.All(expected.Zip(fits), pair => Assert.Equal(pair.First.Coefficients, pair.Second.Coefficients));
    }

    [Fact]
    public void Fit_LimitBelowWhatEveryRowKeeps_NamesNeedAndLimit()
    {
        var (samples, labels) = s_problem.Value;
        var error = Assert.Throws<InsufficientMemoryException>(() => LogisticRegression.Fit(samples, labels, new() { Compute = new() { MemoryLimit = 1_000_000 } }));
        Assert.Contains("18 coefficients of 525,000 rows need 17,85", error.Message, StringComparison.Ordinal);
        Assert.Contains("the limit is 1,000,000; raise MemoryLimit", error.Message, StringComparison.Ordinal);
    }
}
