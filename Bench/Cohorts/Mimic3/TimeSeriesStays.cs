using Bench.Cohorts.Channels;
using Engine.Features;

namespace Bench.Cohorts.Mimic3;

/// <summary>The measurements of the stays of a task, each read from its file when it is asked for.</summary>
/// <param name="folder">The folder of the task.</param>
/// <param name="task">The task.</param>
/// <param name="stays">The stays.</param>
internal sealed class TimeSeriesStays(string folder, Mimic3Task task, IReadOnlyList<ListedStay> stays) : IStaySource
{
    /// <inheritdoc/>
    public int StayCount => stays.Count;

    /// <inheritdoc/>
    public int ChannelCount => BenchmarkChannels.Count;

    /// <inheritdoc/>
    /// <exception cref="CohortFormatException">The file is missing or bad.</exception>
    public void Read(int stay, StayMeasurements destination)
    {
        var listed = stays[stay];
        TimeSeriesFile.Read(Mimic3Layout.StayFile(folder, listed), new OrdinalMeasurements(destination), Mimic3Layout.LastTime(task));
    }
}
