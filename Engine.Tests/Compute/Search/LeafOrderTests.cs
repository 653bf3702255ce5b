using Engine.Compute.Search;
using Engine.Numerics;

namespace Engine.Tests.Compute.Search;

public sealed unsafe class LeafOrderTests
{
    [Theory]
    [InlineData(0, 64)]
    [InlineData(1, 64)]
    [InlineData(64, 64)]
    [InlineData(65, 64)]
    [InlineData(1000, 64)]
    [InlineData(1000, 7)]
    [InlineData(100, 1)]
    [InlineData(20_000, 64)]
    public void Sort_AnyRows_IsAPermutation(int rowCount, int leafSize)
    {
        var order = Sort(Coordinates(rowCount, _ => 5), leafSize);
        Assert.Equal(Enumerable.Range(0, rowCount), order.Order());
    }

    [Theory]
    [InlineData(1000, 64)]
    [InlineData(1000, 1)]
    [InlineData(641, 64)]
    [InlineData(20_000, 64)]
    public void Sort_OneCoordinateVaries_LeavesAreRunsOfTheSortedRows(int rowCount, int leafSize)
    {
        // The extremes of 16 bits too, and so many equal coordinates that leaves begin within a tie.
        short[] values = [short.MinValue, -1, 0, 1, short.MaxValue];
        var draws = new RandomStream(2, 2);
        var coordinates = new short[rowCount * LeafOrder.CoordinateCount];
        for (var row = 0; row < rowCount; row++)
            coordinates[(row * LeafOrder.CoordinateCount) + 3] = values[draws.Below((ulong)row, 5)];
        var sorted = Enumerable.Range(0, rowCount).OrderBy(row => coordinates[(row * LeafOrder.CoordinateCount) + 3]).ThenBy(row => row);
        Assert.Equal(sorted.Chunk(leafSize).Select(Ascending), Sort(coordinates, leafSize).Chunk(leafSize).Select(Ascending));
    }

    [Fact]
    public void Sort_AllRowsEqual_LeavesAreRunsOfRows() =>
        Assert.Equal(Enumerable.Range(0, 500).Chunk(64), Sort(new short[500 * LeafOrder.CoordinateCount], 64).Chunk(64).Select(Ascending));

    [Fact]
    public void Sort_AnyNumberOfThreads_SameOrder()
    {
        // Enough rows that halves are split side by side.
        var coordinates = Coordinates(40_000, coordinate => 1 + (coordinate * 100));
        var expected = Sort(coordinates, 64, threads: 1);
        Assert.Equal(expected, Sort(coordinates, 64, threads: 2));
        Assert.Equal(expected, Sort(coordinates, 64, threads: 7));
    }

    [Fact]
    public void Sort_Names_StandForTheRows()
    {
        var coordinates = Coordinates(300, _ => 9);
        var names = Enumerable.Range(0, 300).Select(row => (3L * row) + 7).ToArray();
        Assert.Equal(Sort(coordinates, 64).Select(row => (int)names[row]), Sort(coordinates, 64, names));
    }

    [Fact]
    public void Sort_Cancelled_Throws()
    {
        var options = new ParallelOptions { CancellationToken = new CancellationToken(canceled: true) };
        fixed (short* start = Coordinates(100, _ => 5))
        {
            var coordinates = (nint)start;
            Assert.ThrowsAny<OperationCanceledException>(() => LeafOrder.Sort((short*)coordinates, 100, null, 64, options));
        }
    }

    private static int[] Ascending(int[] rows) => [.. rows.Order()];

    private static short[] Coordinates(int rowCount, Func<int, int> boundOf)
    {
        var draws = new RandomStream(1, 1);
        return [.. Enumerable.Range(0, rowCount * LeafOrder.CoordinateCount)
            .Select(i => (short)((int)draws.Below((ulong)i, (ulong)boundOf(i % LeafOrder.CoordinateCount)) - (boundOf(i % LeafOrder.CoordinateCount) / 2)))];
    }

    private static int[] Sort(short[] coordinates, int leafSize, long[]? names = null, int threads = -1)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        fixed (short* start = coordinates)
        {
            using var order = LeafOrder.Sort(start, coordinates.Length / LeafOrder.CoordinateCount, names, leafSize, options);
            return new ReadOnlySpan<int>(order.Pointer, (int)order.Length).ToArray();
        }
    }
}
