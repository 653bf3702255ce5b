using Spectre.Console;

namespace Bench.Report.Terminal;

/// <summary>The consoles of the process's own streams.</summary>
internal static class StandardConsole
{
    /// <summary>Gets the console of standard output, for results.</summary>
    public static IAnsiConsole Output => Of(Console.Out, Console.IsOutputRedirected);

    /// <summary>Makes the console of a stream.</summary>
    /// <param name="writer">The stream.</param>
    /// <param name="isRedirected">Whether it goes to a file or a log, which show the codes of colors as noise.</param>
    public static IAnsiConsole Of(TextWriter writer, bool isRedirected) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
    });
}
