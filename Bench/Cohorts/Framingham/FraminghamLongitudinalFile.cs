namespace Bench.Cohorts.Framingham;

/// <summary>The file of 39 columns from NHLBI: up to three exams a person, every outcome with its time.</summary>
/// <remarks>The first exams of persons free of CHD are, cell for cell and in the same order, the teaching file of 16 columns.</remarks>
internal static class FraminghamLongitudinalFile
{
    /// <summary>A column that only this file has.</summary>
    public const string PersonColumn = "RANDID";

    private const double PublishedTenYearsInDays = 3650;
    private const double TenYearsInDays = 3652;

    /// <summary>Reads the first exam of everyone who had no CHD then, in the order of the file.</summary>
    /// <param name="table">The file.</param>
    /// <param name="labels">The outcomes that each person is given.</param>
    /// <param name="add">Takes a person.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CohortFormatException">A column is missing, a value is of the wrong kind, or a person has one exam twice.</exception>
    public static void Read(CsvTable table, IReadOnlyList<FraminghamLabel> labels, Action<FraminghamPerson> add, CancellationToken cancellation)
    {
        int[] columns = [.. FraminghamPredictors.LongitudinalNames.Select(name => table.RequireColumn(name))];
        var (person, exam, hadChd) = (table.RequireColumn(PersonColumn), table.RequireColumn("PERIOD"), table.RequireColumn("PREVCHD"));
        Func<byte>[] outcomes = [.. labels.Select(label => OutcomeOf(table, label))];
        var exams = new HashSet<(long Person, string Exam)>();
        while (table.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var period = table.Level(exam, "1", "2", "3");
            if (!exams.Add((table.Integer(person), period)))
                throw table.Error(person, $"this person has exam {period} twice.");
            var isFree = table.Label(hadChd) == 0;
            if (period != "1" || !isFree)
                continue;
            var isMale = table.Level(columns[0], "1", "2") == "1";
            add(new(FraminghamPredictors.Read(table, columns, isMale), Array.ConvertAll(outcomes, static outcome => outcome()), isMale, table.Number(columns[1])));
        }
    }

    private static Func<byte> OutcomeOf(CsvTable table, FraminghamLabel label) => label switch
    {
        FraminghamLabel.TenYearChd => Within(table, "TIMECHD", PublishedTenYearsInDays),
        FraminghamLabel.CorrectedTenYearChd => Happened(table, "ANYCHD", Within(table, "TIMECHD", TenYearsInDays)),
        FraminghamLabel.TenYearCvd => Happened(table, "CVD", Within(table, "TIMECVD", TenYearsInDays)),
        _ => throw new ArgumentOutOfRangeException(nameof(label), label, "not a Framingham label."),
    };

    private static Func<byte> Within(CsvTable table, string timeName, double days)
    {
        var time = table.RequireColumn(timeName);
        return () => table.Number(time) <= days ? (byte)1 : (byte)0;
    }

    private static Func<byte> Happened(CsvTable table, string eventName, Func<byte> withinTime)
    {
        var happened = table.RequireColumn(eventName);
        return () => (byte)(table.Label(happened) & withinTime());
    }
}
