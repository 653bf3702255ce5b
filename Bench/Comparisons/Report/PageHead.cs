using System.Globalization;
using System.Text;

namespace Bench.Comparisons.Report;

/// <summary>What every page of a comparison begins with, and how its sections begin.</summary>
internal static class PageHead
{
    /// <summary>Writes title, machine, date, commit and how things were measured.</summary>
    /// <param name="document">The comparison.</param>
    /// <param name="title">The title of the page.</param>
    /// <param name="sources">Where versions and numbers are.</param>
    public static string Render<TCase>(ComparisonDocument<TCase> document, string title, string sources)
    {
        var (machine, options) = (document.Machine, document.Options);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {title}\n\n")
            .Append(CultureInfo.InvariantCulture, $"{document.Processor}, {machine.ProcessorCount} processors, {machine.SimdLevel}, {machine.DotnetVersion}; ")
            .Append(CultureInfo.InvariantCulture, $"{document.StartedAt.ToUniversalTime():yyyy-MM-dd}, commit {document.Engine.Commit ?? "unknown"}.\n")
            .Append(CultureInfo.InvariantCulture, $"{options.Threads} threads each; median of {options.Repeats} repetitions, ")
            .Append(CultureInfo.InvariantCulture, $"fewer once they have taken {options.MaxSeconds} s together. {sources}\n");
        if (document.IsQuick)
            text.Append("\n**A quick run: a tenth of the rows and of the queries. Its times say little; the bars were set for the full sizes.**\n");
        if (!document.IsComplete)
            text.Append("\n**The run was stopped, or is under way: cases are missing.**\n");
        return text.ToString();
    }

    /// <summary>Appends a section.</summary>
    public static void AppendSection(StringBuilder page, string title, string content) =>
        page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{content}");
}
