using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Diagnostics;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>A batch of sequences, padded at the end to the longest: hours whose features are all 0 are left out, as by a mask, so that padding is all there is to skip.</summary>
/// <param name="Inputs">B x T x D.</param>
/// <param name="Lengths">The hours of each that count, 1 to T.</param>
internal sealed record TorchSequences(Tensor Inputs, int[] Lengths)
{
    /// <summary>Reads a batch.</summary>
    /// <param name="chosen">Where each sequence is.</param>
    /// <param name="device">Where the batch shall lie.</param>
    /// <exception cref="ArgumentException">A value is not finite, or all hours of a sequence are 0.</exception>
    public static TorchSequences Read(IReadOnlyList<(SequenceSamples Samples, long Row)> chosen, Device device)
    {
        var (lengths, features) = (new int[chosen.Count], chosen[0].Samples.FeatureCount);
        var longest = chosen.Max(static one => one.Samples.Prefixes[(int)one.Row].Hours);
        var inputs = zeros([chosen.Count, longest, features], float32);
        var values = MemoryMarshal.Cast<byte, float>(inputs.bytes);
        for (var i = 0; i < lengths.Length; i++)
            lengths[i] = ReadSequence(chosen[i].Samples, chosen[i].Row, values.Slice(i * longest * features, longest * features));
        return new TorchSequences(inputs.narrow(1, 0, lengths.Max()).to(device), lengths);
    }

    /// <summary>Returns values with the hours of each sequence in reverse order, and the padding where it was.</summary>
    /// <param name="values">B x T x any.</param>
    public Tensor Reverse(Tensor values)
    {
        var hours = (int)values.shape[1];
        var order = new long[Lengths.Length * hours];
        for (var i = 0; i < Lengths.Length; i++)
        {
            for (var hour = 0; hour < hours; hour++)
                order[(i * hours) + hour] = hour < Lengths[i] ? Lengths[i] - 1 - hour : hour;
        }

        return values.gather(1, tensor(order, [Lengths.Length, hours, 1], device: values.device).expand(Lengths.Length, hours, values.shape[2]));
    }

    /// <summary>Returns the values of each sequence at its last hour.</summary>
    /// <param name="values">B x T x any.</param>
    /// <returns>B x any.</returns>
    public Tensor Last(Tensor values)
    {
        var last = tensor(Array.ConvertAll(Lengths, static length => length - 1L), [Lengths.Length, 1, 1], device: values.device);
        return values.gather(1, last.expand(Lengths.Length, 1, values.shape[2])).squeeze(1);
    }

    private static int ReadSequence(SequenceSamples samples, long sample, Span<float> destination)
    {
        var (stay, hours) = samples.Prefixes[(int)sample];
        var (features, count) = (samples.FeatureCount, 0);
        for (var hour = 0; hour < hours; hour++)
        {
            var row = destination.Slice(count * features, features);
            samples.Episodes.Hours.CopyRow(samples.Episodes.RowOf(stay, hour), row);
            // An hour of zeros is written over by the next one.
            for (var column = 0; column < features; column++)
            {
                if (!float.IsFinite(row[column]))
                    Throw.Argument_Invalid(nameof(samples), $"sample {sample:N0} holds {row[column]} at hour {hour:N0}, column {column:N0}; impute missing values first, every value must be finite.");
            }

            if (row.ContainsAnyExcept(0f))
                count++;
        }

        if (count == 0)
            Throw.Argument_Invalid(nameof(samples), $"all {hours:N0} hours of sample {sample:N0} hold nothing but zeros, which stand for hours that were not observed; leave it out, or give it an hour with values.");
        return count;
    }
}
