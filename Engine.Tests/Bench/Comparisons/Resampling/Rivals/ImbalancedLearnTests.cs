using Bench.Comparisons.Measurement;
using Bench.Comparisons.Resampling.Methods;
using Bench.Comparisons.Resampling.Rivals;
using Bench.Comparisons.Rivals;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Resampling.Rivals;

public sealed class ImbalancedLearnTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Measure_NoInterpreter_IsAbsent()
    {
        var result = Measure("no-such-python", SamplerMethods.Smote);
        Assert.Equal((RivalStatus.Absent, "there is no no-such-python"), (result.Status, result.Reason));
    }

    [Theory]
    [InlineData("smote")]
    [InlineData("adasyn")]
    [InlineData("nearmiss1")]
    [InlineData("nearmiss3")]
    public void Measure_Installed_AgreesWithTheEngine(string name)
    {
        var method = SamplerMethods.All.Single(known => known.Name == name);
        var result = Measure("/usr/bin/python3", method);
        Skip.When(result.Status == RivalStatus.Absent, $"imbalanced-learn is absent: {result.Reason}");
        Assert.Null(result.Reason);
        Assert.Equal(2, result.Repetitions.Count);
        var planned = SmallRows.Case(method);
        var rows = planned.Data.Make(planned.RowCount, SmallRows.Shelf(), TestContext.Current.CancellationToken);
        var check = method.RivalCheck!.Run(rows, method.Of(rows).Plan(rows), result.Found, TestContext.Current.CancellationToken);
        Assert.Null(check.FirstDifference);
        Assert.True(check.Checked > 0);
    }

    private RivalMeasurement Measure(string python, SamplerMethod method)
    {
        var planned = SmallRows.Case(method);
        var rows = planned.Data.Make(planned.RowCount, SmallRows.Shelf(), TestContext.Current.CancellationToken);
        return new ImbalancedLearn(new PythonPrograms(python, _folder.Path, PythonPrograms.ResamplingScript))
            .Measure(planned, rows, _folder.Path, new MeasureOptions { Repeats = 2, TimeoutSeconds = 120 }, TestContext.Current.CancellationToken);
    }
}
