using Spectre.Console;

namespace Bench.Comparisons.Report;

/// <summary>A table in Markdown.</summary>
internal static class MarkdownTable
{
    /// <summary>Wider than any table: a row of Markdown is one line.</summary>
    private const int Width = 10_000;

    /// <summary>Writes a table.</summary>
    /// <param name="headers">The names of the columns.</param>
    /// <param name="rows">As many cells a row.</param>
    /// <returns>Its lines, each with a line end.</returns>
    public static string Render(IEnumerable<string> headers, IEnumerable<IEnumerable<string>> rows)
    {
        var table = new Table { Border = TableBorder.Markdown };
        foreach (var header in headers)
            table.AddColumn(new TableColumn(new Text(header)));
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(Escape(cell))));

        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Width;
        console.Write(table);
        return string.Concat(text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).Select(line => $"{line}\n"));
    }

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
