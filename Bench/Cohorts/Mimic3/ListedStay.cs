namespace Bench.Cohorts.Mimic3;

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
