using Bench.Cohorts.Channels;
using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>What the columns of hours of the MIMIC-III benchmark hold.</summary>
internal static class HourSchema
{
    /// <summary>Describes rows of consecutive hours, 76 columns each.</summary>
    /// <param name="hourCount">The hours of a row.</param>
    public static ColumnSchema Of(int hourCount)
    {
        var schema = ColumnSchema.Continuous(hourCount * BenchmarkChannels.ColumnCount);
        for (var hour = 0; hour < hourCount; hour++)
        {
            var first = hour * BenchmarkChannels.ColumnCount;
            foreach (var channel in BenchmarkChannels.All.Where(channel => channel.IsCategorical))
                schema = schema.WithOneHot((first + channel.FirstColumn)..(first + channel.FirstColumn + channel.ColumnCount));
            schema = schema.WithMasks((first + BenchmarkChannels.ValueColumnCount)..(first + BenchmarkChannels.ColumnCount));
        }

        return schema;
    }
}
