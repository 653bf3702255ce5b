using System.Numerics;
using System.Runtime.InteropServices;

namespace Engine.Collectives;

/// <summary>Values, lists of any length, and more than 2 GiB over an <see cref="ICollective"/>.</summary>
internal static class Messages
{
    private const int LargestMessage = 1 << 30;

    /// <summary>Gives every rank the values of one, in as many messages as they need.</summary>
    public static unsafe void BroadcastValues<T>(this ICollective collective, Span<T> values, int root)
        where T : unmanaged
    {
        var most = LargestMessage / sizeof(T);
        for (var first = 0; first < values.Length; first += most)
            collective.Broadcast(MemoryMarshal.AsBytes(values.Slice(first, Math.Min(most, values.Length - first))), root);
    }

    /// <summary>Returns one value of each rank.</summary>
    public static T[] GatherOne<T>(this ICollective collective, T own)
        where T : unmanaged
    {
        var all = new T[collective.Size];
        collective.AllGather(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in own)), MemoryMarshal.AsBytes(all.AsSpan()));
        return all;
    }

    /// <summary>Returns the sums of whole numbers that every rank has as many of; the network takes one rank's at a time.</summary>
    public static long[] SumOfRanks<T>(this ICollective collective, ReadOnlySpan<T> own)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (sums, sent) = (new long[own.Length], new T[own.Length]);
        for (var rank = 0; rank < collective.Size; rank++)
        {
            if (rank == collective.Rank)
                own.CopyTo(sent);
            collective.BroadcastValues(sent.AsSpan(), rank);
            for (var i = 0; i < sums.Length; i++)
                sums[i] += long.CreateChecked(sent[i]);
        }

        return sums;
    }

    /// <summary>Returns the lists of all ranks, one after the other in the order of ranks; each may have another length.</summary>
    public static T[] GatherLists<T>(this ICollective collective, ReadOnlySpan<T> own)
        where T : unmanaged
    {
        var lengths = collective.GatherOne(own.Length);
        var all = new T[lengths.Sum(static length => (long)length)];
        var first = 0;
        for (var rank = 0; rank < lengths.Length; rank++)
        {
            var list = all.AsSpan(first, lengths[rank]);
            if (rank == collective.Rank)
                own.CopyTo(list);
            collective.BroadcastValues(list, rank);
            first += lengths[rank];
        }

        return all;
    }
}
