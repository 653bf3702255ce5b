using System.Numerics;
using Engine.Compute;
using Engine.Data;
using Engine.Networks;
using Engine.Numerics;

namespace Engine.Tests.Networks;

/// <summary>A network, parameters and stays to try it on.</summary>
internal sealed class LstmCase
{
    public LstmCase(LstmArchitecture architecture, int featureCount, int[] hours, ulong seed, double size = 0.5)
    {
        Layout = new LstmLayout(architecture, featureCount);
        var stream = new RandomStream(seed, 1);
        Parameters = [.. Enumerable.Range(0, Layout.ParameterCount).Select(i => size * stream.Normal((ulong)i))];
        Hours = SampleMatrix.Create(hours.Sum(), featureCount);
        for (var row = 0; row < Hours.RowCount; row++)
        {
            foreach (ref var value in Hours.GetWritableRow(row))
                value = (float)stream.Normal(1_000_000 + Draws++);
        }

        var offsets = new long[hours.Length + 1];
        for (var stay = 0; stay < hours.Length; stay++)
            offsets[stay + 1] = offsets[stay] + hours[stay];
        Episodes = new EpisodeStore(Hours, offsets);
        Stays = new SequenceSamples(Episodes, [.. hours.Select((count, stay) => new PrefixSample(stay, count))]);
    }

    public LstmLayout Layout { get; }

    public double[] Parameters { get; set; }

    public SampleMatrix Hours { get; }

    public EpisodeStore Episodes { get; }

    /// <summary>Gets the stays, whole.</summary>
    public SequenceSamples Stays { get; }

    private ulong Draws { get; set; }

    /// <summary>Gets all prefixes of all stays.</summary>
    public SequenceSamples Prefixes() => new(
        Episodes, [.. Enumerable.Range(0, Episodes.StayCount).SelectMany(stay => Enumerable.Range(1, Episodes.HoursOf(stay)).Select(count => new PrefixSample(stay, count)))]);

    /// <summary>Makes hours 0 as if nothing had been observed.</summary>
    public void Mask(int stay, params int[] hours)
    {
        foreach (var hour in hours)
            Hours.GetWritableRow(Episodes.RowOf(stay, hour)).Clear();
    }

    /// <summary>Computes loss and gradient of the whole stays as one batch, labels 0, 1, 0, 1 ... and weights 1, 1.5, 2, 1, 1.5 ...</summary>
    public (double Loss, T[] Gradient) Compute<T>(long step = 0, ulong seed = 5)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var batch = new LstmBatch<T>(Layout, seed, ComputeOptions.Default);
        var group = new LstmGroup();
        foreach (var (stay, prefix) in Stays.Prefixes.ToArray().Index())
        {
            group.Add(Hours, Episodes.RowOf(prefix.Stay, 0), prefix.Hours, stay);
            group.Add(new LstmPoint(prefix.Hours, stay, WeightOf(stay), LabelOf(stay)));
        }

        var gradient = new T[Layout.ParameterCount];
        var loss = batch.Compute(Array.ConvertAll(Parameters, T.CreateTruncating), group.Sequences, group.Points, Stays.Count, step, gradient);
        return (loss, gradient);
    }

    public static byte LabelOf(int stay) => (byte)(stay % 2);

    public static float WeightOf(int stay) => 1 + (stay % 3 * 0.5f);

    /// <summary>Creates the network over its stays with float32 parameters.</summary>
    public LstmTraining Train(int threads = 2, SequenceSamples? made = null, SequenceSamples? validation = null)
    {
        var training = new LstmTraining(Layout, Stays, made, validation, 5, new ComputeOptions { MaxDegreeOfParallelism = threads });
        Array.ConvertAll(Parameters, value => (float)value).CopyTo(training.Parameters);
        return training;
    }

    public BatchSample[] Batch() => [.. Enumerable.Range(0, Stays.Count).Select(stay => new BatchSample(stay, WeightOf(stay), LabelOf(stay)))];
}
