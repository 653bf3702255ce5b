namespace Bench.Cohorts.Mimic3;

/// <summary>A stay that a list file names.</summary>
/// <param name="name">The name of its file.</param>
/// <param name="subject">The patient.</param>
/// <param name="split">What its samples are for; a stay is in one split only.</param>
internal sealed class ListedStay(string name, int subject, CohortSplit split)
{
    public string Name { get; } = name;

    public int Subject { get; } = subject;

    public CohortSplit Split { get; } = split;

    /// <summary>Gets or sets the longest period that a list asks for.</summary>
    public int Hours { get; set; }
}
