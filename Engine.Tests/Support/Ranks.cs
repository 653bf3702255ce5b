using Engine.Collectives;
using Engine.Compute;
using Engine.Data;

namespace Engine.Tests.Support;

/// <summary>Tables whose rows lie with several ranks, which are threads here.</summary>
internal static class Ranks
{
    /// <summary>Gets numbers of ranks, up to more than a small table has runs of rows.</summary>
    public static TheoryData<int> Sizes => [1, 2, 3, 7];

    /// <summary>Gets options for one rank among others on a machine.</summary>
    public static ComputeOptions OneThread { get; } = new() { MaxDegreeOfParallelism = 1 };

    /// <summary>Does the same on every rank with its part of a table.</summary>
    /// <returns>What each makes of it.</returns>
    public static T[] Each<T>(int size, SampleMatrix samples, Func<SampleMatrix, T> work)
    {
        var results = new T[size];
        RankThreads.Run(size, collective => results[collective.Rank] = work(Divide(samples, collective)));
        return results;
    }

    /// <summary>Divides a table unevenly: later ranks have more rows, and the first may have none.</summary>
    public static SampleMatrix Divide(SampleMatrix samples, ICollective collective)
    {
        var runs = (samples.RowCount + RankRows.RowsPerRun - 1) / RankRows.RowsPerRun;
        var (first, end) = (StartOf(collective.Rank), StartOf(collective.Rank + 1));
        var rows = Enumerable.Range((int)first, (int)(end - first)).Select(row => (long)row).ToArray();
        return SampleMatrix.OfRanks(samples.SelectRows(rows).Copy(), collective);

        long StartOf(int rank) => Math.Min(samples.RowCount, runs * rank * rank / ((long)collective.Size * collective.Size) * RankRows.RowsPerRun);
    }
}
