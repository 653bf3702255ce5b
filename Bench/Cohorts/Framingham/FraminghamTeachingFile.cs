namespace Bench.Cohorts.Framingham;

/// <summary>The file of 16 columns known from Kaggle: one row a person, label TenYearCHD.</summary>
internal static class FraminghamTeachingFile
{
    /// <summary>The column that only this file has.</summary>
    public const string LabelColumn = "TenYearCHD";

    /// <summary>Reads all persons, in the order of the file.</summary>
    /// <param name="table">The file.</param>
    /// <param name="labels">The outcomes that each person is given, of which this file has one.</param>
    /// <param name="add">Takes a person.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CohortFormatException">A column is missing, a value is of the wrong kind, or a label wanted is not in this file.</exception>
    public static void Read(CsvTable table, IReadOnlyList<FraminghamLabel> labels, Action<FraminghamPerson> add, CancellationToken cancellation)
    {
        if (labels.FirstOrDefault(static label => label != FraminghamLabel.TenYearChd) is not FraminghamLabel.TenYearChd and var label)
        {
            throw new CohortFormatException(table.File, 1, LabelColumn, "",
                $"this file has only the published label, so {label} cannot be made from it; "
                + "read the longitudinal file (39 columns, RANDID to TIMEHYP) instead.");
        }

        int[] columns = [.. FraminghamPredictors.Names.Select(name => table.RequireColumn(name))];
        var labelColumn = table.RequireColumn(LabelColumn);
        while (table.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var isMale = table.Level(columns[0], "0", "1") == "1";
            add(new(FraminghamPredictors.Read(table, columns, isMale), [table.Label(labelColumn)], isMale, table.Number(columns[1])));
        }
    }
}
