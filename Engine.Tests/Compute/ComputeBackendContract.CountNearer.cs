using Engine.Compute;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>Counts of rows before a limit.</content>
public abstract partial class ComputeBackendContract
{
    [Theory]
    [InlineData(DataKind.FewDistinctRows)]
    [InlineData(DataKind.LowRank)]
    public void CountNearer_LimitAtAnyRow_EqualsTheFullSort(DataKind kind)
    {
        var samples = Tables.Of(kind, MaskedRowCount, 5, 71);
        using var index = Index(samples, Metric.SquaredL2, Odd);
        var rows = Enumerable.Range(0, 60).Select(i => (long)(i * 5)).ToArray();
        var limits = rows.Select((row, i) => ReferenceSearch.Nearest(Metric.SquaredL2, samples, samples.Row(row), MaskedRowCount, other => other != row)[i * 4 % 299]).ToArray();
        // Few, so that counting ends early, or more than there are, so that it counts all: the row of the limit itself must not be among them.
        var wanted = Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? i % 9 : MaskedRowCount).ToArray();
        var needed = (int[])wanted.Clone();
        index.CountNearer(
            new NearerRequest(samples.SelectRows(rows), rows, limits.Select(limit => limit.Distance).ToArray(), limits.Select(limit => limit.Index).ToArray()),
            needed,
            ComputeOptions.Default);
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, limit) = (rows[i], limits[i]);
            var before = ReferenceSearch.Nearest(Metric.SquaredL2, samples, samples.Row(row), MaskedRowCount, other => other != row && Odd[other])
                .Count(pair => pair.Distance < limit.Distance || (pair.Distance == limit.Distance && pair.Index < limit.Index));
            Assert.Equal(Math.Max(0, wanted[i] - before), needed[i]);
        }
    }
}
