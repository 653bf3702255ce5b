using Engine.Gpu;

namespace Engine.Tests.Gpu;

public sealed class AcceleratorsTests
{
    [Fact]
    public void Describe_EveryPackage_SaysWhetherItIsThereAndHowToGetIt()
    {
        var lines = Accelerators.Describe().Split(Environment.NewLine);
        Assert.Equal(Accelerators.Packages.Count, lines.Length);
        foreach (var (package, line) in Accelerators.Packages.Zip(lines))
        {
            Assert.StartsWith(package.Name, line, StringComparison.Ordinal);
            Assert.Equal(!package.IsIncluded, line.Contains($"-p:Accelerators={package.Property}", StringComparison.Ordinal));
        }
    }
}
