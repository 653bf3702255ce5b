using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Resampling;

/// <summary>Weights under which all groups count as much: what balances without adding a row.</summary>
public static class GroupWeights
{
    /// <summary>Returns m / (groups x rows of its group) for every row of a group, m the rows that are in one, and 1 for a row in none.</summary>
    /// <param name="groups">Two or more masks over the same n rows; each has a row, and no row is in two.</param>
    /// <returns>One weight a row, as <c>SampleWeights</c> of a fit takes them; their sum is n, up to rounding.</returns>
    /// <exception cref="ArgumentException">There are fewer than two groups, masks speak of different rows, a group is empty, or a row is in two groups.</exception>
    /// <remarks><b>Source</b>: scikit-learn's class_weight="balanced" with groups for classes; upweighting in Smolyak et al. 2024.</remarks>
    public static double[] Balanced(params RowMask[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Length < 2)
            Throw.Argument_Invalid(nameof(groups), $"there are {groups.Length} groups; give two or more to balance between.");
        var weights = new double[groups[0].RowCount];
        Array.Fill(weights, 1);
        var memberCount = groups.Sum(group => (long)group.Count);
        var owners = new int[weights.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].RowCount != weights.Length)
                Throw.Argument_LengthsDiffer($"group {i}", groups[i].RowCount, "group 0", weights.Length);
            if (groups[i].Count == 0)
                Throw.Argument_Invalid(nameof(groups), $"group {i} has no row; leave it out.");
            foreach (var row in groups[i].ToRows())
            {
                if (owners[row] != 0)
                    Throw.Argument_Invalid(nameof(groups), $"row {row:N0} is in groups {owners[row] - 1} and {i}; groups to balance have no row in common.");
                owners[row] = i + 1;
                weights[row] = memberCount / ((double)groups.Length * groups[i].Count);
            }
        }

        return weights;
    }
}
