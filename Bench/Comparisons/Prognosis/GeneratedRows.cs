using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Engine.Data;
using Engine.Numerics;

namespace Bench.Comparisons.Prognosis;

/// <summary>Rows of a logistic model that has an optimum: correlated columns of mean 0 and deviation 1, about one row in eight of class 1.</summary>
/// <remarks>
/// x = 0.8 u + 0.6 f in float32, with u and f uniform of mean 0 and deviation 1, f shared by a row. The probability is logistic(-2.5 + b'x), b uniform with
/// deviation 1 / sqrt(d). Hours of the simulator would not do beside other libraries: their one-hot columns add up to 1, so that many coefficients are optimal.
/// </remarks>
internal static class GeneratedRows
{
    private const float Own = 0.8f;
    private const float Shared = 0.6f;
    private const double Intercept = -2.5;
    private const ulong ValueStream = 2;
    private const ulong SharedStream = 3;
    private const ulong LabelStream = 4;
    private const ulong CoefficientStream = 5;
    private const int RowsAtATime = 4_096;
    private const int ValuesAtATime = 4;

    /// <summary>sqrt(12): a uniform number of this width has deviation 1.</summary>
    private const float Width = 3.4641016f;
    private const float UnitOf24Bits = 1f / (1 << 24);

    /// <summary>Makes rows: the same numbers for any number of threads.</summary>
    public static (SampleMatrix Samples, Labels Labels) Make(int rowCount, int featureCount, WorkContext context)
    {
        var samples = SampleMatrix.Create(rowCount, featureCount);
        var labels = new byte[rowCount];
        var coefficients = Enumerable.Range(0, featureCount).Select(column => Uniform(CoefficientStream, column) / Math.Sqrt(featureCount)).ToArray();
        Parallel.For(0, (rowCount + RowsAtATime - 1) / RowsAtATime, context.Parallel, part =>
        {
            for (var row = part * RowsAtATime; row < Math.Min(rowCount, (part + 1) * RowsAtATime); row++)
            {
                var values = samples.GetWritableRow(row);
                Fill(values, row);
                var predictor = Intercept;
                for (var column = 0; column < featureCount; column++)
                    predictor += coefficients[column] * values[column];
                labels[row] = new RandomStream(CohortShelf.Seed, LabelStream).UniformDouble((ulong)row) < PortableMath.Logistic(predictor) ? (byte)1 : (byte)0;
            }
        });
        return (samples, Labels.From(labels));
    }

    private static void Fill(Span<float> values, int row)
    {
        var random = new RandomStream(CohortShelf.Seed, ValueStream);
        var shared = Shared * Uniform(SharedStream, row);
        var first = (ulong)row * (ulong)((values.Length + ValuesAtATime - 1) / ValuesAtATime);
        for (var column = 0; column < values.Length; column += ValuesAtATime)
        {
            var (w0, w1, w2, w3) = random.UInt32x4(first + (ulong)(column / ValuesAtATime));
            ReadOnlySpan<uint> words = [w0, w1, w2, w3];
            for (var place = 0; place < Math.Min(ValuesAtATime, values.Length - column); place++)
                values[column + place] = (Own * Centered((words[place] >> 8) * UnitOf24Bits)) + shared;
        }
    }

    private static float Uniform(ulong stream, int index) => Centered(new RandomStream(CohortShelf.Seed, stream).UniformFloat((ulong)index));

    private static float Centered(float uniform) => Width * (uniform - 0.5f);
}
