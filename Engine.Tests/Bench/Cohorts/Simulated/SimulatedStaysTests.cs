using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Bench.Cohorts.Simulated;
using Engine.Features;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Simulated;

public sealed class SimulatedStaysTests
{
    [Fact]
    public void Read_SimulatedCohort_GivesTheMeasurementsOfItsFiles()
    {
        using var folder = new TemporaryFolder();
        var cancellation = TestContext.Current.CancellationToken;
        DecompensationSimulator.WriteBenchmarkLayout(3, 500, folder.Path, cancellation: cancellation);
        var simulated = DecompensationSimulator.Simulate(3, 500, cancellation: cancellation);
        var read = Mimic3Reader.Read(folder.Path, Mimic3Task.Decompensation, cancellation: cancellation);
        Assert.Equal(simulated.Prefixes, read.Prefixes);
        for (var stay = 0; stay < simulated.Measurements!.StayCount; stay++)
        {
            var (expected, actual) = (new StayMeasurements(BenchmarkChannels.Count), new StayMeasurements(BenchmarkChannels.Count));
            read.Measurements!.Read(stay, expected);
            simulated.Measurements.Read(stay, actual);
            foreach (var channel in BenchmarkChannels.All)
            {
                Assert.Equal(expected.Series(channel.Index).Times, actual.Series(channel.Index).Times);
                Assert.Equal(expected.Series(channel.Index).Values, actual.Series(channel.Index).Values);
            }
        }
    }
}
