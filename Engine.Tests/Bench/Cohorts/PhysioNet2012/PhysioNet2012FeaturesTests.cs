using Bench.Cohorts.PhysioNet2012;

namespace Engine.Tests.Bench.Cohorts.PhysioNet2012;

public sealed class PhysioNet2012FeaturesTests
{
    [Fact]
    public void Of_Values_SummarizesAllButNegativeOnes()
    {
        var features = Features("00:07,Temp,-17.8", "01:00,Temp,36", "02:00,Temp,0", "03:00,Temp,37.5");

        Assert.Equal([37.5f, 0, 37.5f, 24.5f, 3], Statistics(features, "Temp"));
    }

    [Fact]
    public void Of_NoValue_IsMissingWithCountZero()
    {
        var features = Features("00:00,Weight,-1", "05:00,Temp,-17.8");

        Assert.Equal([float.NaN, float.NaN, float.NaN, float.NaN, 0], Statistics(features, "Weight"));
        Assert.Equal([float.NaN, float.NaN, float.NaN, float.NaN, 0], Statistics(features, "Temp"));
    }

    [Fact]
    public void Of_Descriptors_EndTheRow()
    {
        Assert.Equal(["Age", "Gender", "Height", "ICUType=1", "ICUType=2", "ICUType=3", "ICUType=4"], PhysioNet2012Features.Names.TakeLast(7));
        Assert.Equal([54, 0, float.NaN, 0, 0, 0, 1], Features()[^7..]);
        Assert.Equal(192, PhysioNet2012Features.Names.Distinct().Count());
    }

    private static float[] Features(params string[] rows) =>
        PhysioNet2012Features.Of(new PhysioNet2012RecordParser().Parse("1.txt", 1, string.Join('\n', ChallengeFolder.Record(1, rows))));

    private static float[] Statistics(float[] features, string parameter) => features.AsSpan(5 * PhysioNet2012Parameters.IndexOf(parameter), 5).ToArray();
}
