using Engine.Data;
using Engine.Logistic;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

/// <summary>Small problems and what two fits must share.</summary>
internal static class SmallFits
{
    /// <summary>Makes rows of normal values whose first column tells something of the label.</summary>
    public static (SampleMatrix Samples, Labels Labels) Problem(int rowCount, int featureCount, ulong seed)
    {
        var samples = Tables.Normal(rowCount, featureCount, seed);
        var noise = Tables.Normal(rowCount, 1, seed + 1);
        return (samples, Labels.From([.. Enumerable.Range(0, rowCount).Select(row => samples.Row(row)[0] + (1.5f * noise.Row(row)[0]) > 0.7f)]));
    }

    /// <summary>Makes a table of columns.</summary>
    public static SampleMatrix Table(params double[][] columns) =>
        Tables.From([.. Enumerable.Range(0, columns[0].Length).Select(row => columns.Select(column => column[row]).ToArray())]);

    /// <summary>Returns a column as doubles.</summary>
    public static double[] Column(SampleMatrix samples, int column) => [.. Enumerable.Range(0, (int)samples.RowCount).Select(row => (double)samples.Row(row)[column])];

    /// <summary>Asserts that two fits agree in status, slopes, their standard errors, and deviances.</summary>
    /// <param name="expected">One.</param>
    /// <param name="actual">The other.</param>
    /// <param name="standardErrors">How far from the optimum each may be, in standard errors; and each standard error, of itself.</param>
    public static void AssertSameSlopes(LogisticFit expected, LogisticFit actual, double standardErrors = 2e-8)
    {
        Assert.Equal(expected.Status, actual.Status);
        for (var i = 1; i < expected.Coefficients.Length; i++)
        {
            var error = expected.StandardErrorOf(i);
            Assert.Equal(expected.Coefficients[i], actual.Coefficients[i], standardErrors * error);
            Assert.Equal(error, actual.StandardErrorOf(i), standardErrors * error);
        }

        Assert.Equal(expected.Deviance, actual.Deviance, 1e-10 * expected.Deviance);
        Assert.Equal(expected.NullDeviance, actual.NullDeviance, 1e-10 * expected.NullDeviance);
    }

    /// <summary>Draws of a stream, uniform in [0, 1).</summary>
    public static double Uniform(ulong seed, int index) => new RandomStream(seed, 5).UniformDouble((ulong)index);
}
