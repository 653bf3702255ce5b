using Engine.Data;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies.Reference;

/// <summary>A generated cohort that other people's programs are given too: an outcome that two columns tell in part, one of which a group reads the other way round.</summary>
/// <param name="Train">Three fifths of the samples.</param>
/// <param name="Validation">A fifth.</param>
/// <param name="Test">A fifth.</param>
internal sealed record ReferenceCohort(LabeledSamples Train, LabeledSamples Validation, LabeledSamples Test)
{
    /// <summary>The group that double prioritized sampling serves.</summary>
    public const string GroupToServe = "black";

    /// <summary>The hours of every stay.</summary>
    public const int HourCount = 48;

    private const int RowCount = 600;
    private const int RowFeatures = 12;
    private const int StayCount = 200;
    private const int HourFeatures = 8;

    /// <summary>How often a monitor is silent: every such hour holds nothing but zeros, which a network must skip.</summary>
    private const int SilentHour = 7;

    private static readonly string[] s_groups = ["all", GroupToServe, "female"];

    /// <summary>Makes 600 rows of 12 columns.</summary>
    public static ReferenceCohort OfRows()
    {
        var rows = Tables.Normal(RowCount, RowFeatures, 311);
        return Split(rows, sequences: null, seed: 312);
    }

    /// <summary>Makes 200 stays of 48 hours of 8 columns: what a stay has in common, noise, and silent hours.</summary>
    public static ReferenceCohort OfStays()
    {
        var stays = Tables.Normal(StayCount, HourFeatures, 321);
        var hours = Tables.Normal(StayCount * HourCount, HourFeatures, 322);
        for (var row = 0; row < hours.RowCount; row++)
        {
            var values = hours.GetWritableRow(row);
            var stay = row / HourCount;
            for (var column = 0; column < HourFeatures; column++)
                values[column] = (row + stay) % SilentHour == 0 ? 0 : values[column] + stays.Row(stay)[column];
        }

        var episodes = new EpisodeStore(hours, [.. Enumerable.Range(0, StayCount + 1).Select(stay => (long)stay * HourCount)]);
        return Split(stays, new SequenceSamples(episodes, [.. Enumerable.Range(0, StayCount).Select(stay => new PrefixSample(stay, HourCount))]), seed: 323);
    }

    /// <summary>Draws groups and classes, and takes the parts.</summary>
    /// <param name="risks">The columns that the outcome depends on; the samples where there are no sequences.</param>
    /// <param name="sequences">The samples; null for rows.</param>
    /// <param name="seed">The seed.</param>
    private static ReferenceCohort Split(SampleMatrix risks, SequenceSamples? sequences, ulong seed)
    {
        var (stream, count) = (new RandomStream(seed, 1), (int)risks.RowCount);
        var groups = new Subgroups(count);
        foreach (var (index, group) in s_groups.Index())
            groups.Add(group, RowMask.From(count, row => index == 0 || stream.UniformDouble((ulong)((index * count) + row)) < .4));
        var labels = Labels.From([.. Enumerable.Range(0, count).Select(row =>
        {
            var values = risks.Row(row);
            return stream.UniformDouble((ulong)row) < PortableMath.Logistic(-1.6 + (1.5 * values[0]) + ((groups[GroupToServe][row] ? -1.5 : 1.5) * values[1]));
        })]);
        var all = new LabeledSamples(labels, sequences is null ? risks : null, sequences, groups);
        return new ReferenceCohort(Part(0, 1, 2), Part(3), Part(4));

        LabeledSamples Part(params int[] rests) => all.Select([.. Enumerable.Range(0, count).Where(row => rests.Contains(row % 5)).Select(row => (long)row)]);
    }
}
