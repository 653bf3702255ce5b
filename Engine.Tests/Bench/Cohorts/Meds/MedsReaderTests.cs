using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Meds;
using Bench.Cohorts.Mimic3;
using Bench.Commands;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Meds;

public sealed class MedsReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MedsFiles _files;

    public MedsReaderTests() => _files = new MedsFiles(_folder.Path);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SameStaysAsMimic3Layout_AreTheSameSamplesHoursAndFeatures()
    {
        _files.Make(subjectCount: 12);
        var expected = Mimic3Reader.Read(_files.Mimic3, Mimic3Task.Decompensation, cancellation: Cancellation);
        var cohort = Read();
        Assert.True(expected.Labels.Count > 300);
        Assert.Equal(expected.Labels.Values, cohort.Labels.Values);
        Assert.Equal(expected.Splits, cohort.Splits);
        Assert.Equal(expected.Prefixes!.Select(prefix => prefix.Hours), cohort.Prefixes!.Select(prefix => prefix.Hours));
        Assert.Equal(expected.Patients!.Distinct().Count(), cohort.Patients!.Distinct().Count());
        AssertSameRows(expected, cohort);
        AssertSameRows(PrefixCohort.From(expected, cancellation: Cancellation), PrefixCohort.From(cohort, cancellation: Cancellation));
    }

    [Fact]
    public void Read_CodesWithoutTime_MakeGroupsAndBirthsMakeAges()
    {
        _files.Make(subjectCount: 6);
        var cohort = Read();
        Assert.Equal(["all", "F", "M", "BLACK", "WHITE"], cohort.Groups.Names.Take(5));
        Assert.Contains("40s", cohort.Groups.Names);
        var women = cohort.Groups["F"];
        for (var row = 0; row < cohort.Labels.Count; row++)
            Assert.Equal(_files.Rows[row].Subject % 2 == 0, women[row]);
        Assert.Equal(["all", "BLACK", "WHITE"], MedsReader.Read(_files.Meds, _files.Description with { GroupCodes = ["RACE"] }, cancellation: Cancellation).Groups.Names.Take(3));
        Assert.Contains("code 'ETHNICITY'", ReadBad(_files.Description with { GroupCodes = ["ETHNICITY"] }).Message.Replace("column 'code', value", "code", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StartsHours_CountFromTheLastStartBeforeThePrediction()
    {
        _files.Make(subjectCount: 3);
        var again = _files.Rows[0] with { Time = _files.Rows[0].Time.AddDays(100) };
        var last = _files.Events.FindLastIndex(one => one.Subject == again.Subject);
        _files.Events.Insert(last + 1, (_files.Events[last].Shard, again.Subject, again.Time.AddHours(-3.5), "ICU_ADMISSION//CCU", null));
        _files.Events.Insert(last + 2, (_files.Events[last].Shard, again.Subject, again.Time.AddHours(-2.5), "LAB//Heart Rate", 86f + (1 << 10)));
        _files.Rows.Add(again);
        _files.Rows.Add(again with { Time = again.Time.AddHours(-3) });
        _files.WriteMeds();
        var cohort = Read();
        var prefix = cohort.Prefixes![^1];
        Assert.Equal(3, prefix.Hours);
        Assert.NotEqual(cohort.Prefixes[0].Stay, prefix.Stay);
        Assert.Equal(cohort.Patients![0], cohort.Patients[^1]);
        Assert.Equal("1 labels are left out: their time of prediction lies less than an hour after the start of the stay.", cohort.Notes[0]);
        Assert.Equal(_files.Rows.Count - 1, cohort.Labels.Count);
        // One measurement, and nothing of the stay before.
        Assert.Equal(1, cohort.Samples.Row(cohort.Labels.Count - 1)[..BenchmarkChannels.ValueColumnCount].Count(value => value > 10));
    }

    [Fact]
    public void Read_NoStartNamed_CountsFromTheFirstEventThatIsNoBirth()
    {
        _files.Make(subjectCount: 2);
        var expected = Read().Prefixes!.Select(prefix => prefix.Hours + 72);
        Assert.Equal(expected, MedsReader.Read(_files.Meds, _files.Description with { Start = null }, cancellation: Cancellation).Prefixes!.Select(prefix => prefix.Hours));
    }

    [Fact]
    public void Read_NoCodeMap_TakesTheCodesThatMostNumbersHave()
    {
        _files.Make(subjectCount: 8);
        var cohort = MedsReader.Read(_files.Meds, _files.Description with { CodeMap = null, CodeCount = 5 }, cancellation: Cancellation);
        var numbers = _files.Events.Where(one => one.Subject < 200 && one.Time is not null && one.Number is not null).ToLookup(one => one.Code, one => (double)one.Number!.Value);
        string[] codes = [.. numbers.OrderByDescending(code => code.Count()).ThenBy(code => code.Key, StringComparer.Ordinal).Take(5).Select(code => code.Key)];
        Assert.Equal([.. codes, .. codes.Select(code => $"mask->{code}")], cohort.FeatureNames);
        Assert.Null(cohort.Measurements);
        Assert.StartsWith("There is no map of codes: columns are the 5 codes", cohort.Notes[0], StringComparison.Ordinal);
        for (var row = 0; row < cohort.Labels.Count; row++)
        {
            var (subject, prediction, _) = _files.Rows[row];
            var start = _files.Events.First(one => one.Subject == subject && one.Code.StartsWith("ICU", StringComparison.Ordinal)).Time!.Value;
            for (var column = 0; column < codes.Length; column++)
            {
                var (mean, measured) = (numbers[codes[column]].Average(), _files.Events.Where(one => one.Subject == subject && one.Code == codes[column] && one.Time >= start && one.Time <= prediction).ToArray());
                var deviation = Math.Sqrt(numbers[codes[column]].Average(value => (value - mean) * (value - mean)));
                Assert.Equal(measured.Length == 0 ? 0 : (measured[^1].Number!.Value - mean) / deviation, cohort.Samples.Row(row)[column], 1e-5);
                var isOfLastHour = measured.Length > 0 && measured[^1].Time > prediction.AddHours(-1);
                Assert.Equal(isOfLastHour ? 1 : 0, cohort.Samples.Row(row)[codes.Length + column]);
            }
        }
    }

    [Fact]
    public void Read_NoNumbers_AsksForAMap()
    {
        _files.Make(subjectCount: 2);
        _files.Events.RemoveAll(one => one.Number is not null);
        _files.WriteMeds();
        Assert.Contains("name codes that say something by themselves with --code-map", ReadBad(_files.Description with { CodeMap = null }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SubjectSplits_AreWhatTheirFileSays()
    {
        _files.Make(subjectCount: 4);
        var subjects = _files.Rows.Select(row => row.Subject).Distinct().ToArray();
        Directory.CreateDirectory(Path.Combine(_files.Meds, "metadata"));
        Table.ParquetFile.Write(Path.Combine(_files.Meds, "metadata", "subject_splits.parquet"), 100, ("subject_id", subjects), ("split", subjects.Select(subject => subject % 2 == 0 ? "train" : "held_out").ToArray()));
        var cohort = Read();
        Assert.All(Enumerable.Range(0, cohort.Labels.Count), row => Assert.Equal(_files.Rows[row].Subject % 2 == 0 ? CohortSplit.Train : CohortSplit.Test, cohort.Splits[row]));
    }

    [Fact]
    public void Read_BadEvents_NameFileRowGroupRowAndColumn()
    {
        _files.Make(subjectCount: 4);
        var first = _files.Events[0];
        var file = Path.Combine(_files.Meds, "data", first.Shard + ".parquet");

        _files.Events.Add(first);
        _files.WriteMeds();
        Assert.Contains("the events of a subject must follow each other", ReadBad().Message, StringComparison.Ordinal);

        _files.Events[^1] = first with { Time = new DateTime(1900, 1, 1), Subject = _files.Events.FindLast(one => one.Shard == first.Shard && one != first).Subject };
        _files.WriteMeds(rowsPerGroup: 5);
        var row = _files.Events.Count(one => one.Shard == first.Shard) - 1;
        Assert.StartsWith($"{file}, row group {row / 5}, row {row}, column 'time', value '1900-01-01 00:00:00': the events of a subject must be in order of time", ReadBad().Message, StringComparison.Ordinal);

        _files.Events.RemoveAt(_files.Events.Count - 1);
        _files.Rows.Add((7, first.Time ?? new DateTime(2150, 1, 1), true));
        _files.WriteMeds();
        Assert.Contains("column 'subject_id', value '7': no shard has an event of this subject", ReadBad().Message, StringComparison.Ordinal);

        _files.Rows[^1] = _files.Rows[0] with { Value = null };
        _files.WriteMeds();
        Assert.StartsWith($"{_files.Labels}, row group 0, row {_files.Rows.Count - 1}, column 'boolean_value': true or false was expected", ReadBad().Message, StringComparison.Ordinal);

        _files.Rows[^1] = _files.Rows[0] with { Time = new DateTime(1990, 1, 1) };
        _files.WriteMeds();
        Assert.Contains("time of prediction lies before every event whose code begins with ICU_ADMISSION", ReadBad().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LAB//HR,Hart Rate,,", "there is no such channel; did you mean 'Heart Rate'?")]
    [InlineData("LAB//HR,Heart Rate,0,", "a factor other than 0 was expected")]
    [InlineData("LAB//HR,Heart Rate,,high", "'Heart Rate' is a number and has no levels")]
    [InlineData("E,Glascow coma scale eye opening,,Open", "there is no such level; there are To Pain")]
    [InlineData("LAB//pH,pH,,", "an earlier line has this code")]
    public void Read_BadCodeMap_NamesLineAndWayOut(string line, string reason)
    {
        _files.Make(subjectCount: 2);
        File.AppendAllText(_files.CodeMap, line + "\n");
        var error = ReadBad();
        Assert.Equal(File.ReadLines(_files.CodeMap).Count(), error.Line);
        Assert.Contains(reason.Split(';')[0], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--meds DIR --code-map M.csv", "--meds needs --labels")]
    [InlineData("--meds DIR --labels L.parquet --code-map M.csv --codes 5", "--code-map says which codes are columns, and --codes is given too")]
    [InlineData("--meds DIR --labels L.parquet --codes 257", "--codes is 257; it must be 1 to 256")]
    [InlineData("--labels L.parquet", "--labels belongs to --meds, which is not given")]
    [InlineData("--meds DIR --labels L.parquet --code-map M.csv --simulate 10", "--simulate and --meds name more than one cohort")]
    public void Parse_BadArguments_SaysWhatIsWrong(string arguments, string error) =>
        Assert.Contains(new RunCommand().Parse(arguments).Errors, found => found.Message.Contains(error, StringComparison.Ordinal));

    private static void AssertSameRows(Cohort expected, Cohort cohort)
    {
        Assert.Equal(expected.FeatureNames, cohort.FeatureNames);
        for (var row = 0; row < expected.Labels.Count; row++)
            Assert.Equal(expected.Samples.Row(row), cohort.Samples.Row(row));
    }

    private Cohort Read() => MedsReader.Read(_files.Meds, _files.Description, cancellation: Cancellation);

    private CohortFormatException ReadBad(MedsDescription? description = null) => Assert.Throws<CohortFormatException>(() => MedsReader.Read(_files.Meds, description ?? _files.Description, cancellation: Cancellation));
}
