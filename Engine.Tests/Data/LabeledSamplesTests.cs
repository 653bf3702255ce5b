using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Data;

public sealed class LabeledSamplesTests
{
    private static readonly int[] s_clusters = [7, 8, 7];
    private static readonly Labels s_labels = Labels.From([0, 1, 1]);

    [Fact]
    public void Select_RowsSequencesGroupsAndClusters_GoTogether()
    {
        var groups = new Subgroups(3);
        groups.Add("some", RowMask.From(3, row => row == 1));
        var samples = new LabeledSamples(s_labels, Tables.Normal(3, 2, 1), Sequences(), groups, s_clusters);
        var chosen = samples.Select([1, 1, 0]);
        Assert.Equal([(byte)1, (byte)1, (byte)0], chosen.Labels.Values.ToArray());
        Assert.Equal(samples.Rows.Row(1), chosen.Rows.Row(0));
        Assert.Equal([new PrefixSample(1, 1), new PrefixSample(1, 1), new PrefixSample(0, 2)], chosen.Sequences.Prefixes.ToArray());
        Assert.Equal([0L, 1L], chosen.Groups["some"].ToRows());
        Assert.Equal([8, 8, 7], chosen.Clusters.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.Select([3]));
    }

    [Fact]
    public void Rows_WhereThereAreNone_NameTheWayOut()
    {
        Assert.Contains("no rows of features", Assert.Throws<InvalidOperationException>(() => new LabeledSamples(s_labels, sequences: Sequences()).Rows).Message, StringComparison.Ordinal);
        Assert.Contains("no time series", Assert.Throws<InvalidOperationException>(() => new LabeledSamples(s_labels, Tables.Normal(3, 2, 1)).Sequences).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_PartsOfOtherLength_AreRefused()
    {
        Assert.Contains("labels has 3 entries where rows has 4", Error(() => new(s_labels, Tables.Normal(4, 2, 1))), StringComparison.Ordinal);
        Assert.Contains("labels has 2 entries where sequences has 3", Error(() => new(Labels.From([0, 1]), sequences: Sequences())), StringComparison.Ordinal);
        Assert.Contains("groups has 4 entries", Error(() => new(s_labels, Tables.Normal(3, 2, 1), groups: new Subgroups(4))), StringComparison.Ordinal);
        Assert.Contains("clusters has 2 entries", Error(() => new(s_labels, Tables.Normal(3, 2, 1), clusters: new int[2])), StringComparison.Ordinal);
        Assert.Contains("neither rows nor sequences", Error(() => new(s_labels)), StringComparison.Ordinal);

        static string Error(Func<LabeledSamples> make) => Assert.Throws<ArgumentException>(make).Message;
    }

    private static SequenceSamples Sequences() => new(new EpisodeStore(Tables.Normal(6, 4, 2), [0, 3, 6]), [new(0, 2), new(1, 1), new(1, 3)]);
}
