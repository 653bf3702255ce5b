using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Engine.Data;
using Engine.Resampling;

namespace Bench.Studies.Journal;

/// <summary>A digest of everything that a fit can see of its data.</summary>
internal static class DataFingerprint
{
    private static readonly ConditionalWeakTable<LabeledSamples, string> s_known = [];
    private static readonly ConditionalWeakTable<SampleMatrix, byte[]> s_knownTables = [];

    /// <summary>Returns the digest of samples: rows, hours, prefixes, classes, groups and clusters.</summary>
    /// <param name="samples">The samples; they are read once, however often they are asked about.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(LabeledSamples samples) => s_known.GetValue(samples, static one => Compute(one));

    /// <summary>Returns the digest of a plan.</summary>
    /// <param name="plan">The plan; null for none.</param>
    public static string Of(ResamplingPlan? plan)
    {
        if (plan is null)
            return "all";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, plan.ToMultiplicities());
        Append(hash, plan.Synthetic);
        Append<byte>(hash, [.. Enumerable.Range(0, plan.Synthetic.Length).Select(plan.SyntheticLabelOf)]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Returns the digest of numbers.</summary>
    public static string Of(ReadOnlySpan<double> values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values)));

    private static string Compute(LabeledSamples samples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, samples.Labels.Values);
        Append(hash, samples.Clusters.Span);
        foreach (var name in samples.Groups.Names)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            Append<long>(hash, samples.Groups[name].ToRows());
        }

        if (samples.HaveRows)
            hash.AppendData(samples.Rows.Digest());
        if (samples.HaveSequences)
        {
            Append(hash, samples.Sequences.Prefixes);
            Append<int>(hash, [.. Enumerable.Range(0, samples.Sequences.Episodes.StayCount).Select(samples.Sequences.Episodes.HoursOf)]);
            // The hours of all stays: those of training and validation samples are the same table.
            hash.AppendData(s_knownTables.GetValue(samples.Sequences.Episodes.Hours, static hours => hours.Digest()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(values));
}
