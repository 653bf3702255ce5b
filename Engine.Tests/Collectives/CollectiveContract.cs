using Engine.Collectives;

namespace Engine.Tests.Collectives;

/// <summary>What every collective must do, checked by each of its ranks.</summary>
internal static class CollectiveContract
{
    /// <summary>Sends bytes of all kinds of length both ways, and throws where others arrive.</summary>
    public static void Check(ICollective collective)
    {
        Assert.InRange(collective.Rank, 0, collective.Size - 1);
        foreach (var length in new[] { 0, 1, 7, 1_000, 3_000_001 })
        {
            var all = new byte[length * collective.Size];
            collective.AllGather(BytesOf(collective.Rank, length), all);
            for (var rank = 0; rank < collective.Size; rank++)
                Assert.True(all.AsSpan(rank * length, length).SequenceEqual(BytesOf(rank, length)), $"{length} bytes gathered from rank {rank}");
            for (var root = 0; root < collective.Size; root++)
            {
                var bytes = collective.Rank == root ? BytesOf(root, length) : new byte[length];
                collective.Broadcast(bytes, root);
                Assert.True(bytes.AsSpan().SequenceEqual(BytesOf(root, length)), $"{length} bytes from rank {root}");
            }

            collective.Barrier();
        }

        CheckMessages(collective);
    }

    private static void CheckMessages(ICollective collective)
    {
        Assert.Equal(Enumerable.Range(0, collective.Size).Select(rank => (rank, rank / 3.0)), collective.GatherOne((collective.Rank, collective.Rank / 3.0)));
        // Lists of 0, 1, 2 ... values, the first of which are equal.
        var own = Enumerable.Range(0, collective.Rank).ToArray();
        Assert.Equal(Enumerable.Range(0, collective.Size).SelectMany(rank => Enumerable.Range(0, rank)), collective.GatherLists<int>(own));
    }

    private static byte[] BytesOf(int rank, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 31) + (rank * 101) + 1))];
}
