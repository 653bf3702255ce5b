using Bench.Comparisons.Arrays;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis.Cases;
using Bench.Comparisons.Prognosis.Rivals;
using Bench.Comparisons.Prognosis.Work;
using Bench.Comparisons.Rivals;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Prognosis.Rivals;

public sealed class PythonPrognosisTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Measure_NoInterpreter_IsAbsent()
    {
        var (measured, found) = Measure("no-such-python", PrognosisRival.ScikitLearn, Prepare("metrics-2.4m"));
        Assert.Equal((RivalStatus.Absent, "there is no no-such-python"), (measured.Status, measured.Reason));
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("irls-15", PrognosisRival.StatsModels)]
    [InlineData("irls-15", PrognosisRival.ScikitLearn)]
    [InlineData("metrics-2.4m", PrognosisRival.ScikitLearn)]
    public void Measure_Installed_AgreesWithTheEngine(string name, string rival)
    {
        var work = Prepare(name);
        var (measured, found) = Measure("/usr/bin/python3", rival, work);
        Skip.When(measured.Status == RivalStatus.Absent, $"{rival} is absent: {measured.Reason}");
        Assert.Null(measured.Reason);
        Assert.Equal(2, measured.Repetitions.Count);
        Assert.Null(SameNumbers.Check(rival, work, found).FirstDifference);
    }

    private static PreparedWork Prepare(string name)
    {
        var context = new WorkContext(new CohortShelf("absent"), 2, TestContext.Current.CancellationToken);
        var work = PrognosisCases.All.Single(planned => planned.Name == name).Prepare(5_000, context);
        work.Run();
        return work;
    }

    private (RivalMeasurement Measured, double[] Found) Measure(string python, string rival, PreparedWork work)
    {
        work.WriteFiles(_folder.Path);
        return new PythonPrognosis(new PythonPrograms(python, _folder.Path, PythonPrograms.PrognosisScript))
            .Measure(rival, work, _folder.Path, new MeasureOptions { Repeats = 2, TimeoutSeconds = 120 }, TestContext.Current.CancellationToken);
    }
}
