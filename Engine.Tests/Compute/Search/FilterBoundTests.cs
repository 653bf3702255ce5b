using Engine.Compute.Search;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Compute.Search;

/// <summary>The promise that the exactness of searches rests on: whichever way a filter looks at a row at its true distance, it keeps it.</summary>
public sealed unsafe class FilterBoundTests
{
    private static readonly ParallelOptions s_options = new();

    public static TheoryData<Metric, DataKind> Kinds
    {
        get
        {
            var data = new TheoryData<Metric, DataKind>();
            foreach (var kind in Enum.GetValues<DataKind>())
            {
                data.Add(Metric.L1, kind);
                data.Add(Metric.L2, kind);
            }

            return data;
        }
    }

    /// <summary>Gets rows for which the filter of L2 has columns alone, axes, and axes with columns in one part or two.</summary>
    public static TheoryData<DataKind, int, int> Maps => new()
    {
        { DataKind.Normal, 200, 3 },
        { DataKind.Normal, 200, 76 },
        { DataKind.LowRank, 2600, 40 },
        { DataKind.LowRank, 4500, 200 },
        { DataKind.LowRank, 2600, 1100 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Look_RowAtItsTrueDistance_IsKept(Metric metric, DataKind kind)
    {
        foreach (var featureCount in new[] { 1, 2, 3, 8, 21, 76 })
        {
            using var filter = Build(metric, Tables.Of(kind, 150, featureCount, 1));
            AssertKept(metric, filter, Tables.Of(kind, 7, featureCount, 2), placeCount: 40);
            AssertKept(metric, filter, Tables.Of(DataKind.Outliers, 3, featureCount, 3), placeCount: 20);
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Look_EveryMapAndRowAtItsTrueDistance_IsKept(DataKind kind, int rowCount, int featureCount)
    {
        using var filter = Build(Metric.L2, Tables.Of(kind, rowCount, featureCount, 101));
        AssertKept(Metric.L2, filter, Tables.Of(kind, 4, featureCount, 102), placeCount: 60);
    }

    [Fact]
    public void Look_RowsHalfwayBetweenBytes_AreKeptAtTheirDistanceAndNotJustBelow()
    {
        // 0 to 255 in steps of 1. A row at 10.5 has the code 11 and is half a step nearer to any query below: two columns make the residual a whole step.
        using var rows = Tables.From([[0, 0], [255, 255], [10.5, 10.5], [77.5, 3.5], [254.5, 200.5]]);
        using var filter = ColumnFilter.Build(rows, null, s_options);
        Assert.Equal(1, filter.Coding.Step);
        using var queries = Tables.From([[2, 3]]);
        using var tile = Load(filter, queries);
        var bounds = Bounds(filter, tile);
        for (var place = 0; place < rows.RowCount; place++)
        {
            var distance = ExactDistance.RoundedUp(Metric.L1, queries.Row(0), rows.Row(filter.Order.Pointer[place]));
            tile.SetLimit(0, distance);
            Assert.Null(WayToLose(tile, bounds, 0, place));
            // A residual is rounded up to a step; of rows without any, nothing was.
            tile.SetLimit(0, distance - filter.Coding.Slack - 1e-6);
            Assert.Equal("its codes", WayToLose(tile, bounds, 0, place));
        }
    }

    [Fact]
    public void Look_LeafOfRowsHalfwayBetweenBytes_IsReachedFromTheTrueDistance()
    {
        // The upper half of the rows is a leaf that begins at the code 11, half a step nearer than it looks; one query is all of a tile.
        using var rows = Tables.From([.. Enumerable.Range(0, 128).Select(row => new[] { row < 64 ? row % 3 : row == 127 ? 255 : 10.5 })]);
        using var filter = ColumnFilter.Build(rows, null, s_options);
        Assert.Equal((1, 2), (filter.Coding.Step, filter.LeafCount));
        AssertKept(Metric.L1, filter, Tables.From([[5]]), placeCount: 128);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Compare_CodesAsFarApartAsTheReach_AreKeptAndThreeUnitsFurtherAreNot(DataKind kind, int rowCount, int featureCount)
    {
        using var rows = Tables.Of(kind, rowCount, featureCount, 101);
        using var queries = Tables.Of(kind, 6, featureCount, 103);
        using var filter = RotatedFilter.Build(rows, null, s_options);
        using var tile = Load(filter, queries);
        using var queryCodes = Encode(filter.Quantizer, queries, 6);
        for (long leaf = 0; leaf < filter.LeafCount; leaf += Math.Max(1, filter.LeafCount / 4))
        {
            for (var query = 0; query < 6; query++)
            {
                for (var slot = 0; slot < 64 && (leaf * 64) + slot < rowCount; slot += 5)
                {
                    var square = SquareBetween(filter, leaf, slot, queryCodes.Head(query));
                    SetReach(filter, tile, query, square);
                    Assert.True(IsNear(tile, leaf, query, slot), $"leaf {leaf}, place {slot}: codes of squared distance {square} were lost.");
                    if (square < 3)
                        continue;
                    // Two halves are rounded down, which keeps what lies two units too far.
                    SetReach(filter, tile, query, square - 3);
                    Assert.False(IsNear(tile, leaf, query, slot), $"leaf {leaf}, place {slot}: codes of squared distance {square} were kept.");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Reaching_GapAsWideAsTheReach_IsReachedAndNoWider(DataKind kind, int rowCount, int featureCount)
    {
        using var rows = Tables.Of(kind, rowCount, featureCount, 101);
        using var queries = Tables.Of(kind, 6, featureCount, 104);
        using var filter = RotatedFilter.Build(rows, null, s_options);
        using var tile = Load(filter, queries);
        using var queryCodes = Encode(filter.Quantizer, queries, 6);
        for (long leaf = 0; leaf < filter.LeafCount; leaf += Math.Max(1, filter.LeafCount / 9))
        {
            for (var query = 0; query < 6; query++)
            {
                var gap = GapBetween(filter, leaf, queryCodes.Head(query));
                SetReach(filter, tile, query, gap);
                Assert.Equal(1UL, (tile.Reaching(leaf) >> query) & 1);
                if (gap == 0)
                    continue;
                SetReach(filter, tile, query, gap - 1);
                Assert.Equal(0UL, (tile.Reaching(leaf) >> query) & 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Build_AnyLeaf_BoxIsTheSmallestAroundTheCodes(DataKind kind, int rowCount, int featureCount)
    {
        using var rows = Tables.Of(kind, rowCount, featureCount, 101);
        using var filter = RotatedFilter.Build(rows, null, s_options);
        for (long leaf = 0; leaf < filter.LeafCount; leaf += Math.Max(1, filter.LeafCount / 5))
        {
            using var batch = new QuantizerBatch(filter.Quantizer, rows);
            for (var place = leaf * 64; place < Math.Min(rowCount, (leaf + 1) * 64); place++)
                batch.Add(filter.Order.Pointer[place]);
            filter.Quantizer.Encode(batch);
            var heads = Enumerable.Range(0, batch.RowCount).Select(row => batch.Head(row).ToArray()).ToArray();
            for (var code = 0; code < Math.Min(filter.BoxLength, filter.Quantizer.HeadCount); code++)
                Assert.Equal((heads.Min(head => head[code]), heads.Max(head => head[code])), (filter.LowAt(leaf)[code], filter.HighAt(leaf)[code]));
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void LookCloser_AnyLimit_AgreesWithALookAtOneRow(DataKind kind, int rowCount, int featureCount)
    {
        using var rows = Tables.Of(kind, rowCount, featureCount, 101);
        using var queries = Tables.Of(kind, 2, featureCount, 105);
        using var filter = RotatedFilter.Build(rows, null, s_options);
        using var tile = Load(filter, queries);
        var near = stackalloc ulong[2];
        for (long leaf = 0; leaf < filter.LeafCount; leaf += Math.Max(1, filter.LeafCount / 3))
        {
            for (var slot = 0; slot < 64 && (leaf * 64) + slot < rowCount; slot += 9)
            {
                // The smallest limit at which the row alone may be near, and the number before it.
                var (least, place) = (0.0, (leaf * 64) + slot);
                if (filter.WideStride + filter.ColumnStride > 0)
                    least = Smallest(0, 1e30, limit => IsKept(tile, limit, () => tile.MayBeNear(0, place)));
                foreach (var limit in new[] { least, Math.BitDecrement(least), 0, 2 * least }.Where(limit => limit >= 0))
                {
                    tile.SetLimit(0, limit);
                    tile.SetLimit(1, double.PositiveInfinity);
                    near[0] = near[1] = ulong.MaxValue;
                    tile.LookCloser(leaf, [0, 1], near);
                    Assert.Equal(tile.MayBeNear(0, place), ((near[0] >> slot) & 1) == 1);
                    Assert.Equal(1UL, (near[1] >> slot) & 1);
                }
            }
        }
    }

    private static LeafFilter Build(Metric metric, SampleMatrix rows) =>
        metric == Metric.L1 ? ColumnFilter.Build(rows, null, s_options) : RotatedFilter.Build(rows, null, s_options);

    private static QueryTile Load(LeafFilter filter, SampleMatrix queries)
    {
        var tile = filter.CreateTile(queries);
        tile.Load([.. Enumerable.Range(0, (int)queries.RowCount)], -1);
        return tile;
    }

    private static int[] Bounds(LeafFilter filter, QueryTile tile)
    {
        var bounds = new int[filter.LeafCount];
        tile.BoundLeaves(bounds, new long[1]);
        return bounds;
    }

    private static void AssertKept(Metric metric, LeafFilter filter, SampleMatrix queries, int placeCount)
    {
        using var tile = Load(filter, queries);
        var bounds = Bounds(filter, tile);
        for (var i = 0; i < placeCount; i++)
        {
            // From leaf to leaf, as what a tile keeps of the leaf before must not matter.
            var place = i * 67 % filter.Order.Length;
            var row = filter.Rows.Row(filter.Order.Pointer[place]);
            for (var query = 0; query < queries.RowCount; query++)
            {
                tile.SetLimit(query, ExactDistance.RoundedUp(metric, queries.Row(query), row));
                var way = WayToLose(tile, bounds, query, place);
                Assert.True(way is null, $"query {query}, place {place} is lost by {way}.");
            }
        }
    }

    /// <summary>Returns what takes a row for too far; null if nothing does.</summary>
    private static string? WayToLose(QueryTile tile, int[] bounds, int query, long place)
    {
        var (leaf, slot) = Math.DivRem(place, 64);
        if (!IsNear(tile, leaf, query, (int)slot))
            return "its codes";
        var near = 1UL << (int)slot;
        tile.LookCloser(leaf, [query], &near);
        if (near == 0)
            return "a closer look";
        if (!tile.MayBeNear(query, place))
            return "a closer look at it alone";
        if (((tile.Reaching(leaf) >> query) & 1) == 0)
            return "the box of its leaf";
        return bounds[leaf] > tile.ReachOf(query) ? "the bound of the tile" : null;
    }

    private static bool IsNear(QueryTile tile, long leaf, int query, int slot)
    {
        ulong near;
        tile.Compare(leaf, [query], &near);
        return ((near >> slot) & 1) == 1;
    }

    /// <summary>Sets the limit that gives a reach, below 0 where the slack alone gives a larger one.</summary>
    private static void SetReach(RotatedFilter filter, QueryTile tile, int query, int reach)
    {
        var lowest = -filter.Quantizer.Step * filter.Quantizer.SlackOf(filter.Quantizer.HeadCount);
        var limit = Smallest(lowest, 1e30, limit => Reach(limit) >= reach);
        Assert.Equal(reach, Reach(limit));

        int Reach(double limit)
        {
            tile.SetLimit(query, limit);
            return tile.ReachOf(query);
        }
    }

    private static bool IsKept(QueryTile tile, double limit, Func<bool> look)
    {
        tile.SetLimit(0, limit);
        return look();
    }

    /// <summary>Returns the smallest double from which on something holds, by halving the interval.</summary>
    private static double Smallest(double low, double high, Func<double, bool> holds)
    {
        if (holds(low))
            return low;
        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
                return high;
            (low, high) = holds(middle) ? (low, middle) : (middle, high);
        }
    }

    private static QuantizerBatch Encode(ContractiveQuantizer quantizer, SampleMatrix samples, int count)
    {
        var batch = new QuantizerBatch(quantizer, samples);
        for (var row = 0; row < count; row++)
            batch.Add(row);
        quantizer.Encode(batch);
        return batch;
    }

    private static int SquareBetween(RotatedFilter filter, long leaf, int slot, ReadOnlySpan<short> head)
    {
        var square = 0;
        var codes = (short*)(filter.LeafAt(leaf) + slot);
        for (var code = 0; code < head.Length; code++)
        {
            var difference = head[code] - codes[(code / 2 * 2 * 64) + (code % 2)];
            square += difference * difference;
        }

        return square;
    }

    private static int GapBetween(RotatedFilter filter, long leaf, ReadOnlySpan<short> head)
    {
        var square = 0;
        for (var code = 0; code < Math.Min(filter.BoxLength, head.Length); code++)
        {
            var gap = Math.Max(0, Math.Max(filter.LowAt(leaf)[code] - head[code], head[code] - filter.HighAt(leaf)[code]));
            square += gap * gap;
        }

        return square;
    }
}
