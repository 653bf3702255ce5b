using System.Text;
using Bench.Cohorts;
using Bench.Cohorts.Table;

namespace Engine.Tests.Bench.Cohorts.Table;

public sealed class TableErrorTests : IDisposable
{
    private readonly OwnTable _table = new();

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("dies", "", "", "", "column 'dies': the header lacks this column; did you mean 'died'? It has x, race, part, mrn, died.")]
    [InlineData("died", "Race", "", "", "column 'Race': the header lacks this column; did you mean 'race'?")]
    [InlineData("died", "died", "", "", "column 'died': this column is named for two things, label and group")]
    [InlineData("died", "", "mrn", "mrn", "column 'mrn': this column is named for two things, split and patient")]
    [InlineData("died", "race", "part", "mrn", "line 3, column 'part', value '1': one of train, validation")]
    [InlineData("died", "race", "", "part", "line 2, column 'part': the patient is missing")]
    [InlineData("part", "race", "", "", "line 2, column 'part': the label is missing")]
    [InlineData("x", "race", "", "", "line 4, column 'x', value '3': a label has two different values, and this is the third, after '1' and '2'. Of several classes, take one against the rest: a column with 1 in its rows and 0 in all others, named with --label.")]
    [InlineData("race", "", "", "", "column 'race': the values are 'black' and 'white', and nothing says which of them is class 1; name it with --positive")]
    public void Read_ColumnThatCannotBeWhatItIsNamed_SaysWhy(string label, string groups, string split, string patient, string error)
    {
        var description = new TableDescription(label) { Groups = [groups], Split = split.Length > 0 ? split : null, Patient = patient.Length > 0 ? patient : null };
        var part = split.Length > 0 ? "train" : "";
        AssertError(description, error, "x,race,part,mrn,died", $"1,black,{part},1,0", "2,white,1,2,1", "3,white,2,3,1");
    }

    [Theory]
    [InlineData("1,0", "every row has the label '0'")]
    [InlineData("1,0|2,1,3", "line 3: the row has 3 cells where the header has 2")]
    [InlineData("1,0|2,\"1", "a quotation mark is not closed")]
    [InlineData("1,0|inf,1", "line 3, column 'x', value 'inf': numbers must be finite")]
    [InlineData("1,0|-1e39,1", "line 3, column 'x', value '-1e39': numbers must be finite")]
    [InlineData("1,0|\"2,5\",1", "line 3, column 'x', value '2,5': this seems to be a number with a decimal comma")]
    [InlineData("1,0|\"12,345,678\",1", "value '12,345,678': this seems to be a number with a decimal comma or with separators of thousands")]
    [InlineData("1,0|12 345,1", "value '12 345': this seems to be a number with a decimal comma or with separators of thousands")]
    [InlineData("2026-11-30,0|2026-12-01 10:30,1", "column 'x', value '2026-11-30': this column holds dates")]
    [InlineData("7,0|7,1", "no column is left that tells one training row from another")]
    [InlineData("", "the file has a header and no rows")]
    public void Read_BadRows_NamesPlaceAndWayOut(string rows, string error) => AssertError(OwnTable.Died, error, ["x,died", .. rows.Split('|').Where(row => row.Length > 0)]);

    [Fact]
    public void Read_NameTwice_NamesBothColumns() =>
        AssertError(OwnTable.Died, "column 'x': the header has this name more than once, in columns 1 and 3", "x,died, x", "1,0,2");

    [Fact]
    public void Read_PositiveThatIsNoValue_NamesTheValues() =>
        AssertError(OwnTable.Died with { Positive = "yes" }, "column 'died': --positive names 'yes', and the values are 'alive' and 'dead'", "x,died", "1,alive", "2,dead");

    [Fact]
    public void Read_WordAmongNumbers_NamesLineAndWaysOut()
    {
        var rows = Enumerable.Range(0, 100).Select(row => $"{(row == 60 ? "unknown" : $"{row % 7}")},{row % 2}").ToArray();
        AssertError(OwnTable.Died, "line 62, column 'x', value 'unknown': this is no number, and most of the column is: mend it, name a word for missing values with --missing", ["x,died", .. rows]);
        Assert.Equal(["x", "x is missing"], _table.Read(OwnTable.Died with { MissingWords = ["Unknown"] }, ["x,died", .. rows]).FeatureNames);
        Assert.Equal(8, _table.Read(OwnTable.Died with { Categorical = ["x"] }, ["x,died", .. rows]).FeatureNames.Count);
    }

    [Fact]
    public void Read_WordAfterManyNumbers_NamesItsLine() =>
        AssertError(OwnTable.Died, "line 3002, column 'x', value 'unknown': this is no number, and the 1,000 different values before it are", ["x,died", .. Enumerable.Range(0, 3000).Select(row => $"{row},{row % 2}"), "unknown,1"]);

    [Theory]
    [InlineData(50, "50 different values in 50 rows")]
    [InlineData(3000, "more than 1,000 different values in 1,000 rows")]
    public void Read_Identifiers_AreRefusedWithWaysOut(int count, string error) =>
        AssertError(OwnTable.Died, $"column 'x', value 'P0': this column has {error}: it seems to be an identifier or free text. Leave it out with --ignore", ["x,died", .. Enumerable.Range(0, count).Select(row => $"P{row},{row % 2}")]);

    [Fact]
    public void Read_PatientInTwoParts_NamesTheSecondRow() => AssertError(
        OwnTable.Died with { Split = "part", Patient = "mrn" },
        "line 4, column 'mrn', value 'P1': a row of this patient is for test, an earlier one for train",
        "x,part,mrn,died", "1,train,P1,0", "2,test,P2,1", "3,test,P1,1");

    [Fact]
    public void Read_SplitWithoutTestRows_SaysSo() =>
        AssertError(OwnTable.Died with { Split = "part" }, "column 'part': no row is 'test'", "x,part,died", "1,train,0", "2,val,1");

    [Theory]
    [InlineData("Male|male|F", "'Male' and 'male' differ only in case")]
    [InlineData("||", "every value is missing: there is no group to make")]
    public void Read_ColumnThatMakesNoGroups_SaysWhy(string values, string error) =>
        AssertError(OwnTable.Died with { Groups = ["sex"] }, error, ["sex,x,died", .. values.Split('|').Select((value, row) => $"{value},{row},{row % 2}")]);

    [Fact]
    public void Read_TwoGroupsOfOneName_NamesTheSecond() =>
        AssertError(OwnTable.Died with { Groups = ["a", "b", "c"] }, "column 'c', value 'a=x': another column makes a group of this name", "a,b,c,died", "x,x,a=x,0", "y,z,w,1");

    [Fact]
    public void Read_NegativeAge_IsRefused() => AssertError(OwnTable.Died with { Groups = ["age"] }, "column 'age', value '-1': an age of 0 or more was expected", "age,died", "-1,0", "50,1");

    [Fact]
    public void Read_GroupsOfManyValues_AreRefused() => AssertError(
        OwnTable.Died with { Groups = ["site"] },
        "column 'site': this column has 300 different values, and at most 256 groups are made of one",
        ["site,died", .. Enumerable.Range(0, 1200).Select(row => $"S{row % 300},{row % 2}")]);

    [Fact]
    public void Read_OtherEncoding_NamesTheCell()
    {
        File.WriteAllBytes(_table.File, Encoding.Latin1.GetBytes("site,died\nZürich,0\nBasel,1\n"));
        var error = Assert.Throws<CohortFormatException>(() => TableReader.Read(_table.File, OwnTable.Died, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("line 2, column 'site'", error.Message, StringComparison.Ordinal);
        Assert.Contains("the text is not UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_SaysSo() =>
        Assert.Contains("there is no such file", Assert.Throws<CohortFormatException>(() => TableReader.Read(_table.File, OwnTable.Died, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    private void AssertError(TableDescription description, string error, params IEnumerable<string> lines) =>
        Assert.Contains(error, _table.ReadBad(description, lines).Message, StringComparison.Ordinal);
}
