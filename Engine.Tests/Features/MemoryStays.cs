using Engine.Features;

namespace Engine.Tests.Features;

/// <summary>Stays in memory, as a source; a stay may be made to fail.</summary>
internal sealed class MemoryStays(params StayMeasurements[] stays) : IStaySource
{
    private readonly int[] _reads = new int[stays.Length];

    public int? BadStay { get; init; }

    public Action<int> OnRead { get; init; } = static _ => { };

    public IReadOnlyList<int> Reads => _reads;

    public int StayCount => stays.Length;

    public int ChannelCount => stays[0].ChannelCount;

    public void Read(int stay, StayMeasurements destination)
    {
        Interlocked.Increment(ref _reads[stay]);
        OnRead(stay);
        if (stay == BadStay)
            throw new InvalidDataException($"stay {stay} is bad.");
        for (var channel = 0; channel < ChannelCount; channel++)
        {
            var series = stays[stay].Series(channel);
            for (var i = 0; i < series.Count; i++)
                destination.Add(channel, series.Times[i], series.Values[i]);
        }
    }
}
