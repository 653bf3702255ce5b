using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Synthesis.Language;

/// <summary>Draws the real rows that prompts show: without replacement, and again until every outcome has a positive among them.</summary>
/// <remarks><b>Determinism</b>: the rows of a call depend only on (seed, call).</remarks>
internal sealed class ExampleDraws
{
    private const ulong GroupStream = 0x4C4C_4D45_0000_0000;
    private const ulong MajorityStream = 0x4C4C_4D4D_0000_0000;

    // Where an outcome is as rare as one row in a thousand, one draw of twenty in fifty has it.
    private const int MostDraws = 100_000;

    private readonly SchemaTable _table;
    private readonly int _count;
    private readonly ulong _seed;
    private readonly bool _needsNegative;
    private readonly string _optionName;
    private readonly byte[] _hasOutcome;
    private readonly int _outcomeCount;

    /// <summary>Looks at the outcomes of a table.</summary>
    /// <param name="table">The rows to draw from.</param>
    /// <param name="count">How many to draw.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="needsNegative">Whether a row without any outcome must be among those drawn.</param>
    /// <param name="name">The name of the table in messages.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">There is no row, or none with an outcome or, where one is needed, without any.</exception>
    public ExampleDraws(SchemaTable table, int count, ulong seed, bool needsNegative, string name, CancellationToken cancellation)
    {
        if (table.RowCount is 0 or > int.MaxValue)
            Throw.Argument_Invalid(name, $"{name} has {table.RowCount:N0} rows; a prompt shows real rows, pass 1 to {int.MaxValue:N0}.");
        (_table, _count, _seed, _needsNegative, _optionName) = (table, (int)Math.Min(count, table.RowCount), seed, needsNegative, name);
        var outcomes = table.Schema.Outcomes;
        _outcomeCount = outcomes.Count;
        _hasOutcome = new byte[table.RowCount * _outcomeCount];
        var values = new float[table.Schema.Columns.Count];
        for (var row = 0L; row < table.RowCount; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            table.Rows.CopyRow(row, values);
            for (var outcome = 0; outcome < _outcomeCount; outcome++)
                _hasOutcome[row * _outcomeCount + outcome] = values[outcomes[outcome]] == 1 ? (byte)1 : (byte)0;
        }

        for (var outcome = 0; outcome < _outcomeCount; outcome++)
        {
            if (!AllRows().Any(row => Has(row, outcome)))
                Throw.Argument_Invalid(name, $"none of the {table.RowCount:N0} rows of {name} has outcome '{NameOf(outcome)}', and a prompt must show one that has; pass more rows, or leave the outcome out of the schema.");
        }

        if (needsNegative && AllRows().All(HasAny))
            Throw.Argument_Invalid(name, $"each of the {table.RowCount:N0} rows of {name} has an outcome, and {nameof(PromptForm.ApartByOutcome)} shows some without; pass more rows, or another form of prompt.");
    }

    /// <summary>Draws the rows of a call.</summary>
    /// <param name="call">The number of the call.</param>
    /// <exception cref="ArgumentException">An outcome is so rare that no draw has it.</exception>
    public long[] Draw(int call)
    {
        var stream = new RandomStream(_seed, GroupStream | (uint)call);
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var rows = Draw(stream, (ulong)draw * (ulong)_count, _table.RowCount, _count);
            if (Enumerable.Range(0, _outcomeCount).All(outcome => rows.Any(row => Has(row, outcome))) && !(_needsNegative && rows.All(HasAny)))
                return rows;
        }

        var rarest = Enumerable.Range(0, _outcomeCount).MinBy(outcome => AllRows().Count(row => Has(row, outcome)));
        Throw.Argument_Invalid(
            _optionName,
            $"in {MostDraws:N0} draws of {_count:N0} of the {_table.RowCount:N0} rows of {_optionName}, none had every outcome; the rarest is '{NameOf(rarest)}' with {AllRows().Count(row => Has(row, rarest)):N0} rows. Raise {nameof(LlmSamplerOptions.ExampleCount)}.");
        return [];
    }

    /// <summary>Draws rows of the majority, whatever their outcomes.</summary>
    public static long[] DrawMajority(SchemaTable table, int count, ulong seed, int call) =>
        Draw(new RandomStream(seed, MajorityStream | (uint)call), 0, table.RowCount, (int)Math.Min(count, table.RowCount));

    /// <summary>Returns whether a row has any outcome.</summary>
    public bool HasAny(long row) => _hasOutcome.AsSpan((int)row * _outcomeCount, _outcomeCount).Contains((byte)1);

    private IEnumerable<long> AllRows()
    {
        for (var row = 0L; row < _table.RowCount; row++)
            yield return row;
    }

    private bool Has(long row, int outcome) => _hasOutcome[row * _outcomeCount + outcome] != 0;

    private string NameOf(int outcome) => _table.Schema.Columns[_table.Schema.Outcomes[outcome]].Name;

    // The first steps of Fisher and Yates, of which only the places that were touched are kept.
    private static long[] Draw(RandomStream stream, ulong firstDraw, long rowCount, int count)
    {
        var moved = new Dictionary<long, long>(count);
        var rows = new long[count];
        for (var i = 0; i < count; i++)
        {
            var other = i + (long)stream.Below(firstDraw + (ulong)i, (ulong)(rowCount - i));
            rows[i] = moved.GetValueOrDefault(other, other);
            moved[other] = moved.GetValueOrDefault(i, i);
        }

        return rows;
    }
}
