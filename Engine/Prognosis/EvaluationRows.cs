using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Prognosis;

/// <summary>Rows with their labels and the group of interest among them.</summary>
/// <param name="Samples">n x p rows.</param>
/// <param name="Labels">n labels.</param>
/// <param name="Group">The group, over the same rows.</param>
public sealed record EvaluationRows(SampleMatrix Samples, Labels Labels, RowMask Group)
{
    /// <summary>Gets the cluster of each row, such as the stay of an hour, as any number; every row stands for itself when empty.</summary>
    public ReadOnlyMemory<int> Clusters { get; init; }

    /// <summary>Throws unless all speak of the same rows.</summary>
    internal void Check(string name)
    {
        if (Labels.Count != Samples.RowCount)
            Throw.Argument_LengthsDiffer($"{name}.{nameof(Labels)}", Labels.Count, nameof(Samples), Samples.RowCount);
        if (Group.RowCount != Samples.RowCount)
            Throw.Argument_LengthsDiffer($"{name}.{nameof(Group)}", Group.RowCount, nameof(Samples), Samples.RowCount);
        if (!Clusters.IsEmpty && Clusters.Length != Samples.RowCount)
            Throw.Argument_LengthsDiffer($"{name}.{nameof(Clusters)}", Clusters.Length, nameof(Samples), Samples.RowCount);
    }
}
