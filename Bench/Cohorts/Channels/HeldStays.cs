using Engine.Data;

namespace Bench.Cohorts.Channels;

/// <summary>The stays behind some rows of a cohort, of which no others are read.</summary>
/// <param name="Stays">Indices of stays of the cohort, ascending.</param>
/// <param name="Prefixes">The prefix of each row, whose stay is an index into <paramref name="Stays"/>.</param>
internal sealed record HeldStays(int[] Stays, PrefixSample[] Prefixes)
{
    /// <summary>Finds the stays.</summary>
    /// <param name="prefixes">The prefix of every row of the cohort.</param>
    /// <param name="rows">The rows.</param>
    public static HeldStays Of(IReadOnlyList<PrefixSample> prefixes, long[] rows)
    {
        int[] stays = [.. rows.Select(row => prefixes[(int)row].Stay).Distinct().Order()];
        return new HeldStays(stays, Array.ConvertAll(rows, row => prefixes[(int)row] with { Stay = Array.BinarySearch(stays, prefixes[(int)row].Stay) }));
    }
}
