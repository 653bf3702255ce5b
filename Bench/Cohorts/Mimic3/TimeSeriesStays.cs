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

/// <summary>A stay that a list file names.</summary>
/// <param name="name">The name of its file.</param>
/// <param name="subject">The patient.</param>
/// <param name="split">What its samples are for; a stay is in one split only.</param>
internal sealed class ListedStay(string name, int subject, CohortSplit split)
{
    /// <summary>Gets the name of its file.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the patient.</summary>
    public int Subject { get; } = subject;

    /// <summary>Gets what its samples are for.</summary>
    public CohortSplit Split { get; } = split;

    /// <summary>Gets or sets the longest period that a list asks for.</summary>
    public int Hours { get; set; }
}
