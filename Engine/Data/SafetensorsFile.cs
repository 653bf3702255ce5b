using System.Buffers.Binary;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Named tensors in one file of the safetensors format, as Python's safetensors reads and writes it.</summary>
/// <remarks>
/// <code>
/// 8 bytes, little-endian   the length n of the header
/// n bytes                  JSON: { "__metadata__": { "name": "text" }, "tensor": { "dtype": "F32", "shape": [20, 1418], "data_offsets": [0, 113440] }, ... }, spaces up to a multiple of 8
/// the rest                 the values of all tensors back to back, little-endian, row-major; offsets count from here
/// </code>
/// <para>Read are F32 and F64. Every error in a file is an <see cref="InvalidDataException"/> that names the file and the tensor; nothing is allocated that the file is too short to fill.</para>
/// <para><b>Source</b>: the format's description, github.com/huggingface/safetensors.</para>
/// </remarks>
public sealed class SafetensorsFile
{
    /// <summary>The longest header in bytes that is read; Python's reader has the same limit.</summary>
    public const int MaxHeaderLength = 100_000_000;

    private const int LengthBytes = sizeof(ulong);
    private const int Alignment = 8;

    private readonly string _path;

    /// <summary>Puts tensors together, to be written.</summary>
    /// <param name="tensors">The tensors, of different names.</param>
    /// <param name="metadata">Texts by name; none when null.</param>
    /// <exception cref="ArgumentException">A name occurs twice, or is that of the metadata.</exception>
    public SafetensorsFile(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
        : this("", tensors, metadata ?? new Dictionary<string, string>())
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataName };
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name))
                Throw.Argument_Invalid(nameof(tensors), $"the name '{tensor.Name}' is taken; tensors have names of their own, and none is called {SafetensorsHeader.MetadataName}.");
        }
    }

    private SafetensorsFile(string path, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata) => (_path, Tensors, Metadata) = (path, tensors, metadata);

    /// <summary>Gets the tensors, in the order of the file.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>Gets the texts that the file has of itself, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its tensors and metadata.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no safetensors file, holds other types than F32 and F64, or is truncated; the message names the file and the fault.</exception>
    public static SafetensorsFile Read(string path)
    {
        using var stream = RegularFile.Open(path);
        var dataLength = stream.Length - LengthBytes;
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        if (dataLength < 0)
            Throw.InvalidData_File(path, $"this is no safetensors file: it has {stream.Length:N0} bytes, and the length of the header takes {LengthBytes}.");
        stream.ReadExactly(lengthBytes);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (headerLength > MaxHeaderLength)
            Throw.InvalidData_File(path, $"this is no safetensors file: its header would have {headerLength:N0} bytes; at most {MaxHeaderLength:N0} are read.");
        dataLength -= (long)headerLength;
        if (dataLength < 0)
            Throw.InvalidData_File(path, $"the file is truncated: its header has {headerLength:N0} bytes, of which {stream.Length - LengthBytes:N0} are there.");
        var text = new byte[headerLength];
        stream.ReadExactly(text);
        var header = SafetensorsHeader.Parse(path, text, dataLength);
        var tensors = new SafetensorsTensor[header.Entries.Count];
        foreach (var (index, entry) in header.Entries.Index())
        {
            stream.Position = LengthBytes + (long)headerLength + entry.Start;
            tensors[index] = entry.Read(stream);
        }

        return new SafetensorsFile(path, tensors, header.Metadata);
    }

    /// <summary>Writes the file, which appears under its name, or replaces what has it, only when it is complete. Float64 tensors come first, so that all values are aligned.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        SafetensorsTensor[] ordered = [.. Tensors.OrderBy(static tensor => tensor.Element == NpyElement.Float64 ? 0 : 1)];
        var header = SafetensorsHeader.ToJson(ordered, Metadata);
        var padding = (Alignment - (header.Length % Alignment)) % Alignment;
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.Length + padding));
        using var file = new PendingFile(path);
        file.Stream.Write(length);
        file.Stream.Write(header);
        for (var i = 0; i < padding; i++)
            file.Stream.WriteByte((byte)' ');
        foreach (var tensor in ordered)
            file.Stream.Write(tensor.Bytes);
        file.Commit();
    }

    /// <summary>Returns a float32 tensor that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="InvalidDataException">There is no such tensor, its shape is another, it holds float64, or a value is not finite.</exception>
    public ReadOnlySpan<float> SinglesOf(string name, params ReadOnlySpan<int> shape)
    {
        var tensor = Find(name, NpyElement.Float32, shape);
        var values = tensor.Singles;
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                Throw.InvalidData_File(_path, $"value {i:N0} of tensor '{name}' is {values[i]}; every value must be finite.");
        }

        return values;
    }

    /// <summary>Returns a float64 tensor that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="InvalidDataException">There is no such tensor, its shape is another, or it holds float32.</exception>
    public ReadOnlySpan<double> DoublesOf(string name, params ReadOnlySpan<int> shape) => Find(name, NpyElement.Float64, shape).Doubles;

    /// <summary>Returns a text that must be there.</summary>
    /// <param name="name">Its name in the metadata.</param>
    /// <exception cref="InvalidDataException">There is no such text.</exception>
    public string TextOf(string name)
    {
        if (!Metadata.TryGetValue(name, out var text))
            Throw.InvalidData_File(_path, $"the metadata has no '{name}'; it has {(Metadata.Count == 0 ? "nothing" : string.Join(", ", Metadata.Keys))}.");
        return text!;
    }

    private SafetensorsTensor Find(string name, NpyElement element, ReadOnlySpan<int> shape)
    {
        var tensor = Tensors.FirstOrDefault(tensor => tensor.Name == name);
        if (tensor is null)
            Throw.InvalidData_File(_path, $"there is no tensor '{name}'; there are {(Tensors.Count == 0 ? "none" : string.Join(", ", Tensors.Select(static tensor => tensor.Name)))}.");
        if (!shape.SequenceEqual(tensor!.Shape.ToArray()))
            Throw.InvalidData_File(_path, $"tensor '{name}' is of shape {SafetensorsTensor.TextOf([.. tensor.Shape])} where {SafetensorsTensor.TextOf(shape)} is asked for.");
        if (tensor.Element != element)
            Throw.InvalidData_File(_path, $"tensor '{name}' holds {tensor.Element} where {element} is asked for.");
        return tensor;
    }
}
