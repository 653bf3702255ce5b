using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Equity;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;
using Engine.Data;
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

    private static readonly WorkContext s_context = new(new CohortShelf("absent"), 2, CancellationToken.None);

    private static readonly Lazy<EquityStudyWork> s_work = new(() =>
    {
        var work = new EquityStudyWork(Rows, Repeats, RivalRepeats, CancellationToken.None);
        work.Run(s_context, new PhaseClock());
        return work;
    });

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cases_Bars_AreThoseAskedFor() =>
        Assert.Equal(["<= 180 s", ">= 20x scikit-learn"], Assert.Single(EquityCases.Family.Cases).Bars.Select(bar => bar.Text));

    [Fact]
    public void Check_OwnScores_AreThoseOfOneThread() => Assert.All(s_work.Value.Check(s_context), check => Assert.Null(check.FirstDifference));

    [Fact]
    public void Compare_SameScores_Hold() => Assert.All(Check(_ => { }), check => Assert.True(check.Holds && check.Checked > 0));

    [Theory]
    [InlineData(0, 2e-7, 0, 0)]
    [InlineData(0, 5e-6, 1, 0)]
    [InlineData(0, 2e-5, 0, 1)]
    [InlineData(2 * ScoresPerArm, 2e-5, 0, 1)]
    [InlineData(2 * ScoresPerArm, double.NaN, 0, 1)]
    public void Compare_ArmWithoutMadeRows_MustAgreeInEveryRepeat(int place, double difference, int ties, int wrong)
    {
        var checks = Check(found => found[place] += difference);
        Assert.Equal((ties, wrong), (checks[0].Ties, checks[0].Wrong));
        Assert.Equal(0, checks[1].Wrong);
    }

    [Fact]
    public void Compare_ManyTies_AreNone()
    {
        var checks = Check(found =>
        {
            for (var place = 0; place < ScoresPerArm; place++)
                found[place] += 5e-6;
        });
        Assert.Equal((0, ScoresPerArm), (checks[0].Ties, checks[0].Wrong));
    }

    [Fact]
    public void Compare_ArmWithMadeRows_MustAgreeInTheMean()
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
    public void Compare_FewerScores_AreWrong() =>
        Assert.Equal("it has 1 where there are 432", Assert.Single(Compare([.5])).FirstDifference);

    [Fact]
    public void Measure_Installed_AgreesWithTheEngine()
    {
        Skip.Unless(OperatingSystem.IsLinux(), "the script needs fork");
        var rival = EquityCases.Family.RivalsWith("/usr/bin/python3", "g++", _folder.Path).Rivals.Single();
        var task = new RivalTask(_folder.Path, s_work.Value.WriteTask(_folder.Path), new MeasureOptions { Repeats = 1, TimeoutSeconds = 300 });
        var measured = rival.Measure(task, TestContext.Current.CancellationToken);
        Skip.When(measured.Status == ContenderStatus.Absent, $"{rival.Name} is absent: {measured.Reason}");
        Assert.Null(measured.Reason);
        Assert.StartsWith("2 of 3 repeats run, seconds times 1.5; newton-cholesky, ", measured.Note, StringComparison.Ordinal);
        Assert.All(s_work.Value.Compare(rival.Name, task.AnswerFile, s_context).Checks, check => Assert.Null(check.FirstDifference));
    }

    private IReadOnlyList<CheckResult> Check(Action<double[]> change)
    {
        s_work.Value.WriteTask(_folder.Path);
        // The first repeats of each minority, as another library would find them.
        var expected = NpyFile.Read<double>(_folder.File("expected.npy")).Values;
        double[] found = [.. expected.Chunk(Repeats * ScoresPerRepeat).SelectMany(minority => minority.Take(RivalRepeats * ScoresPerRepeat))];
        change(found);
        return Compare(found);
    }

    private IReadOnlyList<CheckResult> Compare(double[] found)
    {
        NpyFile.Write<double>(_folder.File("found.npy"), found);
        return s_work.Value.Compare("another", _folder.File("found.npy"), s_context).Checks;
    }
}
