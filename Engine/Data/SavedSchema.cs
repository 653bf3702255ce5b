using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Engine.Data;

/// <summary>A schema as a file holds it. Null is what a text does not say.</summary>
internal sealed record SavedSchema
{
    public IReadOnlyList<SavedColumn?>? Columns { get; init; }
}

/// <summary>A column as a file holds it.</summary>
internal sealed record SavedColumn
{
    public string? Name { get; init; }

    public string? Kind { get; init; }

    public string? Unit { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public IReadOnlyList<string>? Levels { get; init; }

    public bool? MayBeMissing { get; init; }

    public bool? IsOutcome { get; init; }

    public static SavedColumn Of(ColumnDescription column) => new()
    {
        Name = column.Name,
        Kind = NameOf(column.Kind),
        Unit = column.Unit,
        Minimum = column.Minimum,
        Maximum = column.Maximum,
        Levels = column.Levels.Count > 0 ? column.Levels : null,
        MayBeMissing = column.MayBeMissing ? true : null,
        IsOutcome = column.IsOutcome ? true : null,
    };

    /// <summary>Finds what the types of a description cannot say; the schema checks the rest.</summary>
    public string? FindFault()
    {
        if (Name is null)
            return "name is missing; every column has one.";
        if (Kind is null)
            return $"kind is missing; allowed are {Kinds()}.";
        return FindKind() is null ? $"kind is '{Kind}'; allowed are {Kinds()}." : null;
    }

    public ColumnDescription ToDescription() => new()
    {
        Name = Name!,
        Kind = FindKind()!.Value,
        Unit = Unit,
        Minimum = Minimum,
        Maximum = Maximum,
        Levels = Levels ?? [],
        MayBeMissing = MayBeMissing ?? false,
        IsOutcome = IsOutcome ?? false,
    };

    private static string NameOf(ColumnKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static string Kinds() => string.Join(", ", Enum.GetValues<ColumnKind>().Select(NameOf));

    private ColumnKind? FindKind()
    {
        foreach (var kind in Enum.GetValues<ColumnKind>())
        {
            if (NameOf(kind) == Kind)
                return kind;
        }

        return null;
    }
}

/// <summary>Reads and writes schemas by code that the compiler makes, without reflection: trimmed and natively compiled programs can do it too.</summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    AllowTrailingCommas = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(SavedSchema))]
internal sealed partial class TableSchemaJson : JsonSerializerContext
{
    /// <summary>Gets the context that writes "µmol/L" as people read it: the text is a file, never part of a page.</summary>
    public static TableSchemaJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
