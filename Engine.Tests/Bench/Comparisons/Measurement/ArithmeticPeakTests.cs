using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Bench.Comparisons.Measurement;

namespace Engine.Tests.Bench.Comparisons.Measurement;

public sealed class ArithmeticPeakTests
{
    [Fact]
    public void MultiplyAdds_AnyMachine_IsPositiveAndFinite()
    {
        var peak = ArithmeticPeak.MultiplyAdds<double>(1);
        Assert.True(double.IsFinite(peak) && peak > 0, $"{peak}");
    }

    [Fact]
    public void Peaks_IntegersOfCodes_AreKnownWhereVectorsHaveTheInstruction()
    {
        // What x86 has at every width, other vectors lack; without vectors numbers are taken one by one.
        var isKnown = Sse2.IsSupported || !Vector128.IsHardwareAccelerated;
        Assert.All([ArithmeticPeak.ByteDifferences(1), ArithmeticPeak.PairProducts(1)], peak => Assert.Equal(isKnown, peak is > 0));
    }
}
