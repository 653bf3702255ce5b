using Engine.Data;
using Engine.Prognosis;

namespace Bench.Kernels;

/// <summary>Samples of the shapes that networks are timed on; the same numbers in every run.</summary>
internal static class NetworkData
{
    /// <summary>The columns of encoded rows.</summary>
    public const int EncodedColumns = 1418;

    private const int Seed = 17;
    private const int HourColumns = 76;
    private const double ShareOfOnes = 0.05;

    /// <summary>Makes stays of 76 columns an hour, one sample each.</summary>
    /// <param name="count">The stays.</param>
    /// <param name="least">The hours of the shortest.</param>
    /// <param name="most">Those of the longest.</param>
    public static LabeledSamples Stays(int count, int least, int most)
    {
        var random = new Random(Seed);
        var offsets = new long[count + 1];
        for (var stay = 0; stay < count; stay++)
            offsets[stay + 1] = offsets[stay] + random.Next(least, most + 1);
        var hours = SampleMatrix.Create(offsets[^1], HourColumns);
        for (var row = 0L; row < hours.RowCount; row++)
        {
            foreach (ref var value in hours.GetWritableRow(row))
                value = (random.NextSingle() * 2) - 1;
        }

        PrefixSample[] prefixes = [.. Enumerable.Range(0, count).Select(stay => new PrefixSample(stay, (int)(offsets[stay + 1] - offsets[stay])))];
        return new LabeledSamples(Draw(random, count), sequences: new SequenceSamples(new EpisodeStore(hours, offsets), prefixes));
    }

    /// <summary>Makes rows of 1,418 columns of which one value in twenty is 1 and the others 0.</summary>
    /// <param name="count">The rows.</param>
    public static LabeledSamples EncodedRows(int count)
    {
        var random = new Random(Seed);
        var rows = SampleMatrix.Create(count, EncodedColumns);
        for (var row = 0; row < count; row++)
        {
            foreach (ref var value in rows.GetWritableRow(row))
                value = random.NextDouble() < ShareOfOnes ? 1 : 0;
        }

        return new LabeledSamples(Draw(random, count), rows);
    }

    /// <summary>Throws unless two networks of the same weights give the same probabilities: what is not equal is not timed.</summary>
    /// <param name="managed">The managed network.</param>
    /// <param name="predict">Gives the other's.</param>
    /// <param name="samples">The samples.</param>
    public static void RequireEqual(IFittedModel managed, Action<double[]> predict, LabeledSamples samples)
    {
        double[] expected = new double[samples.Count], actual = new double[samples.Count];
        managed.Predict(samples, expected);
        predict(actual);
        var largest = expected.Zip(actual, (one, other) => Math.Abs(one - other)).Max();
        if (!(largest <= 1e-5))
            throw new InvalidOperationException($"probabilities of the same weights differ by {largest}; nothing is timed that is not equal.");
    }

    private static Labels Draw(Random random, int count) => Labels.From([.. Enumerable.Range(0, count).Select(_ => random.Next(8) == 0)]);
}
