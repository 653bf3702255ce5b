using System.Globalization;
using System.Text;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Report;

/// <summary>A comparison as a page: what was measured, what was not and why, and how to read it.</summary>
internal static class ComparisonPage
{
    private const string SharedNotes = "comparison-notes.md";

    /// <summary>What stands for the number of threads in notes.</summary>
    private const string ThreadsMark = "{threads}";

    /// <summary>Writes the page.</summary>
    /// <param name="family">What is compared.</param>
    /// <param name="document">The comparison.</param>
    public static string Render(FamilyPage family, ComparisonDocument document)
    {
        var (page, cases) = (new StringBuilder(), document.Cases);
        page.Append(Head(family, document)).Append('\n').Append(Table(family.Columns, cases));
        Append("Results, and the others' memory", Table([Column.Case, Column.Checks, Column.Behavior], [.. cases.Where(result => result.Engine is not null)]));
        Append("Not measured", NotMeasured(cases));
        Append("How to read this", Notes($"{family.Name}-notes.md", document) + Notes(SharedNotes, document));
        Append("Versions", Versions(document));
        return page.ToString();

        void Append(string title, string content)
        {
            if (content.Length > 0)
                page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{content}");
        }
    }

    private static string Head(FamilyPage family, ComparisonDocument document)
    {
        var (machine, options) = (document.Machine, document.Options);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {family.Title}\n\n")
            .Append(CultureInfo.InvariantCulture, $"{document.Processor}, {machine.ProcessorCount} processors, {machine.SimdLevel}, {machine.DotnetVersion}; ")
            .Append(CultureInfo.InvariantCulture, $"{document.StartedAt.ToUniversalTime():yyyy-MM-dd}, commit {document.Engine.Commit ?? "unknown"}.\n")
            .Append(CultureInfo.InvariantCulture, $"{options.Threads} threads each; median of {options.Repeats} repetitions, fewer once they have taken {options.MaxSeconds} s together. ")
            .Append(CultureInfo.InvariantCulture, $"Versions are at the end, every number in [{family.Name}.json]({family.Name}.json), a line a contender in [{family.Name}.csv]({family.Name}.csv).\n");
        if (document.IsQuick)
            text.Append("\n**A quick run: a tenth of the rows and of the queries. Its times say little; the bars were set for the full sizes.**\n");
        if (!document.IsComplete)
            text.Append("\n**The run was stopped, or is under way: cases are missing.**\n");
        return text.ToString();
    }

    private static string Table(IReadOnlyList<Column> columns, IReadOnlyList<CaseResult> cases) =>
        MarkdownTable.Render(columns.Select(column => column.HeaderFor(cases)), cases.Select(result => columns.Select(column => column.Show(result))));

    private static string NotMeasured(IReadOnlyList<CaseResult> cases) => string.Concat(
    [
        .. cases.Where(result => result.Skipped is not null).Select(result => $"- {result.Name}: {result.Skipped}\n"),
        .. cases.SelectMany(result => result.Rivals
            .Where(rival => rival.Status != ContenderStatus.Measured)
            .Select(rival => $"- {result.Name}, {rival.Name}: {CaseText.Status(rival)}, {rival.Reason}\n")),
    ]);

    private static string Notes(string name, ComparisonDocument document)
    {
        using var text = new StreamReader(ProgramResource.Open(name));
        return text.ReadToEnd().Replace(ThreadsMark, $"{document.Options.Threads}", StringComparison.Ordinal);
    }

    private static string Versions(ComparisonDocument document)
    {
        var (machine, engine) = (document.Machine, document.Engine);
        (string Name, string Value)[] facts =
        [
            ("date", string.Create(CultureInfo.InvariantCulture, $"{document.StartedAt.ToUniversalTime():yyyy-MM-dd HH:mm} UTC")),
            ("engine", $"{engine.Version}, commit {engine.Commit ?? "unknown"}"),
            ("processor", $"{document.Processor}, {machine.ProcessorCount} logical"),
            ("SIMD level", $"{machine.SimdLevel}"),
            (".NET", $"{machine.DotnetVersion}, {machine.Architecture}"),
            ("operating system", machine.OperatingSystem),
            .. document.Versions.Select(version => (version.Key, version.Value)),
        ];
        return string.Concat(facts.Select(fact => $"- {fact.Name}: {fact.Value}\n"));
    }
}
