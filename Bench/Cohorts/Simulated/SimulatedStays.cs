using Bench.Cohorts.Channels;
using Engine.Features;

namespace Bench.Cohorts.Simulated;

/// <summary>The measurements of planned stays, each simulated when it is asked for; at the times that their files would have.</summary>
/// <param name="seed">The seed of the cohort.</param>
/// <param name="plans">The plans of all stays.</param>
internal sealed class SimulatedStays(ulong seed, IReadOnlyList<StayPlan> plans) : IStaySource
{
    /// <inheritdoc/>
    public int StayCount => plans.Count;

    /// <inheritdoc/>
    public int ChannelCount => BenchmarkChannels.Count;

    /// <inheritdoc/>
    public void Read(int stay, StayMeasurements destination)
    {
        var simulator = new StaySimulator();
        simulator.Begin(seed, plans[stay]);
        while (simulator.NextHour())
        {
            foreach (var channel in BenchmarkChannels.All)
            {
                var observation = simulator.Observations[channel.Index];
                if (!double.IsNaN(observation))
                    destination.Add(channel.Index, simulator.ChartTime, channel.IsCategorical ? LevelOrdinals.Of(channel, (int)observation) : observation);
            }
        }
    }
}
