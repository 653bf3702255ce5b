using Bench.Comparisons.Arrays;
using Bench.Comparisons.Equity;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis.Rivals;
using Bench.Comparisons.Prognosis.Work;
using Bench.Comparisons.Resampling.Checks;
using Bench.Comparisons.Rivals;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Equity;

/// <summary>The study beside scikit-learn, and which differences make its time worth nothing.</summary>
public sealed class EquityStudyWorkTests : IDisposable
{
    private const int Rows = 20_000;
    private const int Repeats = 3;
    private const int RivalRepeats = 2;
    private const int ScoresPerArm = 12;
    private const int ScoresPerRepeat = 6 * ScoresPerArm;
    private const int FirstDrawnArm = 3;

    private static readonly Lazy<EquityStudyWork> s_work = new(() =>
    {
        var work = EquityStudyWork.Prepare(Rows, Repeats, RivalRepeats, new WorkContext(new CohortShelf("absent"), 2, CancellationToken.None));
        work.Run();
        return work;
    });

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_OwnScores_AreThoseOfOneThread() => Assert.All(s_work.Value.Check(), check => Assert.Null(check.FirstDifference));

    [Fact]
    public void CheckRival_SameScores_Hold() => Assert.All(Check(_ => { }), check => Assert.True(check.Holds && check.Checked > 0));

    [Theory]
    [InlineData(0, 2e-7, 0, 0)]
    [InlineData(0, 5e-6, 1, 0)]
    [InlineData(0, 2e-5, 0, 1)]
    [InlineData(2 * ScoresPerArm, 2e-5, 0, 1)]
    [InlineData(2 * ScoresPerArm, double.NaN, 0, 1)]
    public void CheckRival_ArmWithoutMadeRows_MustAgreeInEveryRepeat(int place, double difference, int ties, int wrong)
    {
        var checks = Check(found => found[place] += difference);
        Assert.Equal((ties, wrong), (checks[0].Ties, checks[0].Wrong));
        Assert.Equal(0, checks[1].Wrong);
    }

    [Fact]
    public void CheckRival_ManyTies_AreNone()
    {
        var checks = Check(found =>
        {
            for (var place = 0; place < ScoresPerArm; place++)
                found[place] += 5e-6;
        });
        Assert.Equal((0, ScoresPerArm), (checks[0].Ties, checks[0].Wrong));
    }

    [Fact]
    public void CheckRival_ArmWithMadeRows_MustAgreeInTheMean()
    {
        const int Place = FirstDrawnArm * ScoresPerArm;
        Assert.All(Check(found => found[Place] += 1e-3), check => Assert.True(check.Holds));
        // The other way round in the next repeat: the mean is the same.
        Assert.All(Check(found => (found[Place], found[Place + ScoresPerRepeat]) = (found[Place] + .2, found[Place + ScoresPerRepeat] - .2)), check => Assert.True(check.Holds));
        var wrong = Check(found => (found[Place], found[Place + ScoresPerRepeat]) = (found[Place] + .2, found[Place + ScoresPerRepeat] + .2))[1];
        Assert.StartsWith("AUROC of the minority ", wrong.FirstDifference, StringComparison.Ordinal);
        Assert.Equal(1, wrong.Wrong);
    }

    [Fact]
    public void CheckRival_FewerScores_AreWrong() =>
        Assert.Equal("it has 1 where there are 432", Assert.Single(s_work.Value.CheckRival("another", [.5])).FirstDifference);

    [Fact]
    public void Measure_NoInterpreter_IsAbsent() => Assert.Equal(RivalStatus.Absent, Measure("no-such-python").Measured.Status);

    [Fact]
    public void Measure_Installed_AgreesWithTheEngine()
    {
        Skip.Unless(OperatingSystem.IsLinux(), "the script needs fork");
        var (measured, found) = Measure("/usr/bin/python3");
        Skip.When(measured.Status == RivalStatus.Absent, $"{PrognosisRival.ScikitLearn} is absent: {measured.Reason}");
        Assert.Null(measured.Reason);
        Assert.StartsWith("2 of 3 repeats run, seconds times 1.5; newton-cholesky, ", measured.Note, StringComparison.Ordinal);
        Assert.All(s_work.Value.CheckRival(PrognosisRival.ScikitLearn, found), check => Assert.Null(check.FirstDifference));
    }

    private static IReadOnlyList<CheckResult> Check(Action<double[]> change)
    {
        // The first repeats of each minority, as another library would find them.
        double[] found = [.. s_work.Value.Expected.Chunk(Repeats * ScoresPerRepeat).SelectMany(minority => minority.Take(RivalRepeats * ScoresPerRepeat))];
        change(found);
        return s_work.Value.CheckRival("another", found);
    }

    private (RivalMeasurement Measured, double[] Found) Measure(string python)
    {
        s_work.Value.WriteFiles(_folder.Path);
        return new PythonPrognosis(new PythonPrograms(python, _folder.Path, PythonPrograms.EquityScript))
            .Measure(PrognosisRival.ScikitLearn, s_work.Value, _folder.Path, new MeasureOptions { Repeats = 1, TimeoutSeconds = 300 }, TestContext.Current.CancellationToken);
    }
}
