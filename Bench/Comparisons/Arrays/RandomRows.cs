using Engine.Numerics;

namespace Bench.Comparisons.Arrays;

/// <summary>Draws rows for the reference and other rows for the queries.</summary>
internal static class RandomRows
{
    private const ulong Stream = 1;

    /// <summary>Draws without replacement.</summary>
    /// <param name="count">There are this many to draw from.</param>
    /// <param name="size">How many to draw for each side.</param>
    /// <returns>Places from 0 to <paramref name="count"/> - 1, in random order; none is on both sides.</returns>
    /// <exception cref="CaseUnavailableException">There are too few.</exception>
    public static (int[] Reference, int[] Queries) Draw(int count, ArraySize size)
    {
        var needed = size.Rows + size.Queries;
        if (count < needed)
            throw new CaseUnavailableException($"there are {count:N0} rows where {needed:N0} are needed");
        var random = new RandomStream(CohortShelf.Seed, Stream);
        var places = Enumerable.Range(0, count).ToArray();
        for (var place = 0; place < needed; place++)
        {
            var other = place + (int)random.Below((ulong)place, (ulong)(count - place));
            (places[place], places[other]) = (places[other], places[place]);
        }

        return (places[..size.Rows], places[size.Rows..needed]);
    }
}
