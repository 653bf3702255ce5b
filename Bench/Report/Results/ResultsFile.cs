using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bench.Cohorts;

namespace Bench.Report.Results;

/// <summary>Writes and reads results.json, and knows one when it sees it.</summary>
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

    private static readonly string[] s_ofTheRun = ["run", "seconds"];

    /// <summary>Writes a document.</summary>
    public static void Write<TDocument>(string path, TDocument document)
    {
        using var stream = File.Create(path);
        JsonSerializer.Serialize(stream, document, Options);
        stream.Write("\n"u8);
    }

    /// <summary>Prints the document of a folder.</summary>
    /// <param name="folder">A folder of results.</param>
    /// <param name="output">Gets the text of the file.</param>
    public static void Print(string folder, TextWriter output)
    {
        using var reader = new StreamReader(Path.Combine(folder, Name));
        var buffer = new char[1 << 16];
        for (int count; (count = reader.Read(buffer)) > 0;)
            output.Write(buffer, 0, count);
    }

    /// <summary>Reads the document of a folder.</summary>
    /// <param name="folder">A folder of results.</param>
    /// <param name="schemas">The names of the formats.</param>
    /// <exception cref="InvalidDataException">It holds none.</exception>
    public static JsonObject Read(string folder, IEnumerable<string> schemas)
    {
        var path = Path.Combine(folder, Name);
        if (!IsResult(path, schemas))
            throw new InvalidDataException($"'{folder}' holds no {Name} of this program.");
        using var stream = File.OpenRead(path);
        return JsonNode.Parse(stream)!.AsObject();
    }

    /// <summary>Returns the command line that a document was made by.</summary>
    /// <param name="document">The document.</param>
    /// <param name="folder">Where it is, for the message.</param>
    /// <exception cref="InvalidDataException">It does not say.</exception>
    public static IReadOnlyList<string> ArgumentsOf(JsonObject document, string folder) =>
        (document["run"] as JsonObject)?["arguments"] is JsonArray words && words.All(word => word?.GetValueKind() == JsonValueKind.String)
            ? [.. words.Select(word => (string)word!)]
            : throw new InvalidDataException($"{Name} in '{folder}' does not say by which command it was made.");

    /// <summary>Finds the first place where two documents differ, but for how they were made and how long each part took.</summary>
    /// <returns>The place and what stands there, in words; null where nothing differs.</returns>
    public static string? FirstDifference(JsonObject one, JsonObject other) => FirstDifference("", one, other);

    private static string? FirstDifference(string place, JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (JsonObject left, JsonObject right) => left.Select(field => field.Key).Union(right.Select(field => field.Key)).Where(name => !s_ofTheRun.Contains(name))
            .Select(name => FirstDifference(place.Length == 0 ? name : $"{place}.{name}", left[name], right[name])).FirstOrDefault(found => found is not null),
        (JsonArray left, JsonArray right) when left.Count == right.Count => Enumerable.Range(0, left.Count).Select(index => FirstDifference($"{place}[{index}]", left[index], right[index])).FirstOrDefault(found => found is not null),
        (JsonArray left, JsonArray right) => $"{place} has {left.Count} entries, there {right.Count}.",
        _ when JsonNode.DeepEquals(one, other) => null,
        _ => $"{place} is {one?.ToJsonString() ?? "null"}, there {other?.ToJsonString() ?? "null"}.",
    };

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
