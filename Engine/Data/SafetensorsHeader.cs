using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>The JSON header of a <see cref="SafetensorsFile"/>, checked.</summary>
/// <param name="Entries">The tensors, by where they start.</param>
/// <param name="Metadata">The texts.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    public const string MetadataName = "__metadata__";

    /// <summary>Reads a header.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="text">The JSON, UTF-8.</param>
    /// <param name="dataLength">The bytes of values that the file has.</param>
    /// <exception cref="InvalidDataException">The header is no such JSON, or does not tell every byte of the values.</exception>
    public static SafetensorsHeader Parse(string path, ReadOnlyMemory<byte> text, long dataLength)
    {
        var (entries, metadata) = (new List<SafetensorsEntry>(), new Dictionary<string, string>(StringComparer.Ordinal));
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                Throw.InvalidData_File(path, "this is no safetensors file: its header is no JSON object.");
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataName)
                    ReadMetadata(path, property.Value, metadata);
                else
                    entries.Add(SafetensorsEntry.Parse(path, property.Name, property.Value));
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is of a text that is no UTF-16.
            Throw.InvalidData_File(path, $"this is no safetensors file: {error.Message}");
        }

        entries.Sort(static (left, right) => (left.Start, left.End).CompareTo((right.Start, right.End)));
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Start != end)
                Throw.InvalidData_File(path, $"tensor '{entry.Name}' starts at byte {entry.Start:N0} of the values, where the tensor before it ends at {end:N0}; tensors lie back to back.");
            end = entry.End;
        }

        if (end > dataLength)
            Throw.InvalidData_File(path, $"the file is truncated: its tensors have {end:N0} bytes, of which {dataLength:N0} are there.");
        if (end < dataLength)
            Throw.InvalidData_File(path, $"{dataLength - end:N0} bytes behind the last tensor belong to none.");
        return new SafetensorsHeader(entries, metadata);
    }

    /// <summary>Writes a header of tensors that lie back to back.</summary>
    public static ReadOnlySpan<byte> ToJson(SafetensorsTensor[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            if (metadata.Count > 0)
            {
                writer.WriteStartObject(MetadataName);
                foreach (var (name, value) in metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
                    writer.WriteString(name, value);
                writer.WriteEndObject();
            }

            var start = 0L;
            foreach (var tensor in tensors)
            {
                writer.WriteStartObject(tensor.Name);
                writer.WriteString(SafetensorsEntry.TypeName, tensor.Element == NpyElement.Float32 ? SafetensorsEntry.Single : SafetensorsEntry.Double);
                writer.WriteStartArray(SafetensorsEntry.ShapeName);
                foreach (var axis in tensor.Shape)
                    writer.WriteNumberValue(axis);
                writer.WriteEndArray();
                writer.WriteStartArray(SafetensorsEntry.OffsetsName);
                writer.WriteNumberValue(start);
                start += tensor.Bytes.Length;
                writer.WriteNumberValue(start);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return text.WrittenSpan;
    }

    private static void ReadMetadata(string path, JsonElement value, Dictionary<string, string> metadata)
    {
        if (value.ValueKind != JsonValueKind.Object)
            Throw.InvalidData_File(path, $"{MetadataName} is no JSON object.");
        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                Throw.InvalidData_File(path, $"'{property.Name}' of {MetadataName} is no text.");
            metadata.Add(property.Name, property.Value.GetString()!);
        }
    }
}

/// <summary>What a header says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">The type of its values.</param>
/// <param name="Shape">The lengths of its axes.</param>
/// <param name="Start">The first byte, from the start of the values.</param>
/// <param name="End">The byte behind the last.</param>
internal sealed record SafetensorsEntry(string Name, NpyElement Element, int[] Shape, long Start, long End)
{
    public const string TypeName = "dtype";
    public const string ShapeName = "shape";
    public const string OffsetsName = "data_offsets";
    public const string Single = "F32";
    public const string Double = "F64";

    private const int MostAxes = 32;

    /// <summary>Reads what a header says, and checks it as far as one tensor goes.</summary>
    public static SafetensorsEntry Parse(string path, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            Throw.InvalidData_File(path, $"tensor '{name}' is no JSON object.");
        if (!value.TryGetProperty(TypeName, out var type) || type.ValueKind != JsonValueKind.String)
            Throw.InvalidData_File(path, $"tensor '{name}' has no {TypeName}.");
        if (type.GetString() is not (Single or Double))
            Throw.InvalidData_File(path, $"tensor '{name}' is of {TypeName} {type.GetString()}; {Single} and {Double} are read, convert it.");
        var element = type.GetString() == Single ? NpyElement.Float32 : NpyElement.Float64;
        var shape = ReadNumbers(path, name, value, ShapeName);
        var offsets = ReadNumbers(path, name, value, OffsetsName);
        if (shape.Length > MostAxes)
            Throw.InvalidData_File(path, $"tensor '{name}' has {shape.Length:N0} axes; at most {MostAxes} are read.");
        if (offsets.Length != 2)
            Throw.InvalidData_File(path, $"tensor '{name}' has {offsets.Length:N0} {OffsetsName}; there are 2, the first byte and the one behind the last.");
        var count = 1L;
        foreach (var axis in shape)
        {
            // An axis of 0 later in the shape makes no value of however many.
            if (axis > int.MaxValue)
                Throw.InvalidData_File(path, $"tensor '{name}' has an axis of {axis:N0}; at most {int.MaxValue:N0} are read.");
            count = Math.Min(count * axis, int.MaxValue + 1L);
        }

        var size = element == NpyElement.Float32 ? sizeof(float) : sizeof(double);
        if (count > Array.MaxLength)
            Throw.InvalidData_File(path, $"tensor '{name}' has more than {Array.MaxLength:N0} values, which do not fit in one array.");
        if (offsets[0] > offsets[1] || offsets[1] - offsets[0] != count * size)
            Throw.InvalidData_File(path, $"tensor '{name}' of {count:N0} values takes {count * size:N0} bytes, and its {OffsetsName} are {offsets[0]:N0} and {offsets[1]:N0}.");
        return new SafetensorsEntry(name, element, Array.ConvertAll(shape, static axis => (int)axis), offsets[0], offsets[1]);
    }

    /// <summary>Reads the values from where a stream is.</summary>
    public SafetensorsTensor Read(Stream stream)
    {
        if (Element == NpyElement.Float32)
        {
            var singles = new float[(End - Start) / sizeof(float)];
            stream.ReadExactly(MemoryMarshal.AsBytes(singles.AsSpan()));
            return new SafetensorsTensor(this, singles, null);
        }

        var doubles = new double[(End - Start) / sizeof(double)];
        stream.ReadExactly(MemoryMarshal.AsBytes(doubles.AsSpan()));
        return new SafetensorsTensor(this, null, doubles);
    }

    private static long[] ReadNumbers(string path, string name, JsonElement tensor, string field)
    {
        if (!tensor.TryGetProperty(field, out var list) || list.ValueKind != JsonValueKind.Array)
            Throw.InvalidData_File(path, $"tensor '{name}' has no {field}.");
        var numbers = new long[list.GetArrayLength()];
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out numbers[index]) || numbers[index] < 0)
                Throw.InvalidData_File(path, $"entry {index:N0} of {field} of tensor '{name}' is {item}; a whole number of 0 or more belongs there.");
        }

        return numbers;
    }
}
