using System.Text.Json.Serialization;

namespace Engine.Logistic;

/// <summary>Reads and writes saved fits by code that the compiler makes, without reflection: trimmed and natively compiled programs can do it too.</summary>
[JsonSourceGenerationOptions(AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SavedFit))]
internal sealed partial class SavedFitJson : JsonSerializerContext;
