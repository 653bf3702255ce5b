using Engine.Numerics;

namespace Bench.Cohorts.Equity.Simulated;

/// <summary>Draws outcomes so that each group has the share of them that was published.</summary>
internal static class SimulatedOutcomes
{
    private const double Widest = 64;
    private const int Halvings = 52;

    /// <summary>Draws one outcome of all rows.</summary>
    /// <param name="logOdds">The log odds of each row, up to the intercept of its group.</param>
    /// <param name="rowsOfGroups">The rows of each group.</param>
    /// <param name="shares">The share of the outcome in each group, above 0 and below 1.</param>
    /// <param name="uniform">A uniform draw for each row.</param>
    /// <param name="always">Rows that have the outcome whatever their odds, as another outcome includes it; null without any.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>0 or 1 a row.</returns>
    /// <remarks>
    /// <b>Computes</b> for each group the intercept at which the mean probability of its rows is the share, by bisection: the mean rises with the intercept. What is drawn then differs from the
    /// share by chance alone. The sum runs in the order of the rows, on whatever thread.
    /// </remarks>
    public static byte[] Draw(double[] logOdds, IReadOnlyList<int[]> rowsOfGroups, IReadOnlyList<double> shares, Func<int, double> uniform, byte[]? always, CancellationToken cancellation)
    {
        var outcomes = new byte[logOdds.Length];
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, rowsOfGroups.Count, options, group =>
        {
            var rows = rowsOfGroups[group];
            var intercept = FindIntercept(logOdds, rows, shares[group], always, cancellation);
            foreach (var row in rows)
                outcomes[row] = always?[row] == 1 || uniform(row) < PortableMath.Logistic(logOdds[row] + intercept) ? (byte)1 : (byte)0;
        });
        return outcomes;
    }

    private static double FindIntercept(double[] logOdds, int[] rows, double share, byte[]? always, CancellationToken cancellation)
    {
        var (low, high) = (-Widest, Widest);
        for (var halving = 0; halving < Halvings; halving++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (middle, sum) = ((low + high) / 2, 0.0);
            foreach (var row in rows)
                sum += always?[row] == 1 ? 1 : PortableMath.Logistic(logOdds[row] + middle);
            if (sum < share * rows.Length)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
