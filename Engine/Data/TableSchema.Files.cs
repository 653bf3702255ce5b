using System.Text;
using System.Text.Json;
using Engine.Diagnostics;

namespace Engine.Data;

/// <content>Schemas as JSON that people edit.</content>
public sealed partial class TableSchema
{
    /// <summary>Writes the schema as JSON, one property a line.</summary>
    /// <returns>The text. <see cref="Parse"/> reads it back to the same schema.</returns>
    /// <remarks>
    /// <c>{ "columns": [ { "name": "age", "kind": "integer", "unit": "years", "minimum": 18, "maximum": 91 }, { "name": "sex", "kind": "category", "levels": ["female", "male"],
    /// "mayBeMissing": true }, { "name": "died", "kind": "binary", "isOutcome": true } ] }</c>: what is left out has its default.
    /// </remarks>
    public string ToJson() => JsonSerializer.Serialize(new SavedSchema { Columns = [.. Columns.Select(SavedColumn.Of)] }, TableSchemaJson.Readable.SavedSchema);

    /// <summary>Reads a schema from JSON, as <see cref="ToJson"/> writes it and people change it; comments and commas at an end are allowed.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="InvalidDataException">The text is no JSON, has a property that no schema has or one of another type, or describes columns that the constructor refuses; the message names the field.</exception>
    public static TableSchema Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (Read(json, out var schema) is { } fault)
            Throw.InvalidData($"this is no schema of a table: {fault}");
        return schema!;
    }

    /// <summary>Writes the schema into a file, which appears under its name, or replaces what has it, only when it is complete.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        using var file = new PendingFile(path);
        file.Stream.Write(Encoding.UTF8.GetBytes(ToJson()));
        file.Commit();
    }

    /// <summary>Reads a schema from a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="InvalidDataException">As in <see cref="Parse"/>; the message also names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TableSchema Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Read(File.ReadAllText(path), out var schema) is { } fault)
            Throw.InvalidData_File(path, $"this is no schema of a table: {fault}");
        return schema!;
    }

    /// <summary>Reads a schema, and returns what is wrong with the text or null.</summary>
    private static string? Read(string json, out TableSchema? schema)
    {
        schema = null;
        try
        {
            var saved = JsonSerializer.Deserialize(json, TableSchemaJson.Readable.SavedSchema);
            if (saved?.Columns is not { Count: > 0 } columns)
                return "columns is missing or empty; describe one at least.";
            var descriptions = new List<ColumnDescription>(columns.Count);
            foreach (var (place, column) in columns.Index())
            {
                if (column is null)
                    return $"columns[{place}] is null; describe a column or leave it out.";
                if (column.FindFault() is { } fault)
                    return $"columns[{place}].{fault}";
                descriptions.Add(column.ToDescription());
            }

            schema = new TableSchema(descriptions);
            return null;
        }
        catch (JsonException error)
        {
            return error.Message;
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }
}
