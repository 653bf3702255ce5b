using Spectre.Console;
using Spectre.Console.Rendering;

namespace Bench.Report.Terminal;

/// <summary>Shows how much is done, and how much a second.</summary>
internal sealed class AmountColumn : ProgressColumn
{
    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var rate = task.Speed is { } speed and >= 1 ? $", {speed:N0}/s" : string.Empty;
        return new Text($"{task.Value:N0}{rate}");
    }
}
