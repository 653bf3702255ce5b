using System.Numerics;

namespace Engine.Numerics.Distances;

/// <summary>The k nearest rows seen so far, ordered by (distance, row index), whatever the order in which they were offered.</summary>
internal static class NearestList
{
    /// <summary>Offers a row.</summary>
    /// <param name="indices">k row indices, of which <paramref name="count"/> are held.</param>
    /// <param name="distances">Their distances.</param>
    /// <param name="count">The number of rows held.</param>
    /// <param name="index">The row, not offered before.</param>
    /// <param name="distance">Its distance.</param>
    /// <returns>Whether the row entered.</returns>
    public static bool Offer<TDistance>(Span<long> indices, Span<TDistance> distances, ref int count, long index, TDistance distance)
        where TDistance : struct, IComparisonOperators<TDistance, TDistance, bool>
    {
        if (count == distances.Length)
        {
            if (!IsBefore(distance, index, distances[^1], indices[^1]))
                return false;
        }
        else
        {
            count++;
        }

        var place = count - 1;
        for (; place > 0 && IsBefore(distance, index, distances[place - 1], indices[place - 1]); place--)
        {
            distances[place] = distances[place - 1];
            indices[place] = indices[place - 1];
        }

        distances[place] = distance;
        indices[place] = index;
        return true;
    }

    private static bool IsBefore<TDistance>(TDistance distance, long index, TDistance otherDistance, long otherIndex)
        where TDistance : struct, IComparisonOperators<TDistance, TDistance, bool> =>
        distance < otherDistance || (distance == otherDistance && index < otherIndex);
}
