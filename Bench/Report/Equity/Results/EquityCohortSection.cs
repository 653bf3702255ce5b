using Bench.Cohorts.Equity;
using Bench.Studies.Equity;
using Engine.Data;

namespace Bench.Report.Equity.Results;

/// <summary>The data of a study of synthetic rows.</summary>
/// <param name="Name">The name of the data set.</param>
/// <param name="Subject">What the rows are about, as a language model is told.</param>
/// <param name="IsSimulated">Whether the rows speak of no patient.</param>
/// <param name="Rows">All rows.</param>
/// <param name="Patients">How many patients they are of.</param>
/// <param name="Majority">The group of which there are most.</param>
/// <param name="Minorities">The groups that can be made small.</param>
/// <param name="Columns">The columns, outcomes among them.</param>
/// <param name="Notes">What a reader must know.</param>
internal sealed record EquityCohortSection(
    string Name, string Subject, bool IsSimulated, long Rows, long Patients, string Majority, IReadOnlyList<string> Minorities, IReadOnlyList<ColumnEntry> Columns, IReadOnlyList<string> Notes)
{
    /// <summary>Describes a cohort.</summary>
    public static EquityCohortSection From(EquityCohort cohort) => new(
        cohort.Name,
        cohort.Subject,
        cohort.IsSimulated,
        cohort.Table.RowCount,
        cohort.Patients?.Distinct().Count() ?? cohort.Table.RowCount,
        cohort.Majority,
        cohort.Minorities,
        [.. cohort.Table.Schema.Columns.Select(ColumnEntry.From)],
        cohort.Notes);
}

/// <summary>A column of the table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">"continuous", "integer", "binary" or "category".</param>
/// <param name="Unit">Its unit; null where there is none.</param>
/// <param name="Minimum">The smallest legal number; null where it is open.</param>
/// <param name="Maximum">The largest legal number; null where it is open.</param>
/// <param name="Levels">The levels of a category; empty for every other kind.</param>
/// <param name="MayBeMissing">Whether a value may be missing.</param>
/// <param name="IsOutcome">Whether it is an outcome.</param>
internal sealed record ColumnEntry(string Name, string Kind, string? Unit, double? Minimum, double? Maximum, IReadOnlyList<string> Levels, bool MayBeMissing, bool IsOutcome)
{
    /// <summary>Describes a column.</summary>
    public static ColumnEntry From(ColumnDescription column) => new(
        column.Name, column.Kind.ToString().ToLowerInvariant(), column.Unit, column.Minimum, column.Maximum, column.Levels, column.MayBeMissing, column.IsOutcome);
}

/// <summary>What was asked of a study of synthetic rows.</summary>
/// <param name="MajoritySize">Rows of the majority to train on.</param>
/// <param name="MinoritySizes">Rows of a minority to train on, one setting a number.</param>
/// <param name="Minorities">The minorities that were named; null for all.</param>
/// <param name="Repeats">How often rows were drawn and everything was trained.</param>
/// <param name="Seed">The seed of every draw.</param>
/// <param name="RidgePenalty">The ridge penalty of logistic regression on standardized features.</param>
/// <param name="Generators">The generators.</param>
/// <param name="Disclosure">A sentence on what was shown to whom; null where nothing could leave the machine.</param>
internal sealed record EquityOptionsSection(
    int MajoritySize, IReadOnlyList<int> MinoritySizes, IReadOnlyList<string>? Minorities, int Repeats, ulong Seed, double RidgePenalty, IReadOnlyList<GeneratorEntry> Generators, string? Disclosure)
{
    /// <summary>Takes the options of a study.</summary>
    public static EquityOptionsSection From(EquityOptions options) => new(
        options.MajoritySize,
        options.MinoritySizes,
        options.Minorities,
        options.Repeats,
        options.Seed,
        options.RidgePenalty,
        [.. options.Generators.Select(generator => new GeneratorEntry(generator.Name, generator.Title, generator.IsOfGroupOnly, generator.Temperature))],
        options.Disclosure);
}

/// <summary>A generator of the study.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Title">Its name for readers.</param>
/// <param name="IsOfGroupOnly">Whether it makes rows of the group only.</param>
/// <param name="Temperature">The temperature of its language model; null for generators without one.</param>
internal sealed record GeneratorEntry(string Name, string Title, bool IsOfGroupOnly, double? Temperature);

/// <summary>The rows of a group, and how many have an outcome.</summary>
/// <param name="Group">The group.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Positives">Those with the outcome.</param>
/// <param name="Share">Positives / rows; null for a group without rows.</param>
internal sealed record PrevalenceEntry(string Group, string Outcome, int Rows, int Positives, double? Share)
{
    /// <summary>Counts the majority and every minority.</summary>
    public static IEnumerable<PrevalenceEntry> ListOf(EquityResult result)
    {
        var (table, groups) = (result.Cohort.Table, result.Cohort.Groups);
        var names = result.Cohort.Minorities.Prepend(result.Cohort.Majority).ToArray();
        var outcomes = table.Schema.Outcomes;
        var positives = new int[names.Length, outcomes.Count];
        var row = new float[table.Schema.Columns.Count];
        for (var index = 0L; index < table.RowCount; index++)
        {
            table.Rows.CopyRow(index, row);
            for (var group = 0; group < names.Length; group++)
            {
                for (var outcome = 0; groups[names[group]][(int)index] && outcome < outcomes.Count; outcome++)
                    positives[group, outcome] += (int)row[outcomes[outcome]];
            }
        }

        return from place in Enumerable.Range(0, names.Length)
               from outcome in Enumerable.Range(0, outcomes.Count)
               let rows = groups[names[place]].Count
               select new PrevalenceEntry(names[place], result.Outcomes[outcome], rows, positives[place, outcome], rows == 0 ? null : (double)positives[place, outcome] / rows);
    }
}
