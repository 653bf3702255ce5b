using Engine.Compute.Search;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Compute.Search;

public sealed class DistanceBoundsTests
{
    public static TheoryData<DataKind> Kinds => [.. Enum.GetValues<DataKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bounds_AnyRows_HoldTheDistanceOfEachFromTheOther(DataKind kind)
    {
        foreach (var featureCount in new[] { 1, 16, 76, 1000 })
        {
            using var rows = Tables.Of(kind, 40, featureCount, 61);
            for (var row = 0; row < 39; row++)
            {
                var (x, y) = (rows.Row(row), rows.Row(row + 1));
                AssertBounds(x, y, rows.Stride);
            }
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(320)]
    [InlineData(1600)]
    [InlineData(16_000)]
    public void Bounds_EverySumRoundedTheSameWay_HoldTheDistance(int featureCount)
    {
        // In each lane 1, then terms of nearly half a unit in its last place, which are all lost, or of a little more, which all count double.
        foreach (var relative in new[] { 1 - (1 / 1048576f), 1 + (1 / 1048576f) })
        {
            var (origin, squares, terms) = (new float[featureCount], new float[featureCount], new float[featureCount]);
            Array.Fill(squares, relative / 4096);
            Array.Fill(terms, relative / 16_777_216);
            squares.AsSpan(0, 16).Fill(1);
            terms.AsSpan(0, 16).Fill(1);
            AssertBounds(origin, squares, featureCount);
            AssertBounds(origin, terms, featureCount);

            // Adds are most of what the bound allows, and these rows reach all of it that they can.
            var allowed = (Math.Pow(DistanceBounds.TrueUpperBound(Metric.SquaredL2, 16, featureCount), 2) / 16) - 1;
            var wrong = Math.Abs(Math.Pow(ExactDistance.RoundedUp(Metric.L2, origin, squares), 2) / ReferenceDistance.Canonical(Metric.SquaredL2, origin, squares) - 1);
            Assert.InRange(wrong / allowed, 0.95 * ((featureCount / 16) - 1) / ((featureCount / 16) + 6), 1);
        }
    }

    [Fact]
    public void Bounds_SquaresBelowTheSmallestFloat_HoldTheDistance()
    {
        // 2^-75 squared is half of the smallest float, and is rounded to 0; a little more is rounded up to all of it.
        foreach (var difference in new[] { MathF.ScaleB(1, -75), MathF.ScaleB(1.0000001f, -75) })
        {
            foreach (var featureCount in new[] { 16, 64, 1024 })
            {
                var (origin, row) = (new float[featureCount], new float[featureCount]);
                Array.Fill(row, difference);
                AssertBounds(origin, row, featureCount);
            }
        }
    }

    [Fact]
    public void Bounds_OrdinaryDistance_AreTight()
    {
        Assert.Equal(5, DistanceBounds.TrueLowerBound(25, 80), 5e-6);
        Assert.Equal(25, DistanceBounds.CanonicalLowerBound(5, 80), 5e-5);
    }

    [Fact]
    public void LowerBound_InfiniteDistance_IsWhereSquaresOverflow() =>
        Assert.Equal(Math.Sqrt(float.MaxValue), DistanceBounds.TrueLowerBound(float.PositiveInfinity, 16), 1e14);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.NegativeInfinity)]
    public void CanonicalLowerBound_NoDistance_AnyRowMayBeThatFar(double distance) =>
        Assert.True(DistanceBounds.CanonicalLowerBound(distance, 16) <= 0);

    /// <summary>Asserts the bounds of a pair of rows against its true distance in exact arithmetic, each at the number that they are closest to failing at.</summary>
    private static void AssertBounds(float[] x, float[] y, int stride)
    {
        var l1 = DistanceBounds.TrueUpperBound(Metric.L1, ReferenceDistance.Canonical(Metric.L1, x, y), stride);
        Assert.True(ExactDistance.Compare(l1, Metric.L1, ExactDistance.Of(Metric.L1, x, y)) >= 0, "L1 is above its upper bound.");
        var canonical = ReferenceDistance.Canonical(Metric.SquaredL2, x, y);
        var exact = ExactDistance.Of(Metric.SquaredL2, x, y);
        Assert.True(ExactDistance.Compare(DistanceBounds.TrueUpperBound(Metric.SquaredL2, canonical, stride), Metric.SquaredL2, exact) >= 0, "L2 is above its upper bound.");
        Assert.True(ExactDistance.Compare(DistanceBounds.TrueLowerBound(canonical, stride), Metric.SquaredL2, exact) <= 0, "L2 is below its lower bound.");
        var notAbove = Math.Max(0, Math.BitDecrement(ExactDistance.RoundedUp(Metric.SquaredL2, x, y)));
        Assert.True(DistanceBounds.CanonicalLowerBound(notAbove, stride) <= canonical, "The canonical distance is below its lower bound.");
    }
}
