using Bench.Cohorts;
using Bench.Cohorts.Framingham;
using Bench.Cohorts.Support2;
using Bench.Cohorts.Table;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Table;

/// <summary>Real tables read without their readers: what the readers know, the table says.</summary>
public sealed class TableRealDataTests
{
    private static readonly string[] s_leaks =
        ["aps,sps,surv2m,surv6m,prg2m,prg6m,dnr,dnrday,d.time,death,slos,hday,charges,totcst,totmcst,sfdm2"];

    [Fact]
    public void Read_Framingham_EqualsItsReader()
    {
        var file = SharedData.Require("data/framingham-teaching/framingham.csv");
        var expected = FraminghamReader.Read(file, cancellation: TestContext.Current.CancellationToken);
        var actual = TableReader.Read(file, new("TenYearCHD") { Groups = ["male,age"] }, cancellation: TestContext.Current.CancellationToken);
        AssertSame(expected, actual, expected.FeatureNames);
        // The one heart rate that is missing is that of a test row.
        Assert.Equal(
            ["education", "cigsPerDay", "BPMeds", "totChol", "BMI", "glucose"],
            actual.FeatureNames.Except(expected.FeatureNames).Select(name => name.Replace(" is missing", "", StringComparison.Ordinal)));
        Assert.Equal(expected.Groups["male"].ToRows(), actual.Groups["male=1"].ToRows());
        Assert.Equal(expected.Groups["60s"].ToRows(), actual.Groups["60s"].ToRows());
    }

    [Fact]
    public void Read_Support2_EqualsItsReader()
    {
        var file = SharedData.Require("data/support2/support2.csv");
        var expected = Support2Reader.Read(file, cancellation: TestContext.Current.CancellationToken);
        var actual = TableReader.Read(file, new("hospdead") { Groups = ["sex", "race", "age"], Ignored = s_leaks }, cancellation: TestContext.Current.CancellationToken);
        AssertSame(expected, actual, expected.FeatureNames);
        Assert.Contains("race is missing", actual.FeatureNames);
        foreach (var group in expected.Groups.Names)
            Assert.Equal(expected.Groups[group].ToRows(), actual.Groups[group].ToRows());
        Assert.Equal(["sex", "race", "age"], actual.Traits!.Select(trait => trait.Name));
    }

    private static void AssertSame(Cohort expected, Cohort actual, IReadOnlyList<string> features)
    {
        Assert.Equal(expected.Labels.Values, actual.Labels.Values);
        Assert.Equal(expected.Splits, actual.Splits);
        foreach (var name in features)
            Assert.Equal(OwnTable.Column(expected, name), OwnTable.Column(actual, name));
    }
}
