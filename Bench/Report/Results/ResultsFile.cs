using System.Text.Encodings.Web;
using System.Text.Json;
using Bench.Cohorts;

namespace Bench.Report.Results;

/// <summary>Writes results.json, and knows one when it sees it.</summary>
internal static class ResultsFile
{
    /// <summary>The name of the file in a result folder.</summary>
    public const string Name = "results.json";

    /// <summary>Gets how the bench writes JSON.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        // The default encoder would write the group "<30" as \u003C30, a care that only JSON inside HTML needs.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a document.</summary>
    public static void Write<TDocument>(string path, TDocument document)
    {
        using var stream = File.Create(path);
        JsonSerializer.Serialize(stream, document, Options);
        stream.Write("\n"u8);
    }

    /// <summary>Tells whether a file is a results file of any version of some formats.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schemas">The names of the formats.</param>
    public static bool IsResult(string path, IEnumerable<string> schemas)
    {
        if (!FileStatus.IsRegular(path))
            return false;
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("schema", out var schema)
                && schema.ValueKind == JsonValueKind.String
                && schemas.Contains(schema.GetString());
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
