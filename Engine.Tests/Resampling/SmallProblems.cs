using Engine.Data;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

/// <summary>Small tables on which slow references can be run: continuous values, ties, duplicates, rows far from the origin.</summary>
public static class SmallProblems
{
    public static TheoryData<DataKind, int> All => new()
    {
        { DataKind.Normal, 5 },
        { DataKind.SmallIntegers, 2 },
        { DataKind.ZeroOne, 6 },
        { DataKind.FewDistinctRows, 3 },
        { DataKind.AllEqual, 2 },
        { DataKind.Clusters, 17 },
        { DataKind.FarFromOrigin, 3 },
        { DataKind.Outliers, 33 },
    };

    /// <summary>150 rows, about a fifth of class 1.</summary>
    public static (SampleMatrix Samples, Labels Labels) Of(DataKind kind, int featureCount)
    {
        var stream = new RandomStream(71, 3);
        return (Tables.Of(kind, 150, featureCount, 72), Labels.From([.. Enumerable.Range(0, 150).Select(row => stream.Below((ulong)row, 5) == 0)]));
    }
}
