using Engine.Numerics;

namespace Engine.Tests.Numerics;

/// <summary>The order of doubles, among them many that round to one float.</summary>
public sealed class ScoreSortWideTests
{
    public static TheoryData<string> Patterns => ["uniform", "within one float", "ties within one float", "any bits", "beyond floats", "below floats", "signed zeros", "falling"];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Ascending_EveryLength_EqualsStableComparisonSort(string pattern)
    {
        foreach (var length in Enumerable.Range(0, 130).Append(4096).Append(70_001))
        {
            var scores = Make(pattern, length);
            var expected = Enumerable.Range(0, length).ToArray();
            Array.Sort(expected, (a, b) => scores[a] == scores[b] ? a.CompareTo(b) : scores[a].CompareTo(scores[b]));
            foreach (var threads in new[] { 1, 3 })
            {
                var (order, sorted) = (new int[length], new double[length]);
                ScoreSort.Ascending<double>(scores, order, sorted, threads);
                Assert.Equal(expected, order);
                Assert.Equal(order.Select(row => scores[row]), sorted);
                Assert.All(sorted, static score => Assert.False(score == 0 && double.IsNegative(score)));
            }
        }
    }

    [Fact]
    public void Ascending_NaN_NamesTheFirstRow()
    {
        var error = Assert.Throws<ArgumentException>(() => ScoreSort.Ascending<double>([0, 1, double.NaN, double.NaN], new int[4], new double[4], 1));
        Assert.Contains("row 2", error.Message, StringComparison.Ordinal);
    }

    private static double[] Make(string pattern, int length)
    {
        var random = new Random(length + 3);
        return [.. Enumerable.Range(0, length).Select(i => pattern switch
        {
            "uniform" => random.NextDouble(),
            "within one float" => 1 - (random.NextDouble() * 1e-8),
            "ties within one float" => 1 - (random.Next(5) * 1e-12),
            "any bits" => AnyBits(random),
            "beyond floats" => random.Next(-3, 4) * 1e300,
            "below floats" => random.Next(-3, 4) * double.Epsilon,
            "signed zeros" => random.Next(3) switch { 0 => 0.0, 1 => -0.0, _ => random.Next(-1, 2) * 1e-300 },
            _ => -i * 1e-9,
        })];
    }

    private static double AnyBits(Random random)
    {
        double score;
        do
        {
            score = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
        }
        while (double.IsNaN(score));
        return score;
    }
}
