using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Bench.Cohorts;

namespace Engine.Tests.Bench.Cohorts.Simulated;

/// <summary>A digest of the hours, classes and splits of a cohort.</summary>
internal static class CohortDigest
{
    public static string Of(Cohort cohort)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var values = new float[cohort.Episodes!.Hours.FeatureCount];
        for (long hour = 0; hour < cohort.Episodes.Hours.RowCount; hour++)
        {
            cohort.Episodes.Hours.CopyRow(hour, values);
            hash.AppendData(MemoryMarshal.AsBytes<float>(values));
        }

        hash.AppendData(cohort.Labels.Values);
        hash.AppendData([.. cohort.Splits.Select(split => (byte)split)]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
