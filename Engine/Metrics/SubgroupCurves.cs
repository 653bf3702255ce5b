using System.Numerics;
using Engine.Data;

namespace Engine.Metrics;

/// <summary>Scores sorted once, from which the curve of any group is read without sorting again.</summary>
/// <remarks><b>Cost</b>: one radix sort and 13 rented bytes a row, 17 with weights, which <see cref="Dispose"/> gives back. Curves may be read by any number of threads.</remarks>
public sealed class SubgroupCurves : IDisposable
{
    private readonly ScoreRanking _ranking;
    private readonly Subgroups _groups;

    private SubgroupCurves(ScoreRanking ranking, Subgroups groups)
    {
        _ranking = ranking;
        _groups = groups;
    }

    /// <summary>Sorts the scores of all rows.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN, also in rows of no group.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="groups">Groups over the n rows; a row may be in several.</param>
    /// <param name="weights">n weights, finite and 0 or more; or empty for 1 a row.</param>
    /// <returns>The curves; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">Scores, labels, groups and weights speak of different numbers of rows, a score is NaN, or a weight is negative or not finite.</exception>
    public static SubgroupCurves Sort<T>(ReadOnlySpan<T> scores, Labels labels, Subgroups groups, ReadOnlySpan<float> weights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(labels);
        MetricArguments.CheckLabels(scores, labels.Values);
        MetricArguments.CheckGroups(scores, groups);
        MetricArguments.CheckWeights(scores, weights);
        return new SubgroupCurves(ScoreRanking.Sort(scores, labels.Values, weights), groups);
    }

    /// <summary>Reads the curve of a group.</summary>
    /// <param name="group">The name of a group, without regard to case.</param>
    /// <returns>The curve over the group's rows of weight above 0; the caller disposes it.</returns>
    /// <exception cref="KeyNotFoundException">There is no such group; the message lists all names.</exception>
    public RankingCurve Read(string group) => _ranking.ReadCurve(_groups[group]);

    /// <summary>Reads the curve of all rows, whether in a group or not.</summary>
    /// <returns>The curve over all rows of weight above 0; the caller disposes it.</returns>
    public RankingCurve ReadAll() => _ranking.ReadCurve(null);

    /// <summary>Returns the rented memory; no more curves can be read, but those that were stay.</summary>
    public void Dispose() => _ranking.Dispose();
}
