using Engine.Resampling;

namespace Engine.Tests.Resampling;

/// <summary>What a method that draws its base rows one by one must do besides: row i depends only on (seed, i).</summary>
/// <param name="plan">Plans with the method.</param>
/// <param name="otherCount">How many other minority rows each minority row must have.</param>
/// <param name="mayMoveTowardsItself">Whether a row may be its own neighbor.</param>
public abstract class DrawnOversamplerBattery(Func<SamplerCall, ResamplingPlan> plan, int otherCount = 5, bool mayMoveTowardsItself = false)
    : OversamplerBattery(plan, otherCount, mayMoveTowardsItself)
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
