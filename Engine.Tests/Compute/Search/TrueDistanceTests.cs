using Engine.Compute.Search;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Compute.Search;

public sealed class TrueDistanceTests
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
                var canonical = ReferenceDistance.Canonical(Metric.SquaredL2, x, y);
                var trueDistance = Math.Sqrt(x.Zip(y, static (a, b) => ((double)a - b) * ((double)a - b)).Sum());
                Assert.True(TrueDistance.UpperBound(Metric.SquaredL2, canonical, rows.Stride) >= trueDistance);
                Assert.True(TrueDistance.LowerBound(canonical, rows.Stride) <= trueDistance);
                Assert.True(TrueDistance.CanonicalLowerBound(trueDistance, rows.Stride) <= canonical);
            }
        }
    }

    [Fact]
    public void Bounds_OrdinaryDistance_AreTight()
    {
        Assert.Equal(5, TrueDistance.LowerBound(25, 80), 5e-6);
        Assert.Equal(25, TrueDistance.CanonicalLowerBound(5, 80), 5e-5);
    }

    [Fact]
    public void LowerBound_InfiniteDistance_IsWhereSquaresOverflow() =>
        Assert.Equal(Math.Sqrt(float.MaxValue), TrueDistance.LowerBound(float.PositiveInfinity, 16), 1e14);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.NegativeInfinity)]
    public void CanonicalLowerBound_NoDistance_AnyRowMayBeThatFar(double distance) =>
        Assert.True(TrueDistance.CanonicalLowerBound(distance, 16) <= 0);
}
