using System.Buffers;
using System.Text;
using System.Text.Json;
using Engine.Diagnostics;

namespace Engine.Networks;

/// <summary>The epochs of a training as text: a JSON list of one list an epoch, numbers in the shortest form that reads back to the same bits, null for what was not measured.</summary>
/// <remarks>An epoch's list: training loss, validation loss, balanced accuracy, trapezoid area of class 1, AUROC, the group's balanced accuracy, the group's area.</remarks>
internal static class EpochHistory
{
    private const int ColumnCount = 7;

    /// <summary>Writes epochs.</summary>
    public static string ToText(IReadOnlyList<EpochReport> epochs)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartArray();
            foreach (var report in epochs)
            {
                writer.WriteStartArray();
                foreach (var value in ColumnsOf(report))
                {
                    if (value is { } known)
                        writer.WriteNumberValue(known);
                    else
                        writer.WriteNullValue();
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>Reads epochs.</summary>
    /// <param name="path">The file that the text is of, for errors.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="InvalidDataException">The text is no such list.</exception>
    public static IReadOnlyList<EpochReport> Parse(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(static (row, index) => ReportOf(index + 1, [.. row.EnumerateArray().Select(NumberOf)]))];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            Throw.InvalidData_File(path, $"its epochs cannot be read: {error.Message}");
            throw;
        }
    }

    private static double?[] ColumnsOf(EpochReport report) =>
    [
        report.TrainingLoss, report.ValidationLoss, report.BalancedAccuracy, report.TrapezoidPrC1, report.Auroc, report.GroupBalancedAccuracy, report.GroupTrapezoidPrC1,
    ];

    private static double? NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();

    private static EpochReport ReportOf(int epoch, double?[] columns)
    {
        if (columns.Length != ColumnCount || columns[0] is not { } loss || columns.Any(static value => value is { } known && !double.IsFinite(known)))
            throw new FormatException($"epoch {epoch:N0} is not {ColumnCount} finite numbers or nulls, the training loss first.");
        return new EpochReport(epoch, loss)
        {
            ValidationLoss = columns[1],
            BalancedAccuracy = columns[2],
            TrapezoidPrC1 = columns[3],
            Auroc = columns[4],
            GroupBalancedAccuracy = columns[5],
            GroupTrapezoidPrC1 = columns[6],
        };
    }
}
