using System.Diagnostics.CodeAnalysis;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Samples with their classes and groups: as rows of features, as time series, or as both.</summary>
/// <remarks>Nothing is copied: a choice of samples is a view of the same rows and stays.</remarks>
public sealed class LabeledSamples
{
    private readonly SampleMatrix? _rows;
    private readonly SequenceSamples? _sequences;

    /// <summary>Puts samples and what is known of them together.</summary>
    /// <param name="labels">n labels.</param>
    /// <param name="rows">n x p rows; null when the samples are time series only.</param>
    /// <param name="sequences">n time series; null when the samples are rows only.</param>
    /// <param name="groups">Groups over the n samples; none when null.</param>
    /// <param name="clusters">The cluster of each sample, such as the stay of an hour, as any number; every sample stands for itself when empty.</param>
    /// <exception cref="ArgumentException">There are neither rows nor sequences, or not all speak of n samples.</exception>
    public LabeledSamples(Labels labels, SampleMatrix? rows = null, SequenceSamples? sequences = null, Subgroups? groups = null, ReadOnlyMemory<int> clusters = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (rows is null && sequences is null)
            Throw.Argument_Invalid(nameof(rows), "there are neither rows nor sequences; pass at least one of them.");
        if (rows is not null && rows.RowCount != labels.Count)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Count, nameof(rows), rows.RowCount);
        if (sequences is not null && sequences.Count != labels.Count)
            Throw.Argument_LengthsDiffer(nameof(labels), labels.Count, nameof(sequences), sequences.Count);
        if (groups is not null && groups.RowCount != labels.Count)
            Throw.Argument_LengthsDiffer(nameof(groups), groups.RowCount, nameof(labels), labels.Count);
        if (!clusters.IsEmpty && clusters.Length != labels.Count)
            Throw.Argument_LengthsDiffer(nameof(clusters), clusters.Length, nameof(labels), labels.Count);
        (Labels, _rows, _sequences, Groups, Clusters) = (labels, rows, sequences, groups ?? new Subgroups(labels.Count), clusters);
    }

    /// <summary>Gets the number of samples.</summary>
    public int Count => Labels.Count;

    /// <summary>Gets the class of each sample.</summary>
    public Labels Labels { get; }

    /// <summary>Gets the groups.</summary>
    public Subgroups Groups { get; }

    /// <summary>Gets the cluster of each sample; empty when every sample stands for itself.</summary>
    public ReadOnlyMemory<int> Clusters { get; }

    /// <summary>Gets the rows of features.</summary>
    /// <exception cref="InvalidOperationException">The samples are time series only.</exception>
    public SampleMatrix Rows
    {
        get
        {
            if (_rows is null)
                Throw.InvalidOperation("these samples are time series and have no rows of features; take a model that reads sequences, or give each sample a row, such as its last hour.");
            return _rows;
        }
    }

    /// <summary>Gets the time series.</summary>
    /// <exception cref="InvalidOperationException">The samples are rows only.</exception>
    public SequenceSamples Sequences
    {
        get
        {
            if (_sequences is null)
                Throw.InvalidOperation("these samples are rows of features and no time series; take a model that reads rows, or a cohort with hours.");
            return _sequences;
        }
    }

    /// <summary>Gets whether there are rows of features.</summary>
    [MemberNotNullWhen(true, nameof(_rows))]
    public bool HaveRows => _rows is not null;

    /// <summary>Gets whether there are time series.</summary>
    [MemberNotNullWhen(true, nameof(_sequences))]
    public bool HaveSequences => _sequences is not null;

    /// <summary>Returns chosen samples, in the given order.</summary>
    /// <param name="rows">Sample indices, each 0 to <see cref="Count"/> - 1; an index may occur more than once.</param>
    /// <returns>A view of them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the samples.</exception>
    public LabeledSamples Select(long[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var labels = Labels.Select(rows);
        int[] clusters = Clusters.IsEmpty ? [] : Array.ConvertAll(rows, row => Clusters.Span[(int)row]);
        return new LabeledSamples(labels, _rows?.SelectRows(rows), _sequences?.Select(rows), Groups.Select(rows), clusters);
    }

    /// <summary>Takes the rows and their classes apart.</summary>
    /// <param name="rows">n x p rows.</param>
    /// <param name="labels">n labels.</param>
    /// <exception cref="InvalidOperationException">The samples are time series only.</exception>
    public void Deconstruct(out SampleMatrix rows, out Labels labels) => (rows, labels) = (Rows, Labels);
}
