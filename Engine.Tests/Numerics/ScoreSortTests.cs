using Engine.Numerics;

namespace Engine.Tests.Numerics;

public sealed class ScoreSortTests
{
    public static TheoryData<string> Patterns => ["uniform", "ties", "any bits", "subnormal", "signed zeros", "equal", "falling"];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Ascending_EveryLength_EqualsStableComparisonSort(string pattern)
    {
        foreach (var length in Enumerable.Range(0, 258).Append(4096).Append(70_001))
        {
            var scores = Make(pattern, length);
            var order = new int[length];
            var sorted = new double[length];
            ScoreSort.Ascending(scores, order, sorted);

            var expected = Enumerable.Range(0, length).ToArray();
            Array.Sort(expected, (a, b) => scores[a] == scores[b] ? a.CompareTo(b) : scores[a].CompareTo(scores[b]));
            Assert.Equal(expected, order);
            Assert.Equal(order.Select(row => (double)scores[row]), sorted);
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Ascending_ManyThreads_EqualsOne(string pattern)
    {
        foreach (var length in new[] { 0, 65_535, 65_536, 200_003 })
        {
            var scores = Make(pattern, length);
            var (order, sorted) = (new int[length], new double[length]);
            ScoreSort.Ascending(scores, order, sorted);
            foreach (var threads in new[] { 1, 2, 3, 64 })
            {
                var (orderOfMany, sortedByMany) = (new int[length], new double[length]);
                ScoreSort.Ascending(scores, orderOfMany, sortedByMany, threads);
                Assert.Equal(order, orderOfMany);
                Assert.Equal(sorted, sortedByMany);
            }
        }
    }

    [Fact]
    public void Ascending_ManyThreadsAndNaN_NamesTheFirstRow()
    {
        var scores = new float[200_000];
        scores[150_000] = scores[190_000] = float.NaN;
        var error = Assert.Throws<ArgumentException>(() => ScoreSort.Ascending(scores, new int[200_000], new double[200_000], 4));
        Assert.Contains("row 150,000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ascending_Infinities_AreTheEnds()
    {
        var order = new int[5];
        var sorted = new double[5];
        ScoreSort.Ascending([1, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue], order, sorted);
        Assert.Equal([2, 4, 0, 3, 1], order);
    }

    [Fact]
    public void Ascending_SignedZeros_AreOneScoreInRowOrder()
    {
        var order = new int[4];
        var sorted = new double[4];
        ScoreSort.Ascending([0f, -0f, 0f, -0f], order, sorted);
        Assert.Equal([0, 1, 2, 3], order);
        Assert.All(sorted, score => Assert.Equal(0ul, BitConverter.DoubleToUInt64Bits(score)));
    }

    [Fact]
    public void Ascending_NaN_NamesTheFirstRow()
    {
        var error = Assert.Throws<ArgumentException>(() => ScoreSort.Ascending([0, 1, float.NaN, float.NaN], new int[4], new double[4]));
        Assert.Contains("row 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ascending_SecondCall_AllocatesNothing()
    {
        var scores = Make("uniform", 50_000);
        var order = new int[scores.Length];
        var sorted = new double[scores.Length];
        ScoreSort.Ascending(scores, order, sorted);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ScoreSort.Ascending(scores, order, sorted);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static float[] Make(string pattern, int length)
    {
        var random = new Random(length + 17);
        return [.. Enumerable.Range(0, length).Select(i => pattern switch
        {
            "uniform" => random.NextSingle(),
            "ties" => random.Next(-5, 6) / 4f,
            "any bits" => AnyBits(random),
            "subnormal" => random.Next(-1000, 1001) * float.Epsilon,
            "signed zeros" => random.Next(3) switch { 0 => 0f, 1 => -0f, _ => random.Next(-1, 2) },
            "equal" => 0.5f,
            _ => -i,
        })];
    }

    private static float AnyBits(Random random)
    {
        float score;
        do
        {
            score = BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32));
        }
        while (float.IsNaN(score));
        return score;
    }
}
