using System.Text;
using Spectre.Console;

namespace Engine.Tests.Bench.Report;

/// <summary>A console that keeps what is printed, as a file or a pipe would receive it.</summary>
internal sealed class ConsoleText
{
    private readonly StringBuilder _text = new();

    public ConsoleText(int width = 80)
    {
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(new StringWriter(_text)),
        });
        Console.Profile.Width = width;
    }

    public IAnsiConsole Console { get; }

    public string[] Lines => [.. _text.ToString().Split('\n').Select(line => line.TrimEnd())];

    public override string ToString() => _text.ToString();
}
