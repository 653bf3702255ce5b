using Bench.Comparisons.Arrays;

namespace Bench.Kernels.Scaling;

/// <summary>The sizes along each axis, and what stays while another grows.</summary>
/// <param name="Values">The sizes, rising.</param>
/// <param name="Neighbors">k while something else grows.</param>
/// <param name="Threads">The threads while something else grows.</param>
/// <param name="MostDefaultRows">The rows, or stays, while something else grows, are no more than this.</param>
/// <param name="MostRepetitions">The repetitions of work that is over at once.</param>
/// <param name="WarmUpSeconds">How long a work runs before it is timed, so that the runtime compiles hot methods once more.</param>
internal sealed record ScaleSizes(IReadOnlyDictionary<ScaleAxis, int[]> Values, int Neighbors, int Threads, int MostDefaultRows, int MostRepetitions, double WarmUpSeconds)
{
    private const int Summaries = HourlySummary.FeatureCount;
    private const int WholeStays = FirstHours.HourCount * ScaleData.HourColumns;

    /// <summary>Returns those of the command: rows from ten thousand to ten million.</summary>
    /// <param name="threads">The most threads.</param>
    public static ScaleSizes Full(int threads) => new(
        new Dictionary<ScaleAxis, int[]>
        {
            [ScaleAxis.Rows] = [10_000, 31_623, 100_000, 316_228, 1_000_000, 3_162_278, 10_000_000],
            [ScaleAxis.Stays] = [100, 316, 1_000, 3_162, 10_000, 31_623, 100_000],
            [ScaleAxis.Columns] = [15, ScaleData.HourColumns, Summaries, WholeStays],
            [ScaleAxis.Neighbors] = [1, 3, 10, 32, 100],
            [ScaleAxis.Threads] = [.. Roofline.ThreadsUpTo(threads)],
        },
        Neighbors: 5,
        threads,
        int.MaxValue,
        MostRepetitions: 9,
        WarmUpSeconds: 1);

    /// <summary>Returns so few rows that everything is over in seconds, and says nothing; one thread where threads grow.</summary>
    /// <param name="threads">The most threads.</param>
    public static ScaleSizes Quick(int threads) => Full(threads) with
    {
        Values = new Dictionary<ScaleAxis, int[]>
        {
            [ScaleAxis.Rows] = [2_000, 4_000, 8_000],
            [ScaleAxis.Stays] = [10, 20, 40],
            [ScaleAxis.Columns] = [15, ScaleData.HourColumns],
            [ScaleAxis.Neighbors] = [1, 10],
            [ScaleAxis.Threads] = [1],
        },
        MostDefaultRows = 2_000,
        MostRepetitions = 1,
        WarmUpSeconds = 0,
    };

    /// <summary>Returns a size along an axis.</summary>
    public ScaleSize Of(ScaleWork work, ScaleAxis axis, int value) => new ScaleSize(Math.Min(work.DefaultRows, MostDefaultRows), ScaleData.HourColumns, Neighbors, Threads).With(axis, value);
}
