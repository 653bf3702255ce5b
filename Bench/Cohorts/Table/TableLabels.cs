using Engine.Data;

namespace Bench.Cohorts.Table;

/// <summary>The classes of a table, from a column with two distinct values.</summary>
internal sealed class TableLabels(TextTable table, int column, HashSet<string> missing, string? positive)
{
    private readonly List<string> _values = [];
    private readonly List<byte> _codes = [];

    /// <summary>Gets the value that is class 1, once <see cref="ToLabels"/> has found it.</summary>
    public string Positive { get; private set; } = "";

    /// <summary>Reads the cell of the current row.</summary>
    /// <exception cref="CohortFormatException">It is missing, or a third value.</exception>
    public void Read()
    {
        var text = table.Text(column).Trim();
        if (missing.Contains(text))
            throw table.Error(column, "the label is missing: a row without a class teaches nothing and cannot be judged. Take such rows out of the file.");
        var code = _values.IndexOf(text);
        if (code < 0)
        {
            code = _values.Count;
            _values.Add(text);
        }

        if (_values.Count > 2)
            throw table.Error(column, $"a label has two different values, and this is the third, after {Listed()}. Of several classes, take one against the rest: a column with 1 in its rows and 0 in all others, named with --label.");
        _codes.Add((byte)code);
    }

    /// <summary>Returns the classes, after the last row.</summary>
    /// <exception cref="CohortFormatException">There is one value only, or nothing says which of the two is class 1.</exception>
    public Labels ToLabels()
    {
        if (_values.Count < 2)
            throw Refusal($"every row has the label '{_values[0]}'; two different values are needed.");
        var code = positive is null ? CodeByTruth() : CodeOf(positive);
        Positive = _values[code];
        return Labels.From(_codes.Select(other => other == code ? 1 : 0).ToArray());
    }

    private int CodeByTruth()
    {
        bool?[] truths = [.. _values.Select(TableWords.TruthOf)];
        return truths[0] is not null && truths[0] == !truths[1]
            ? Array.IndexOf(truths, true)
            : throw Refusal($"the values are {Listed()}, and nothing says which of them is class 1; name it with --positive.");
    }

    private int CodeOf(string name)
    {
        var code = _values.IndexOf(name.Trim());
        if (code < 0)
            code = _values.FindIndex(value => value.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
        return code >= 0 ? code : throw Refusal($"--positive names '{name}', and the values are {Listed()}.");
    }

    private string Listed() => string.Join(" and ", _values.Take(2).Select(value => $"'{value}'"));

    private CohortFormatException Refusal(string reason) => new(table.File, 0, table.Header[column], "", reason);
}
