using Engine.Collectives;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>The scores of clusters whose rows lie with several ranks: sums in the order of the rows, as one process takes them.</summary>
/// <remarks>
/// <code>
/// rank 0    a a a b b        sums a, begins b, sends b on
/// rank 1    b b c c c        goes on with b, sums c        what a rank begins it sums while others do theirs
/// </code>
/// Then each run of clusters goes to the rank that has most of it, to be multiplied there.
/// <para><b>Cost</b>: 8 bytes a coefficient for every cluster that goes on with a later rank, from each rank that it goes on from to every other; few, where rows of a cluster follow each other.</para>
/// </remarks>
internal sealed class ClusterScores
{
    /// <summary>The clusters of a block of <see cref="BlockReduction"/>.</summary>
    public const int ClustersPerBlock = 16;

    private readonly double[]?[] _scores;
    private readonly int[] _firstRanks;
    private readonly int[] _lastRanks;
    private readonly int _size;

    /// <summary>Sums the rows of all ranks.</summary>
    /// <param name="samples">Rows of several ranks.</param>
    /// <param name="clusters">The clusters, rows rising.</param>
    /// <param name="size">The number of coefficients.</param>
    /// <param name="addRows">Adds rows of this rank to the score of a cluster.</param>
    /// <param name="options">How to use the machine.</param>
    public ClusterScores(SampleMatrix samples, RowsByCluster clusters, int size, AddedRows addRows, ParallelOptions options)
    {
        var (share, (rows, firstRow)) = (samples.Share!, samples.OwnRows());
        (_scores, _size) = (new double[]?[clusters.Count], size);
        _firstRanks = [.. Enumerable.Range(0, clusters.Count).Select(cluster => share.OwnerOf(clusters.Rows[clusters.Starts[cluster]] / SampleMatrix.RowsPerBlock))];
        _lastRanks = [.. Enumerable.Range(0, clusters.Count).Select(cluster => share.OwnerOf(clusters.Rows[clusters.Starts[cluster + 1] - 1] / SampleMatrix.RowsPerBlock))];
        var collective = share.Collective;
        ParallelLoop.For(0, clusters.Count, options, cluster =>
        {
            if (_firstRanks[cluster] == collective.Rank)
                addRows(OwnOf(cluster), _scores[cluster] = new double[size]);
        });
        for (var rank = 0; rank < collective.Size - 1; rank++)
        {
            var open = Enumerable.Range(0, clusters.Count).Where(cluster => _firstRanks[cluster] <= rank && rank < _lastRanks[cluster]).ToArray();
            SendOn(collective, rank, open, cluster => collective.Rank > rank && collective.Rank <= _lastRanks[cluster]);
            foreach (var cluster in open)
            {
                if (collective.Rank == rank + 1)
                    addRows(OwnOf(cluster), _scores[cluster]!);
            }
        }

        Share = ShareOf(collective, clusters.Count);

        ReadOnlySpan<int> OwnOf(int cluster)
        {
            var all = clusters.Rows.AsSpan(clusters.Starts[cluster]..clusters.Starts[cluster + 1]);
            var (first, end) = (all.BinarySearch((int)firstRow), all.BinarySearch((int)(firstRow + rows.RowCount)));
            return all[(first < 0 ? ~first : first)..(end < 0 ? ~end : end)];
        }
    }

    /// <summary>Adds rows to the score of a cluster.</summary>
    /// <param name="rows">The rows, rising.</param>
    /// <param name="score">One sum a coefficient.</param>
    public delegate void AddedRows(ReadOnlySpan<int> rows, double[] score);

    /// <summary>Gets which rank multiplies the clusters of which blocks.</summary>
    public RankShare Share { get; }

    /// <summary>Returns the score of a cluster of this rank.</summary>
    public double[] Of(int cluster) => _scores[cluster]!;

    /// <summary>Gives each run of clusters to the rank that ended most of them.</summary>
    private RankShare ShareOf(ICollective collective, int count)
    {
        const int PerRun = BlockReduction.BlocksPerRun * ClustersPerBlock;
        var owners = _lastRanks.Chunk(PerRun).Select(static run => run.CountBy(static rank => rank).MaxBy(static rank => rank.Value).Key).ToArray();
        for (var rank = 0; rank < collective.Size; rank++)
        {
            var moved = Enumerable.Range(0, count).Where(cluster => _lastRanks[cluster] == rank && owners[cluster / PerRun] != rank).ToArray();
            SendOn(collective, rank, moved, cluster => owners[cluster / PerRun] == collective.Rank);
        }

        var segments = new List<BlockSegment>();
        for (var run = 0; run < owners.Length; run++)
        {
            var end = (Math.Min(count, (run + 1) * PerRun) + ClustersPerBlock - 1) / ClustersPerBlock;
            segments.Add(new BlockSegment(owners[run], run * (long)BlockReduction.BlocksPerRun, end));
        }

        return new RankShare(collective, segments, isReadableByAll: false);
    }

    /// <summary>Sends the scores of some clusters from a rank to all, of which some keep them.</summary>
    private void SendOn(ICollective collective, int rank, int[] clusters, Func<int, bool> isKept)
    {
        var sent = new double[clusters.Length * (long)_size];
        for (var i = 0; i < clusters.Length && rank == collective.Rank; i++)
            _scores[clusters[i]]!.CopyTo(sent, i * (long)_size);
        collective.BroadcastValues(sent.AsSpan(), rank);
        for (var i = 0; i < clusters.Length; i++)
        {
            if (isKept(clusters[i]))
                _scores[clusters[i]] = sent.AsSpan(i * _size, _size).ToArray();
            else if (rank == collective.Rank)
                _scores[clusters[i]] = null;
        }
    }
}
