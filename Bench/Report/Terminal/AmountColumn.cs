using Spectre.Console;
using Spectre.Console.Rendering;

namespace Bench.Report.Terminal;

/// <summary>Shows how much is done, and how much a second.</summary>
internal sealed class AmountColumn : ProgressColumn
{
    /// <summary>Below this, units differ too much from each other for a rate to mean anything.</summary>
    private const int LeastTotalForRate = 100;

    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var rate = task.MaxValue >= LeastTotalForRate && task.Speed is { } speed and >= 1 ? $", {speed:N0}/s" : string.Empty;
        var total = task.IsIndeterminate ? string.Empty : $" of {task.MaxValue:N0}";
        return new Text($"{task.Value:N0}{total}{rate}");
    }
}
