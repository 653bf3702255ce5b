namespace Engine.Tests.Resampling;

/// <summary>What a method that draws its base rows one by one must do besides: row i depends only on (seed, i).</summary>
public abstract class DrawnOversamplerBattery : OversamplerBattery
{
    [Fact]
    public void Plan_MoreRows_FirstRowsUnchanged()
    {
        var (samples, labels) = Problem();
        var few = Plan(samples, labels, 3, 0.5).Synthetic;
        Assert.NotEqual(0, few.Length);
        Assert.Equal(few, Plan(samples, labels, 3).Synthetic[..few.Length]);
    }
}
