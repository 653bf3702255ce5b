namespace Engine.Features;

/// <summary>Where the measurements of many stays come from, one stay at a time: files, a simulation, memory.</summary>
public interface IStaySource
{
    /// <summary>Gets the number of stays.</summary>
    int StayCount { get; }

    /// <summary>Gets the number of channels of every stay.</summary>
    int ChannelCount { get; }

    /// <summary>Adds the measurements of a stay; called on several threads, at most once a stay.</summary>
    /// <param name="stay">The stay, 0 to <see cref="StayCount"/> - 1.</param>
    /// <param name="destination">An empty stay of <see cref="ChannelCount"/> channels.</param>
    void Read(int stay, StayMeasurements destination);
}
