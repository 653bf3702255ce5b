using Bench.Cohorts;
using Bench.Cohorts.Simulated;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Documents.Examples;

public sealed class RankFilesExample : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write()
    {
        var (trainingRows, queryCount) = (500, 7);
        var (rows, labels, queries) = (_folder.File("rows.npy"), _folder.File("labels.npy"), _folder.File("queries.npy"));

        // <example>
        var cohort = DecompensationSimulator.Simulate(seed: 1, trainingRows);                // 2,377,768
        var (train, validation) = (cohort.RowsOf(CohortSplit.Train), cohort.RowsOf(CohortSplit.Validation));
        var some = Enumerable.Range(0, queryCount).Select(i => validation[(long)i * validation.Length / queryCount]).ToArray();    // 48,000
        NpyFile.Write(rows, cohort.Samples.SelectRows(train));
        NpyFile.Write<byte>(labels, [.. train.Select(row => cohort.Labels[(int)row])]);
        NpyFile.Write(queries, cohort.Samples.SelectRows(some));
        // </example>

        Assert.Equal(trainingRows, NpyFile.ReadSamples(rows).RowCount);
        Assert.Equal(trainingRows, NpyFile.Read<byte>(labels).Values.Length);
        Assert.Equal(queryCount, NpyFile.ReadSamples(queries).RowCount);
    }
}
