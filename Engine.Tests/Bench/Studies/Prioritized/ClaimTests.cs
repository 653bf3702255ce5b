using Bench.Studies.Claims;
using Bench.Studies.Prioritized.Claims;
using Engine.Metrics;

namespace Engine.Tests.Bench.Studies.Prioritized;

public sealed class ClaimTests
{
    [Theory]
    [InlineData(.1, .3, "Holds")]
    [InlineData(-.3, -.1, "DoesNotHold")]
    [InlineData(-.1, .1, "CannotBeTold")]
    [InlineData(0, .1, "CannotBeTold")]
    [InlineData(0, 0, "CannotBeTold")]
    public void OfInterval_AboveZero_NeedsTheWholeInterval(double lower, double upper, string verdict)
    {
        var interval = new MetricInterval((lower + upper) / 2, .1, lower, upper, 0);
        Assert.Equal(verdict, $"{ClaimMeasure.OfInterval("x", ClaimSide.Above, 0, interval).Verdict}");
        var mirrored = new MetricInterval(-(lower + upper) / 2, .1, -upper, -lower, 0);
        Assert.Equal(verdict, $"{ClaimMeasure.OfInterval("x", ClaimSide.Below, 0, mirrored).Verdict}");
    }

    [Fact]
    public void OfInterval_NothingMeasuredOrNoBorder_CannotBeTold()
    {
        Assert.Equal(ClaimVerdict.CannotBeTold, ClaimMeasure.OfInterval("x", ClaimSide.Above, 0, null).Verdict);
        Assert.Equal(ClaimVerdict.CannotBeTold, ClaimMeasure.OfInterval("x", ClaimSide.Above, null, new MetricInterval(1, 0, 1, 1, 0)).Verdict);
        Assert.Equal(ClaimVerdict.CannotBeTold, ClaimMeasure.OfValue("x", ClaimSide.Below, 1, null).Verdict);
    }

    [Fact]
    public void OfRange_WithoutBound_HasNoInfinity()
    {
        var measure = ClaimMeasure.OfRange("x", ClaimSide.Above, 5, 40, 20, double.PositiveInfinity);
        Assert.Equal((ClaimVerdict.Holds, null), (measure.Verdict, measure.Upper));
    }

    [Theory]
    [InlineData("", "CannotBeTold", "CannotBeTold")]
    [InlineData("h", "Holds", "Holds")]
    [InlineData("hhh", "Holds", "Holds")]
    [InlineData("hhc", "CannotBeTold", "Holds")]
    [InlineData("hcc", "CannotBeTold", "CannotBeTold")]
    [InlineData("hc", "CannotBeTold", "CannotBeTold")]
    [InlineData("hhf", "DoesNotHold", "CannotBeTold")]
    [InlineData("hf", "DoesNotHold", "DoesNotHold")]
    [InlineData("fcc", "DoesNotHold", "DoesNotHold")]
    [InlineData("ccc", "CannotBeTold", "CannotBeTold")]
    public void Join_Verdicts_FollowsTheRule(string verdicts, string every, string most)
    {
        var all = verdicts.Select(letter => letter switch { 'h' => ClaimVerdict.Holds, 'f' => ClaimVerdict.DoesNotHold, _ => ClaimVerdict.CannotBeTold }).ToArray();
        Assert.Equal((every, most), ($"{Agreement.Every.Join(all)}", $"{Agreement.Most.Join(all)}"));
    }

    [Fact]
    public void All_Claims_HaveAWordingAndANameOfTheirOwn()
    {
        Assert.Equal(15, PaperClaims.All.Select(claim => claim.Id).Distinct().Count());
        Assert.All(PaperClaims.All, claim => Assert.NotEmpty(ClaimTexts.Of(claim.Id).Test));
    }

    // The original finds 10 of 40 and takes 4 of 160 wrongly: recall .25, precision .71.
    [Theory]
    [InlineData(20, .01, ClaimVerdict.Holds)]
    [InlineData(5, .01, ClaimVerdict.DoesNotHold)]
    [InlineData(11, .1, ClaimVerdict.CannotBeTold)]
    public void DpRaisesRecall_FoundByDp_DecidesWithTheInterval(int found, double halfWidth, ClaimVerdict expected) =>
        Assert.Equal(expected, Verdict("dp-raises-recall", new ConstructedStudy { HalfWidth = halfWidth }.Add("none", null, 10, 4).Add("dp", "black", found, 8)));

    [Fact]
    public void Judge_FewTestPatients_CannotBeToldWhateverTheIntervalSays()
    {
        var study = new ConstructedStudy();
        study.PositivesOf["black"] = PaperClaims.FewestPatients - 1;
        study.Add("none", null, 1, 4).Add("dp", "black", 8, 4);
        var answer = Assert.Single(PaperClaims.Judge(study.Judge()).Single(claim => claim.Id == "dp-raises-recall").Answers);
        Assert.Equal((ClaimVerdict.CannotBeTold, "fewer than 10 test patients with C1"), (answer.Verdict, answer.Reason));
        Assert.Equal(ClaimVerdict.Holds, answer.Measures[0].Verdict);
    }

    [Fact]
    public void Judge_NothingTrained_CannotBeTold() => Assert.All(PaperClaims.Judge(new ConstructedStudy().Judge()), claim => Assert.Equal(ClaimVerdict.CannotBeTold, claim.Verdict));

    [Fact]
    public void C1Missed_Ratio_IsThatOfTheMissedShares()
    {
        var measure = Measure("c1-missed", new ConstructedStudy { HalfWidth = .001 }.Add("none", null, 10, 4));
        Assert.Equal(.75 / .025, measure.Estimate!.Value, 1e-12);
        Assert.Equal(.749 / .026, measure.Lower!.Value, 1e-9);
        Assert.Equal(.751 / .024, measure.Upper!.Value, 1e-9);
        Assert.Equal(ClaimVerdict.Holds, measure.Verdict);
        Assert.Equal(ClaimVerdict.DoesNotHold, Verdict("c1-missed", new ConstructedStudy().Add("none", null, 36, 16)));
        // Nothing of C0 is missed: no ratio.
        Assert.Null(Measure("c1-missed", new ConstructedStudy().Add("none", null, 10, 0)).Estimate);
    }

    [Fact]
    public void DpDivergenceLowest_ModelThatNeverPredictsC1_DoesNotCountAsBalanced()
    {
        var study = new ConstructedStudy().Add("none", null, 10, 4).Add("smote", null, 0, 0).Add("dp", "black", 20, 18);
        Assert.Contains(Answer("dp-divergence-lowest", study).Measures, measure => measure.Estimate is null);
        Assert.Equal(ClaimVerdict.CannotBeTold, Verdict("dp-divergence-lowest", study));
        Assert.Equal(ClaimVerdict.Holds, Verdict("dp-divergence-lowest", new ConstructedStudy().Add("none", null, 10, 4).Add("smote", null, 35, 60).Add("dp", "black", 20, 20)));
        Assert.Equal(ClaimVerdict.DoesNotHold, Verdict("dp-divergence-lowest", new ConstructedStudy().Add("none", null, 10, 4).Add("smote", null, 20, 20).Add("dp", "black", 35, 60)));
    }

    [Fact]
    public void SamplingLowersPrecision_Change_IsRelativeToTheOriginal()
    {
        // From 10 / 14 to 30 / 60: -30 %.
        var measure = Measure("sampling-lowers-precision", new ConstructedStudy().Add("none", null, 10, 4).Add("smote", null, 30, 30));
        Assert.Equal((.5 - (10.0 / 14)) / (10.0 / 14), measure.Estimate!.Value, 1e-12);
        Assert.Equal(ClaimVerdict.Holds, measure.Verdict);
        Assert.Equal(ClaimVerdict.DoesNotHold, Verdict("sampling-lowers-precision", new ConstructedStudy().Add("none", null, 10, 4).Add("smote", null, 30, 14)));
    }

    [Fact]
    public void MatchingModelBest_AnotherModelBetter_DoesNotHold()
    {
        Assert.Equal(ClaimVerdict.Holds, Verdict("matching-model-best", new ConstructedStudy().Add("none", null, 10, 4).Add("dp", "black", 30, 8)));
        Assert.Equal(ClaimVerdict.DoesNotHold, Verdict("matching-model-best", new ConstructedStudy().Add("none", null, 10, 4).Add("dp", "black", 20, 8).Add("dp", "white", 30, 8)));
    }

    [Fact]
    public void GroupAloneWorse_Compared_WithTheOriginalAndDp()
    {
        var answer = Answer("group-alone-worse", new ConstructedStudy().Add("none", null, 20, 8).Add("dp", "black", 30, 8).Add("group-alone", "black", 8, 16));
        Assert.Equal((6, ClaimVerdict.Holds), (answer.Measures.Count, answer.Verdict));
        Assert.Equal(ClaimVerdict.DoesNotHold, Verdict("group-alone-worse", new ConstructedStudy().Add("none", null, 20, 8).Add("dp", "black", 20, 8).Add("group-alone", "black", 30, 4)));
    }

    // 40 C1 and 160 C0: 4 units are 1:1.
    [Theory]
    [InlineData(3, 2, ClaimVerdict.CannotBeTold)]
    [InlineData(4, 2, ClaimVerdict.Holds)]
    [InlineData(4, 4, ClaimVerdict.DoesNotHold)]
    public void NotOneToOne_ChosenUnits_AreComparedWhereOneToOneWasTried(int most, int chosen, ClaimVerdict expected) => Assert.Equal(
        expected,
        Verdict("not-one-to-one", new ConstructedStudy { Units = [.. Enumerable.Range(1, most)] }.Add("dp", "black", 20, 8, ConstructedStudy.Search(chosen, (10, 4), (20, 8), (30, 9), (31, 12)))));

    [Fact]
    public void RecallPlateaus_LaterUnits_MustKeepRecallAndLosePrecision()
    {
        Assert.Equal(ClaimVerdict.Holds, Verdict("recall-plateaus", With((10, 4), (20, 8), (21, 30))));
        Assert.Equal(ClaimVerdict.DoesNotHold, Verdict("recall-plateaus", With((10, 4), (20, 8), (30, 30))));
        Assert.Equal(ClaimVerdict.DoesNotHold, Verdict("recall-plateaus", With((10, 4), (20, 8), (21, 8))));
        // What has no precision to lose has no change of it, rather than an infinite one.
        var nothing = Answer("recall-plateaus", With((10, 4), (0, 8), (5, 8))).Measures[1];
        Assert.Equal((null, ClaimVerdict.CannotBeTold), (nothing.Estimate, nothing.Verdict));

        static ConstructedStudy With(params (int, int)[] outcomes) => new ConstructedStudy().Add("dp", "black", 20, 8, ConstructedStudy.Search(2, outcomes));
    }

    [Fact]
    public void AccuracyHides_RecallAndAccuracy_MustBothBeOnTheirSides()
    {
        Assert.Equal(ClaimVerdict.DoesNotHold, Verdict("accuracy-hides", new ConstructedStudy().Add("none", null, 36, 4)));
        Assert.Equal(ClaimVerdict.CannotBeTold, Verdict("accuracy-hides", new ConstructedStudy { HalfWidth = .1 }.Add("none", null, 14, 2)));
        Assert.Equal(ClaimVerdict.Holds, Verdict("accuracy-hides", new ConstructedStudy { HalfWidth = .005 }.Add("none", null, 14, 2)));
    }

    [Fact]
    public void DistanceIsWorst_Areas_AreBesideTheLowestOfTheOthers()
    {
        var study = new ConstructedStudy().Add("none", null, 20, 4).Add("smote", null, 25, 8).Add("random-over", null, 26, 8).Add("nearmiss-1", null, 10, 60);
        var measure = Measure("distance-is-worst", study);
        Assert.Equal(ClaimVerdict.Holds, measure.Verdict);
        Assert.True(measure.Estimate < measure.Border);
        Assert.Equal(ClaimVerdict.DoesNotHold, Verdict("distance-is-worst", new ConstructedStudy().Add("none", null, 20, 4).Add("smote", null, 10, 60).Add("nearmiss-1", null, 30, 4)));
    }

    private static ClaimVerdict Verdict(string id, ConstructedStudy study) => PaperClaims.Judge(study.Judge()).Single(claim => claim.Id == id).Verdict;

    private static ClaimAnswer Answer(string id, ConstructedStudy study) => Assert.Single(PaperClaims.Judge(study.Judge()).Single(claim => claim.Id == id).Answers);

    private static ClaimMeasure Measure(string id, ConstructedStudy study) => Assert.Single(Answer(id, study).Measures);
}
