using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

/// <summary>Every sampler that searches in L2, on tables whose squared differences float32 does not hold.</summary>
public sealed class WideTablesTests
{
    public static TheoryData<int> Exponents => [-145, -100, -76, -70, 62, 64, 100, 121];

    [Theory]
    [MemberData(nameof(Exponents))]
    public void Plan_RowsTimesAPowerOfTwo_IsThatOfTheRows(int exponent)
    {
        var (samples, labels) = SmallProblems.Of(DataKind.SmallIntegers, 7);
        var times = samples.Copy();
        for (var row = 0; row < samples.RowCount; row++)
        {
            foreach (ref var value in times.GetWritableRow(row))
                value = MathF.ScaleB(value, exponent);
        }

        foreach (var (name, plan) in Plans(labels))
        {
            var (expected, actual) = (plan(samples), plan(times));
            Assert.True((expected.KeptRows?.ToArray() ?? []).SequenceEqual(actual.KeptRows?.ToArray() ?? []), name);
            Assert.True(expected.Synthetic.SequenceEqual(actual.Synthetic), name);
        }
    }

    [Theory]
    [InlineData(-130)]
    [InlineData(-70)]
    [InlineData(62)]
    [InlineData(121)]
    public void Plan_NumbersBesideCategoriesTimesAPowerOfTwo_IsThatOfTheRows(int exponent)
    {
        var (numbers, labels) = SmallProblems.Of(DataKind.SmallIntegers, 3);
        var (samples, times) = (SampleMatrix.Create(150, 5), SampleMatrix.Create(150, 5));
        for (var row = 0; row < 150; row++)
        {
            var isFirst = row % 3 == 0 ? 1 : 0;
            for (var column = 0; column < 5; column++)
            {
                var value = column < 3 ? numbers.Row(row)[column] : column == 3 ? isFirst : 1 - isFirst;
                samples.GetWritableRow(row)[column] = value;
                times.GetWritableRow(row)[column] = column < 3 ? MathF.ScaleB(value, exponent) : value;
            }
        }

        var sampler = new SmoteNominal { Seed = 5, NeighborCount = 4, Schema = ColumnSchema.Continuous(5).WithOneHot(3, 4) };
        Assert.True(sampler.Plan(samples, labels).Synthetic.SequenceEqual(sampler.Plan(times, labels).Synthetic));
    }

    [Fact]
    public void SyntheticRows_ParentsOfOppositeSignsNearTheLargestFloat_LieBetweenThem()
    {
        // Minority rows at either end, as a code for "missing" would be; their neighbors are each other.
        float[] values = [float.MaxValue, float.MinValue, 3e38f, -3e38f, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        var samples = SampleMatrix.Wrap(values, 14, 1);
        var labels = Labels.From(Enumerable.Range(0, 14).Select(row => row < 4).ToArray());
        ResamplingPlan[] plans =
        [
            new Smote { Seed = 1, NeighborCount = 3 }.Plan(samples, labels),
            new Adasyn { Seed = 1, NeighborCount = 3 }.Plan(samples, labels),
            new GammaSampler { Seed = 1, NeighborCount = 3 }.Plan(samples, labels),
        ];
        foreach (var plan in plans)
        {
            var made = plan.SyntheticRows(samples);
            Assert.NotEqual(0, made.RowCount);
            for (var i = 0; i < made.RowCount; i++)
            {
                var (drawn, value) = (plan.Synthetic[i], made.Row(i)[0]);
                Assert.True(float.IsFinite(value));
                if (drawn.Factor is >= 0 and <= 1)
                    Assert.InRange(value, Math.Min(values[drawn.Row], values[drawn.Neighbor]), Math.Max(values[drawn.Row], values[drawn.Neighbor]));
            }
        }
    }

    private static IEnumerable<(string Name, Func<SampleMatrix, ResamplingPlan> Plan)> Plans(Labels labels) =>
    [
        ("SMOTE", samples => new Smote { Seed = 3, NeighborCount = 4 }.Plan(samples, labels)),
        ("ADASYN", samples => new Adasyn { Seed = 3, NeighborCount = 4 }.Plan(samples, labels)),
        ("Borderline", samples => new BorderlineSmote { Seed = 3, NeighborCount = 4 }.Plan(samples, labels)),
        ("Gamma", samples => new GammaSampler { Seed = 3 }.Plan(samples, labels)),
        ("NearMiss 1", samples => new NearMiss { Version = 1 }.Plan(samples, labels)),
        ("NearMiss 2", samples => new NearMiss { Version = 2 }.Plan(samples, labels)),
        ("NearMiss 3", samples => new NearMiss { Version = 3 }.Plan(samples, labels)),
        ("Distant", samples => new Distant().Plan(samples, labels)),
        ("Tomek", samples => new TomekLinks().Plan(samples, labels)),
        ("ENN", samples => new EditedNearestNeighbors().Plan(samples, labels)),
        ("ENN, mode", samples => new EditedNearestNeighbors { Rule = EditingRule.Mode, Classes = CleanedClasses.Both, NeighborCount = 4 }.Plan(samples, labels)),
    ];
}
