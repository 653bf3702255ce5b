using Bench.Cohorts.Channels;

namespace Bench.Cohorts.Mimic3;

/// <summary>Reads the measurements of one stay, row by row.</summary>
internal static class TimeSeriesFile
{
    /// <summary>Adds every measurement of a file in order of time.</summary>
    /// <param name="file">The time series.</param>
    /// <param name="sink">Takes the measurements in.</param>
    /// <param name="lastTime">The latest time, in hours, that the task allows.</param>
    /// <exception cref="CohortFormatException">The file is missing, damaged, in another format, without rows or not in order of time.</exception>
    public static void Read(string file, IMeasurementSink sink, double lastTime)
    {
        using var table = CsvTable.Open(file);
        table.RequireHeader(Mimic3Layout.TimeSeriesHeader);
        var previous = double.NegativeInfinity;
        while (table.Next())
        {
            var time = ReadTime(table, previous, lastTime);
            foreach (var channel in BenchmarkChannels.All)
                ReadCell(table, channel, time, sink);
            previous = time;
        }

        if (double.IsNegativeInfinity(previous))
            throw new CohortFormatException(table.File, 0, "", "", "the stay has no measurement; at least one row was expected.");
    }

    private static double ReadTime(CsvTable table, double previous, double lastTime)
    {
        var time = table.Number(0);
        if (time < -HourlyDiscretizer.TimeTolerance)
            throw table.Error(0, "a measurement lies before the start of the stay; the files of a task start at 0.");
        if (time > lastTime + HourlyDiscretizer.TimeTolerance)
            throw table.Error(0, $"a measurement lies past the period of the task, {lastTime} hours.");
        // The published reader stops at the first row past a prefix, so that rows out of order would be lost there without a word.
        return time >= previous ? time : throw table.Error(0, $"rows must be in order of time, and the row before lies at {previous}.");
    }

    private static void ReadCell(CsvTable table, Channel channel, double time, IMeasurementSink sink)
    {
        var column = channel.Index + 1;
        var text = table[column];
        if (text.Length == 0)
            return;
        if (channel.IsCategorical)
        {
            if (!channel.TryFindLevel(text, out var level))
                throw table.Error(column, $"the level is unknown; the levels are {string.Join(", ", channel.Levels)}.");
            sink.AddLevel(time, channel, level);
            return;
        }

        var value = table.Number(column);
        if (Math.Abs(value) > HourlyDiscretizer.LargestValue)
            throw table.Error(column, $"the magnitude is above {HourlyDiscretizer.LargestValue}.");
        sink.Add(time, channel, value);
    }
}
