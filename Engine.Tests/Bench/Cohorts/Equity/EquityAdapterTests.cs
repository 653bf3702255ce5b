using Bench.Cohorts;
using Bench.Cohorts.Equity;
using Bench.Cohorts.Framingham;
using Bench.Cohorts.Support2;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Equity;

/// <summary>The real data sets as the study of synthetic rows sees them, against the readers of the main job.</summary>
public sealed class EquityAdapterTests : IDisposable
{
    private const string Framingham16 = "male,age,education,currentSmoker,cigsPerDay,BPMeds,prevalentStroke,prevalentHyp,diabetes,totChol,sysBP,diaBP,BMI,heartRate,glucose,TenYearCHD";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("framingham.csv", 1)]
    [InlineData("frmgham_longitudinal.csv", 3)]
    public void Framingham_RealFile_HasTheRowsOfTheMainJobWithoutTheSex(string name, int outcomeCount)
    {
        var file = SharedData.Require($"data/framingham-teaching/{name}");
        var (cohort, labels) = (FraminghamEquity.Read(file, cancellation: TestContext.Current.CancellationToken), FraminghamReader.Read(file, cancellation: TestContext.Current.CancellationToken));

        EquityCohorts.AssertSound(cohort);
        Assert.Equal(labels.FeatureNames.Skip(1), cohort.Table.Schema.Features.Select(column => cohort.Table.Schema.Columns[column].Name));
        Assert.Equal(outcomeCount, cohort.Table.Schema.Outcomes.Count);
        for (var row = 0; row < labels.Labels.Count; row++)
            Assert.Equal(labels.Samples.Row(row)[1..], cohort.Table.Rows.Row(row)[..14]);
        Assert.Equal(labels.Labels.Values.ToArray(), cohort.Column("TenYearCHD").Select(value => (byte)value));
        Assert.Equal(("female", "male"), (cohort.Majority, Assert.Single(cohort.Minorities)));
        Assert.Equal(labels.Groups["male"].ToRows(), cohort.Groups["male"].ToRows());
        Assert.Contains(cohort.Notes, note => note.Contains("265 of 644", StringComparison.Ordinal));
        if (outcomeCount == 3)
            Assert.Equal((379f, 394f), (cohort.Column("CHD").Sum(), cohort.Column("CVD").Sum()));
    }

    [Fact]
    public void Framingham_ValueThatNobodyHas_NamesItsPlace()
    {
        File.WriteAllLines(_folder.File("f.csv"), [Framingham16, "1,50,2,0,0,0,0,0,0,200,120,80,25,70,80,0", "1,50,2,0,0,0,0,0,0,200,120,80,250,70,80,0"]);
        AssertError("line 3, column 'BMI', value '250': a number from 8 to 120 was expected.", () => FraminghamEquity.Read(_folder.File("f.csv")));
    }

    [Fact]
    public void Support2_RealFile_HasTheRowsOfTheMainJobAsColumnsOfTheirOwn()
    {
        var file = SharedData.Require("data/support2/support2.csv");
        var (cohort, labels) = (Support2Equity.Read(file, cancellation: TestContext.Current.CancellationToken), Support2Reader.Read(file, cancellation: TestContext.Current.CancellationToken));

        EquityCohorts.AssertSound(cohort);
        Assert.Equal(["hospdead", "death_180d"], cohort.Table.Schema.Outcomes.Select(column => cohort.Table.Schema.Columns[column].Name));
        // Numbers as they are, indicators as levels.
        foreach (var (name, feature) in labels.FeatureNames.Select((name, feature) => (name, feature)))
        {
            var expected = Enumerable.Range(0, labels.Labels.Count).Select(row => labels.Samples.Row(row)[feature]);
            if (name.Split('=') is [var column, var level])
            {
                Assert.True(cohort.Table.Schema.TryFind(column, out var place));
                var code = cohort.Table.Schema.Columns[place].Levels.ToList().IndexOf(level);
                Assert.Equal(expected, cohort.Column(column).Select(value => value == code ? 1f : 0));
            }
            else
            {
                Assert.Equal(expected, cohort.Column(name));
            }
        }

        Assert.Equal(labels.Labels.Values.ToArray(), cohort.Column("hospdead").Select(value => (byte)value));
        // Counted with another program.
        Assert.Equal(0.468424, cohort.Column("death_180d").Average(), 5e-7);
        Assert.Equal(["White", "Black", "Hispanic", "Asian", "Other"], cohort.Groups.Names);
        Assert.Equal(["Black", "Hispanic"], cohort.Minorities);
        Assert.Equal((7191, 1391, 290), (cohort.Groups["White"].Count, cohort.Groups["Black"].Count, cohort.Groups["Hispanic"].Count));
        Assert.Equal("The group 'Asian' has 79 rows, too few to draw a hundred and judge on as many: 200 are needed.", Assert.Single(cohort.Notes));
    }

    [Fact]
    public void Support2_FollowUpThatEndsTooSoon_IsAnError()
    {
        var names = Support2Columns.Features.Select(name => name.Split('=')[0]).Distinct().ToArray();
        var cells = names.Select(name => name switch { "sex" => "male", "dzgroup" => "CHF", "ca" => "no", "ph" => "7.4", "sod" => "140", "temp" => "37", _ => "1" });
        File.WriteAllLines(_folder.File("s.csv"), [$"{string.Join(',', names)},race,hospdead,death,d.time", $"{string.Join(',', cells)},white,0,0,179"]);
        AssertError("line 2, column 'd.time', value '179': this person was alive when last seen, before 180 days had passed", () => Support2Equity.Read(_folder.File("s.csv")));
    }

    [Fact]
    public void Table_OwnColumns_BecomeASchema()
    {
        // 400 rows of b, 250 of a, 150 of c.
        var lines = Enumerable.Range(0, 800).Select(row =>
            $"{row / 2};{(row % 5 == 4 ? "" : $"{20 + (row % 60)}")};{row % 7}.5;{row % 2};ward {"xyz"[row % 3]};7;{(row % 16 < 8 ? "b" : row % 16 < 13 ? "a" : "c")};{(row % 4 == 0 ? "yes" : "no")};{(row % 10 == 0 ? "Yes" : "No")}");
        File.WriteAllLines(_folder.File("own.csv"), ["id;years;ratio;flag;ward;same;race;died;back", .. lines]);
        var cohort = TableEquity.Read(_folder.File("own.csv"), new(["died,back"], "race") { Patient = "id" }, cancellation: TestContext.Current.CancellationToken);

        EquityCohorts.AssertSound(cohort);
        var columns = cohort.Table.Schema.Columns;
        Assert.Equal(["years", "ratio", "flag", "ward", "died", "back"], columns.Select(column => column.Name));
        Assert.Equal([ColumnKind.Integer, ColumnKind.Continuous, ColumnKind.Binary, ColumnKind.Category, ColumnKind.Binary, ColumnKind.Binary], columns.Select(column => column.Kind));
        Assert.Equal((20.0, 78.0, true), (columns[0].Minimum, columns[0].Maximum, columns[0].MayBeMissing));
        Assert.Equal(["ward x", "ward y", "ward z"], columns[3].Levels);
        Assert.Equal([0f, 1f, 2f, 0f], cohort.Column("ward").Take(4));
        Assert.Equal((200f, 80f), (cohort.Column("died").Sum(), cohort.Column("back").Sum()));
        Assert.Equal(("b", "a"), (cohort.Majority, Assert.Single(cohort.Minorities)));
        Assert.Equal([0, 0, 1, 1], cohort.Patients!.Take(4));
        Assert.Equal(["Left out, as they have one value or none: same.", "The group 'c' has 150 rows, too few to draw a hundred and judge on as many: 200 are needed."], cohort.Notes);
        Assert.Equal("a", TableEquity.Read(_folder.File("own.csv"), new(["died"], "race") { Majority = "A", Ignored = ["id", "back"] }, cancellation: TestContext.Current.CancellationToken).Majority);
    }

    [Theory]
    [InlineData("dies", "race", null, "column 'dies': the header lacks this column; did you mean 'died'?")]
    [InlineData("died,race", "race", null, "column 'race': this column is named for two things of outcome, group and patient")]
    [InlineData("died", "race,sex", null, "column 'race,sex': one column makes the groups")]
    [InlineData(",", "race", null, "no outcome is named")]
    [InlineData("died", "race", "purple", "column 'race', value 'purple': no group is called so. There are a, b.")]
    [InlineData("died", "race", null, "column 'race': no group beside 'a' has 200 rows")]
    [InlineData("x", "race", null, "column 'x', value '2': a label has two different values, and this is the third")]
    public void Table_WhatCannotBe_SaysWhy(string outcomes, string group, string? majority, string error)
    {
        File.WriteAllLines(_folder.File("own.csv"), ["x,race,sex,died", .. Enumerable.Range(0, 300).Select(row => $"{row % 5},{(row % 3 == 0 ? "b" : "a")},{(row % 2 == 0 ? "m" : "f")},{row % 2}")]);
        AssertError(error, () => TableEquity.Read(_folder.File("own.csv"), new([outcomes], group) { Majority = majority }));
    }

    private static void AssertError(string error, Func<EquityCohort> read) => Assert.Contains(error, Assert.Throws<CohortFormatException>(read).Message, StringComparison.Ordinal);
}
