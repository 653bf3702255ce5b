using System.CommandLine;
using System.Globalization;
using Bench.Cohorts;
using Bench.Cohorts.Table;
using Bench.Generators;
using Bench.Report;
using Bench.Report.Terminal;
using Engine.Compute;
using Engine.Data;
using Engine.Fidelity;
using Engine.Numerics;
using Engine.Synthesis;
using Engine.Synthesis.Language;

namespace Bench.Commands;

/// <summary>The command <c>synthesize</c>: rows like those of a table, as a file, and how faithful they are.</summary>
internal sealed class SynthesizeCommand : Command
{
    private const int MostRows = 10_000_000;
    private const int DefaultComparedRows = 10_000;
    private const string SchemaSuffix = ".schema.json";
    private const ulong HoldOutStream = 5UL << 60;

    private readonly GeneratorOptions _generator = new();
    private readonly Option<string> _table = new("--table") { Description = "Real rows: CSV, or separated by semicolons or tabs, with a header, or Parquet.", Required = true, HelpName = "FILE" };
    private readonly Option<string?> _schema = new("--schema") { Description = "What the columns hold, as JSON, such as an earlier run wrote beside its rows; inferred from the values by default. Columns that it does not name are left out.", HelpName = "FILE" };
    private readonly Option<int> _rows = new("--rows") { Description = "Rows to make.", DefaultValueFactory = _ => 1000, HelpName = "COUNT" };
    private readonly Option<string?> _group = new("--group") { Description = "Make rows of one group: only real rows whose column has this value are learned from.", HelpName = "COL=VALUE" };
    private readonly Option<string[]> _groups = new("--groups") { Description = "Columns whose values make groups, to each of whose real rows the distance of made rows is told." };
    private readonly Option<string[]> _outcome = new("--outcome") { Description = "Columns of 0 and 1 that are outcomes: every prompt shows a row with each.", HelpName = TableOptions.Columns, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _ignore = new("--ignore") { Description = "Columns that are left out, such as identifiers and dates.", HelpName = TableOptions.Columns, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _categorical = new("--categorical") { Description = "Columns whose numbers are codes of categories.", HelpName = TableOptions.Columns, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _missing = new("--missing") { Description = "Words for a missing value, beside an empty cell, NA, N/A, NaN, null and a point.", HelpName = "WORD,WORD,...", AllowMultipleArgumentsPerToken = true };
    private readonly Option<double> _holdOut = new("--hold-out") { Description = "Share of the real rows that the generator is not shown, drawn by the seed: copies and attacks are held against them.", HelpName = "SHARE" };
    private readonly Option<int> _compared = new("--compared-rows") { Description = "Rows of each table that fidelity is measured on, drawn by the seed; 0 measures nothing.", DefaultValueFactory = _ => DefaultComparedRows, HelpName = "COUNT" };
    private readonly Option<int> _neighbors = new("--neighbors") { Description = $"Neighbors of --generator {GeneratorOptions.Smote}.", DefaultValueFactory = _ => 5, HelpName = "COUNT" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of every draw.", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _journal = new("--journal") { Description = "Folder that keeps the replies of a language model, so that no prompt is paid for twice; <out>.replies by default, and kept.", HelpName = "DIR" };
    private readonly Option<string> _out = new("--out") { Description = $"File for the rows, CSV, or Parquet where its name ends in .parquet; their schema is written beside it, with {SchemaSuffix} in place of its ending. Earlier rows there are replaced.", Required = true, HelpName = "FILE" };
    private readonly Option<bool> _quiet = OptionRules.Quiet();

    public SynthesizeCommand()
        : base("synthesize", "Make rows like those of a table, by a copula, SMOTE or a language model: a CSV file with its schema, and how faithful they are.")
    {
        _rows.Require(rows => rows is >= 1 and <= MostRows, $"must be 1 to {MostRows:N0}");
        _group.Require(group => group is null || group.IndexOf('=', StringComparison.Ordinal) > 0, "must be a column and its value, COL=VALUE");
        _groups.AcceptNames();
        _holdOut.Require(share => share is >= 0 and <= .9, "must be 0 to 0.9");
        _compared.Require(rows => rows is 0 or >= 2, "must be 2 or more, or 0");
        _neighbors.Require(neighbors => neighbors >= 1, "must be 1 or more");
        foreach (var option in (Option[])[_table, _schema, _rows, _group, _groups, _outcome, _ignore, _categorical, _missing])
            Options.Add(option);
        _generator.AddTo(this);
        foreach (var option in (Option[])[_holdOut, _compared, _neighbors, _seed, _journal, _out, _quiet])
            Options.Add(option);
        Validators.Add(result =>
        {
            bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
            foreach (var detail in ((Option[])[_outcome, _ignore, _categorical]).Where(detail => IsGiven(_schema) && IsGiven(detail)))
                result.AddError($"{detail.Name} is what {_schema.Name} says; give one of them.");
        });
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var (file, target) = (arguments.GetRequiredValue(_table), arguments.GetRequiredValue(_out));
        var schemaTarget = Path.ChangeExtension(target, SchemaSuffix);
        RequireReplaceable(file, target, schemaTarget);
        if (arguments.GetResult(_neighbors) is { Implicit: false } && _generator.Generator(arguments) != GeneratorOptions.Smote)
            throw new ArgumentException($"{_neighbors.Name} belongs to --generator {GeneratorOptions.Smote}, which is not given.");
        if (_generator.Temperatures(arguments).Count > 1)
            throw new ArgumentException("--temperature names several; rows of one file are made at one.");
        _generator.Policy(arguments, isRealData: true).Check();
        using var model = _generator.OpenModel(arguments) as IDisposable;
        var isQuiet = arguments.GetValue(_quiet);
        var (shown, made, leftOut, report) = ConsoleProgress.Run(
            progress =>
            {
                var (table, leftOut) = Read(arguments, file, progress, cancellation);
                var (shown, heldOut) = Divide(table, arguments.GetValue(_holdOut), arguments.GetValue(_seed));
                // Before the rows are made: a wrong name is told at once.
                var groups = GroupsOf(arguments.GetValue(_groups) ?? [], shown);
                progress.Report(new("making rows", 0, 0, "rows"));
                var made = GeneratorOf(arguments, file, (ITextGenerator?)model).GenerateAsync(RequestOf(arguments, shown), cancellation).GetAwaiter().GetResult();
                progress.Report(new("measuring fidelity", 0, 0, "rows"));
                return (shown, made, leftOut, Measure(arguments, shown, heldOut, made.Table, groups, cancellation));
            },
            isShown: !isQuiet);
        // The schema first: where it is, rows may be replaced.
        made.Table.Schema.Save(schemaTarget);
        SchemaTableWriter.Write(target, made.Table, cancellation);
        if (made.Report.MadeCount < made.Report.RequestedCount)
            Messages.Tell($"warning: of {made.Report.RequestedCount:N0} rows that were asked for, {made.Report.MadeCount:N0} were made; {made.Report.Refused.Values.Sum():N0} proposed rows were refused.");
        if (isQuiet)
            return 0;
        if (leftOut.Count > 0)
            Messages.Say($"Left out, as they have no value or no name: {string.Join(", ", leftOut)}.");
        Messages.Say($"Made {made.Report.MadeCount:N0} rows of {made.Table.Schema.Columns.Count:N0} columns from {shown.RowCount:N0} real ones, seed {arguments.GetValue(_seed)}: '{target}', their schema '{schemaTarget}'.");
        if (report is null)
            return 0;
        if (report.HoldoutCount == 0)
            Messages.Say($"No real rows were held out: {_holdOut.Name} .2 says more of copies, and tries to tell who was shown.");
        StandardConsole.Output.Write(SummaryTables.Fidelity(report));
        return 0;
    }

    /// <summary>Refuses to overwrite what this command did not make.</summary>
    private void RequireReplaceable(string file, string target, string schemaTarget)
    {
        if (Path.GetFullPath(file) == Path.GetFullPath(target))
            throw new ArgumentException($"{_out.Name} and {_table.Name} are one file, and the real rows would be lost; name another for the rows made.");
        if (Directory.Exists(target))
            throw new ArgumentException($"{_out.Name} '{target}' is a folder; name a file in it.");
        if (File.Exists(target) && !File.Exists(schemaTarget))
            throw new ArgumentException($"'{target}' exists without '{schemaTarget}', which stands beside rows made here; name another file, or remove it.");
        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder && !Directory.Exists(folder))
            throw new ArgumentException($"there is no folder '{folder}' for {_out.Name}; create it, or name a file elsewhere.");
    }

    private (SchemaTable Table, IReadOnlyList<string> LeftOut) Read(ParseResult arguments, string file, IProgress<CohortProgress> progress, CancellationToken cancellation)
    {
        var (table, leftOut) = SchemaTableReader.Read(
            file,
            new SchemaTableDescription
            {
                Schema = arguments.GetValue(_schema) is { } schema ? TableSchema.Load(schema) : null,
                Outcomes = arguments.GetValue(_outcome) ?? [],
                Ignored = arguments.GetValue(_ignore) ?? [],
                Categorical = arguments.GetValue(_categorical) ?? [],
                MissingWords = TableOptions.WordsOf(arguments, _missing),
            },
            progress,
            cancellation);
        return (arguments.GetValue(_group) is { } group ? SelectGroup(table, group) : table, leftOut);
    }

    private SchemaTable SelectGroup(SchemaTable table, string group)
    {
        var (name, text) = PartsOf(group);
        var column = Find(_group, name, table);
        var described = table.Schema.Columns[column];
        var level = described.Levels.ToList().IndexOf(text);
        if (described.Kind == ColumnKind.Category && level < 0)
            throw new ArgumentException($"{_group.Name} names value '{text}', and column '{name}' has no such{NearestName.Hint(text, described.Levels)} It has {string.Join(", ", described.Levels)}.");
        var number = (float)level;
        if (described.Kind != ColumnKind.Category && !TableWords.TryParseNumber(text, out number))
            throw new ArgumentException($"{_group.Name} names value '{text}', and column '{name}' holds numbers.");
        var values = ValuesOf(column, table);
        long[] rows = [.. Enumerable.Range(0, values.Length).Where(row => values[row] == number).Select(row => (long)row)];
        return rows.Length >= 2 ? table.SelectRows(rows) : throw new ArgumentException($"{_group.Name} {group} has {rows.Length:N0} rows; two at least are needed to learn from.");
    }

    /// <summary>Makes a group of every level of some columns; null without any.</summary>
    private Subgroups? GroupsOf(string[] names, SchemaTable table)
    {
        if (names.Length == 0)
            return null;
        var groups = new Subgroups((int)table.RowCount);
        foreach (var name in names.Distinct())
        {
            var column = Find(_groups, name, table);
            var described = table.Schema.Columns[column];
            if (described.Kind is not (ColumnKind.Category or ColumnKind.Binary))
                throw new ArgumentException($"{_groups.Name} names column '{name}', which holds numbers; name columns of categories, or of 0 and 1. {_categorical.Name} makes categories of codes.");
            var values = ValuesOf(column, table);
            foreach (var (place, level) in (described.Kind == ColumnKind.Category ? described.Levels : ["0", "1"]).Index())
                groups.Add($"{name}={level}", RowMask.From(values.Length, row => values[row] == place));
        }

        return groups;
    }

    private static int Find(Option option, string name, SchemaTable table) => table.Schema.TryFind(name, out var column)
        ? column
        : throw new ArgumentException($"{option.Name} names column '{name}', and there is none{NearestName.Hint(name, [.. table.Schema.Columns.Select(one => one.Name)])} There are {string.Join(", ", table.Schema.Columns.Select(one => one.Name))}.");

    private static float[] ValuesOf(int column, SchemaTable table)
    {
        var (values, row) = (new float[table.RowCount], new float[table.Schema.Columns.Count]);
        for (var i = 0; i < values.Length; i++)
        {
            table.Rows.CopyRow(i, row);
            values[i] = row[column];
        }

        return values;
    }

    private static (string Column, string Value) PartsOf(string group) => (group[..group.IndexOf('=', StringComparison.Ordinal)].Trim(), group[(group.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim());

    /// <summary>Draws the rows that the generator is not shown; both parts in the order of the table.</summary>
    private (SchemaTable Shown, SchemaTable? HeldOut) Divide(SchemaTable table, double share, ulong seed)
    {
        var count = (long)(share * table.RowCount);
        if (count == 0)
            return (table, null);
        if (table.RowCount - count < 2)
            throw new ArgumentException($"{_holdOut.Name} {share.ToString(CultureInfo.InvariantCulture)} of {table.RowCount:N0} rows leaves {table.RowCount - count:N0}; two at least are needed to learn from.");
        var rows = new long[table.RowCount];
        var draws = new RandomStream(seed, HoldOutStream);
        for (var row = 0L; row < rows.Length; row++)
            rows[row] = row;
        for (var row = 0L; row < count; row++)
        {
            var other = row + (long)draws.Below((ulong)row, (ulong)(rows.Length - row));
            (rows[row], rows[other]) = (rows[other], rows[row]);
        }

        return (table.SelectRows(rows[(int)count..].Order().ToArray()), table.SelectRows(rows[..(int)count].Order().ToArray()));
    }

    private IRowGenerator GeneratorOf(ParseResult arguments, string file, ITextGenerator? model)
    {
        if (model is null)
            return _generator.Generator(arguments) == GeneratorOptions.Smote ? new SmoteSampler { NeighborCount = arguments.GetValue(_neighbors) } : new GaussianCopulaSampler();
        var journal = new ReplyJournal(arguments.GetValue(_journal) ?? arguments.GetRequiredValue(_out) + ".replies");
        var topic = $"the table {PrintableText.Of(Path.GetFileName(file), 80)}";
        return new LlmSampler(model, _generator.Sampling(arguments, topic, isRealData: true, journal) with { Temperature = _generator.Temperatures(arguments)[0] });
    }

    private GenerationRequest RequestOf(ParseResult arguments, SchemaTable shown) => new()
    {
        Examples = shown,
        RowCount = arguments.GetValue(_rows),
        Seed = arguments.GetValue(_seed),
        Group = arguments.GetValue(_group) is { } group ? PartsOf(group).Value : null,
    };

    private FidelityReport? Measure(ParseResult arguments, SchemaTable shown, SchemaTable? heldOut, SchemaTable made, Subgroups? groups, CancellationToken cancellation) =>
        arguments.GetValue(_compared) is 0 || made.RowCount == 0
            ? null
            : FidelityReport.Compute(shown, made, new FidelityOptions
            {
                Holdout = heldOut,
                Groups = groups,
                Seed = arguments.GetValue(_seed),
                RowLimit = arguments.GetValue(_compared),
                Compute = ComputeOptions.Default with { CancellationToken = cancellation },
            });
}
