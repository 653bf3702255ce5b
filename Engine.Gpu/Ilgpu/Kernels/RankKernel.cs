using Engine.Numerics.Distances;
using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Ranks pairs by the canonical distance, with the bits of the processor.</summary>
/// <remarks>
/// <code>
/// pairs     | 3,17 | 0,2 | 3,5 | ...     a thread a pair: sixteen lanes, the tree 16 -> 8 -> 4 -> 2 -> 1; and the pair is put before the others of its query
/// queries   | 0 | 1 | 2 | 3 | ...        a thread a query: goes from pair to pair, and keeps the k nearest
/// </code>
/// <para>In which order the pairs of a query follow each other differs from run to run; what is kept does not depend on it, because no two rows are equal by (distance, row).</para>
/// </remarks>
internal static class RankKernel
{
    /// <summary>Computes the distances of pairs, and links those of each query.</summary>
    public static void Measure<TTerm>(RankTask task)
        where TTerm : struct, IDistanceTerm
    {
        for (var pair = (Grid.IdxX * Group.DimX) + Group.IdxX; pair < task.PairCount; pair += Grid.DimX * Group.DimX)
        {
            var (query, row) = ((int)(task.Pairs[pair] >> 32), (int)task.Pairs[pair]);
            task.PairDistances[pair] = Distance<TTerm>(task, (long)query * task.Stride, (long)row * task.Stride);
            task.NextPairs[pair] = Atomic.Exchange(ref task.FirstPairs[query], pair);
        }
    }

    /// <summary>Keeps the nearest rows of each query.</summary>
    public static void Keep(RankTask task)
    {
        for (var query = (Grid.IdxX * Group.DimX) + Group.IdxX; query < task.QueryCount; query += Grid.DimX * Group.DimX)
        {
            var (count, ranked) = (task.Counts[query], 0);
            for (var pair = task.FirstPairs[query]; pair >= 0; pair = task.NextPairs[pair])
            {
                var row = task.FirstRow + (int)task.Pairs[pair];
                if (row == task.Excluded[query])
                    continue;
                count = Offer(task, (long)query * task.NeighborCount, count, row, task.PairDistances[pair]);
                ranked++;
            }

            task.FirstPairs[query] = -1;
            task.Counts[query] = count;
            task.RankedPairs[query] += ranked;
            task.Limits[query] = count < task.NeighborCount ? float.PositiveInfinity : task.Distances[((long)(query + 1) * task.NeighborCount) - 1];
        }
    }

    /// <summary>Offers a row to a list, as <see cref="NearestList"/> does.</summary>
    /// <returns>How many rows the list holds.</returns>
    private static int Offer(RankTask task, long start, int count, long row, float distance)
    {
        if (count == task.NeighborCount)
        {
            if (!IsBefore(distance, row, task.Distances[start + count - 1], task.Found[start + count - 1]))
                return count;
        }
        else
        {
            count++;
        }

        var place = start + count - 1;
        for (; place > start && IsBefore(distance, row, task.Distances[place - 1], task.Found[place - 1]); place--)
        {
            task.Distances[place] = task.Distances[place - 1];
            task.Found[place] = task.Found[place - 1];
        }

        task.Distances[place] = distance;
        task.Found[place] = row;
        return count;
    }

    private static bool IsBefore(float distance, long row, float otherDistance, long otherRow) => distance < otherDistance || (distance == otherDistance && row < otherRow);

    private static float Distance<TTerm>(RankTask task, long query, long row)
        where TTerm : struct, IDistanceTerm
    {
        Strip low = default, high = default;
        for (var element = 0; element < task.Stride; element += 2 * Strip.Length)
        {
            low = Strip.AddCanonical<TTerm>(low, task.Queries, query + element, task.Rows, row + element);
            high = Strip.AddCanonical<TTerm>(high, task.Queries, query + element + Strip.Length, task.Rows, row + element + Strip.Length);
        }

        return Strip.Fold(low, high);
    }
}
