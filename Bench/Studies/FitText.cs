using System.Globalization;
using Engine.Prognosis;

namespace Bench.Studies;

/// <summary>How fits ended, in words.</summary>
internal static class FitText
{
    /// <summary>Says how fits ended, each way once: "Converged", or the epoch that was chosen, such as "epoch 7 of 20".</summary>
    public static string Of(IEnumerable<ModelSummary> models) => string.Join(", ", models.Select(Of).Distinct());

    private static string Of(ModelSummary summary) =>
        summary.ChosenEpoch is { } epoch ? string.Create(CultureInfo.InvariantCulture, $"epoch {epoch} of {summary.Epochs.Count}") : $"{summary.Status}";
}
