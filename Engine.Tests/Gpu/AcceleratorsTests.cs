using Engine.Gpu;

namespace Engine.Tests.Gpu;

public sealed class AcceleratorsTests
{
    [Fact]
    public void Describe_EveryPackage_SaysWhetherItIsThereAndHowToGetIt()
    {
        var lines = Accelerators.Describe().Split(Environment.NewLine);
        foreach (var (package, line) in Accelerators.Packages.Zip(lines))
        {
            Assert.StartsWith(package.Name, line, StringComparison.Ordinal);
            Assert.Equal(!package.IsIncluded, line.Contains("-p:Accelerators=none", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void OpenGpu_UnknownName_SaysWhatThereIsOrHowToGetIt()
    {
        var error = Assert.Throws<AcceleratorException>(() => Accelerators.OpenGpu("no such device"));
        Assert.Contains("no such device", error.Message, StringComparison.Ordinal);
        Assert.Contains(Accelerators.Packages[0].IsIncluded ? "CPUAccelerator" : "-p:Accelerators=none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_NoName_NeverTakesTheCheckOnTheProcessor()
    {
        var error = Assert.Throws<AcceleratorException>(() => GpuDevice.Choose([Check(0)], null, "the reason."));
        Assert.Equal("there is no GPU: the reason.", error.Message);
        Assert.Equal(1, GpuDevice.Choose([Check(0), Gpu(1, "A100")], null, "").Index);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("h200", 2)]
    [InlineData("check", 0)]
    public void Choose_IndexOrPartOfAName_FindsIt(string wanted, int expected) =>
        Assert.Equal(expected, GpuDevice.Choose([Check(0), Gpu(1, "H100"), Gpu(2, "H200")], wanted, "").Index);

    [Fact]
    public void Choose_IndexOfTheCheckOnTheProcessor_IsRefusedUntilItIsNamed()
    {
        var error = Assert.Throws<AcceleratorException>(() => GpuDevice.Choose([Check(0)], "0", "the reason."));
        Assert.Equal("device 0 is no GPU but a check of the kernels on the processor, which runs only under its name, 'Check'. No GPU: the reason.", error.Message);
    }

    [Theory]
    [InlineData("H", "several devices")]
    [InlineData("7", "no device")]
    public void Choose_NoneOrSeveral_ListsTheDevices(string wanted, string problem)
    {
        var error = Assert.Throws<AcceleratorException>(() => GpuDevice.Choose([Gpu(0, "H100"), Gpu(1, "H200")], wanted, ""));
        Assert.StartsWith(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("[1] H200: Cuda, 80.0 GiB", error.Message, StringComparison.Ordinal);
    }

    private static GpuDevice Check(int index) => new(index, "Check", GpuDeviceKind.CpuCheck, 0);

    private static GpuDevice Gpu(int index, string name) => new(index, name, GpuDeviceKind.Cuda, 80L << 30);
}
