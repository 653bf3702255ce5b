using System.Text;

namespace Bench.Report.Terminal;

/// <summary>Output that goes on where a full disk or a closed stream takes no more: what cannot be shown is no reason to lose what was computed.</summary>
/// <param name="output">Where text goes as long as it can.</param>
internal sealed class LenientWriter(TextWriter output) : TextWriter
{
    /// <summary>Gets whether something could not be shown.</summary>
    public bool HasFailed { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => output.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => output.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => output.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => output.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => output.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(output.Flush);

    private void Try(Action write)
    {
        if (HasFailed)
            return;
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            HasFailed = true;
        }
    }
}
