using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Bench.Report.Terminal;
using Engine.Collectives;
using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Resampling;

namespace Bench.Ranks;

/// <summary>Works on one table that is divided among ranks, each with its time, what a rank received for it, and a digest of the bits of its result.</summary>
/// <param name="collective">The ranks; one alone works on the table as it is.</param>
/// <param name="compute">How each rank uses its machine.</param>
/// <param name="repeats">How often each work is done; its time is the median.</param>
internal sealed class RankedWork(ICollective collective, ComputeOptions compute, int repeats)
{
    private const ulong SmoteSeed = 7;
    private const int DigestLength = 16;

    private readonly MeasuredCollective _collective = new(collective);

    /// <summary>Does what the files allow.</summary>
    /// <param name="table">Rows of float32, .npy.</param>
    /// <param name="labels">One byte a row, 0 or 1, .npy; null for no fit and no SMOTE.</param>
    /// <param name="queries">Rows to search neighbors of, .npy; null for no search.</param>
    /// <param name="neighborCount">k.</param>
    public void Run(string table, string? labels, string? queries, int neighborCount)
    {
        using var mapped = SampleMatrix.Map(table);
        using var samples = _collective.Size == 1 ? mapped.Copy() : mapped.DivideAmongRanks(_collective).Copy();
        Say($"{samples.RowCount:N0} rows of {samples.FeatureCount:N0} columns");
        Do("scaler", () => FeatureScaler.Fit(samples, compute.CancellationToken), static scaler => [.. Bytes(scaler.Means), .. Bytes(scaler.Deviations)]);
        if (labels is not null)
            DoWithLabels(samples, Labels.From(NpyFile.Read<byte>(labels).Values));
        if (queries is not null)
            DoWithQueries(samples, queries, neighborCount);
    }

    private static byte[] Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    /// <summary>Value by value: what lies between them in memory is anything.</summary>
    private static byte[] BytesOf(SyntheticRow[] made) =>
    [
        .. Bytes<long>(Array.ConvertAll(made, static row => row.Row)),
        .. Bytes<long>(Array.ConvertAll(made, static row => row.Neighbor)),
        .. Bytes<float>(Array.ConvertAll(made, static row => row.Factor)),
    ];

    private void DoWithLabels(SampleMatrix samples, Labels labels)
    {
        var fit = Do("fit", () => LogisticRegression.Fit(samples, labels, new() { Compute = compute }), static fit => [.. Bytes(fit.Coefficients), .. Bytes<double>([fit.LogLikelihood])]);
        Say($"  {fit.Status} after {fit.Iterations} iterations");
        Do("log odds", () => LogOddsOf(fit, samples), static logOdds => Bytes<double>(logOdds));
        Do("SMOTE plan", () => new Smote { Seed = SmoteSeed }.Plan(new LabeledSamples(labels, samples), compute), static plan => BytesOf(plan.Synthetic.ToArray()));
    }

    private void DoWithQueries(SampleMatrix samples, string queries, int neighborCount)
    {
        using var searching = SampleMatrix.Map(queries);
        using var search = NearestNeighbors.Build(samples, Metric.L2, new() { Compute = compute });
        Do($"{neighborCount} nearest of {searching.RowCount:N0} rows", () => search.Search(searching, neighborCount, new() { Compute = compute }), static table => [.. Bytes(table.Indices.Span), .. Bytes(table.Distances.Span)]);
    }

    private double[] LogOddsOf(LogisticFit fit, SampleMatrix samples)
    {
        var logOdds = new double[samples.RowCount];
        fit.PredictLogOdds(samples, logOdds, compute);
        return logOdds;
    }

    private T Do<T>(string name, Func<T> work, Func<T, byte[]> bytesOf)
    {
        var (seconds, received, result) = (new double[repeats], 0L, default(T)!);
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            // Nobody's time holds the wait for a rank that is behind with the work before.
            _collective.Barrier();
            var (start, before) = (Stopwatch.GetTimestamp(), _collective.BytesReceived);
            result = work();
            (seconds[repeat], received) = (Stopwatch.GetElapsedTime(start).TotalSeconds, _collective.BytesReceived - before);
        }

        Array.Sort(seconds);
        var digest = SHA256.HashData(bytesOf(result));
        var all = new byte[digest.Length * _collective.Size];
        _collective.AllGather(digest, all);
        if (all.Chunk(digest.Length).Any(other => !other.AsSpan().SequenceEqual(digest)))
            throw new InvalidOperationException($"the ranks have different results of {name}; they do not run the same program on the same files.");
        Say(string.Create(CultureInfo.InvariantCulture, $"{name,-30} {seconds[repeats / 2],9:F3} s  {received,14:N0} bytes received  {Convert.ToHexString(digest)[..DigestLength]}"));
        return result;
    }

    private void Say(string message)
    {
        if (_collective.Rank == 0)
            Messages.Say(message);
    }
}
