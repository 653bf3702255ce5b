using System.Text;
using Spectre.Console;

namespace Engine.Tests.Bench.Report;

/// <summary>A console that keeps what is printed, and passes for a terminal of 80 columns.</summary>
internal sealed class TerminalText : IAnsiConsoleOutput
{
    private readonly StringBuilder _text = new();

    public TerminalText()
    {
        Writer = new StringWriter(_text);
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = this,
        });
    }

    public IAnsiConsole Console { get; }

    public TextWriter Writer { get; }

    public bool IsTerminal => true;

    public int Width => 80;

    public int Height => 24;

    public void SetEncoding(Encoding encoding)
    {
    }

    public override string ToString() => _text.ToString();
}
