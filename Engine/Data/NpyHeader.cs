using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>What a .npy file says of itself: element type, shape, and where its values begin.</summary>
/// <remarks>
/// <code>
/// 93 'NUMPY' | major minor | header length (2 bytes, 4 from version 2.0) | {'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 2), }   \n | values
/// |------------------------------------------- DataOffset, a multiple of 64 in files written here -------------------------------------------|
/// </code>
/// <para><b>Source</b>: numpy's format description, <c>numpy.lib.format</c>, versions 1.0 to 3.0.</para>
/// </remarks>
public sealed class NpyHeader
{
    private const int AlignmentInBytes = 64;
    private const int PrefixLength = 8;

    // numpy itself reads no more than 10,000 characters; a longer header is damage, and must not become an allocation.
    private const int MaxTextLength = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private NpyHeader(NpyElement element, IReadOnlyList<long> shape, bool isFortranOrder, long dataOffset)
    {
        Element = element;
        Shape = shape;
        // One row, one column and no value at all are the same bytes in both orders.
        IsColumnMajor = isFortranOrder && shape.Count == 2 && shape.All(length => length > 1);
        DataOffset = dataOffset;
    }

    /// <summary>Gets the element type.</summary>
    public NpyElement Element { get; }

    /// <summary>Gets the length of each dimension: one or two, each 0 or more.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Gets whether the values lie column by column (Fortran order), not row by row.</summary>
    public bool IsColumnMajor { get; }

    /// <summary>Gets the number of bytes before the first value.</summary>
    public long DataOffset { get; }

    /// <summary>Gets the number of values.</summary>
    public long ElementCount => Shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>Makes the bytes that begin a file of version 1.0, padded so that the values are aligned to 64 bytes.</summary>
    internal static byte[] Format(NpyElement element, params ReadOnlySpan<long> shape)
    {
        var lengths = shape.Length == 1
            ? string.Create(CultureInfo.InvariantCulture, $"({shape[0]},)")
            : string.Create(CultureInfo.InvariantCulture, $"({shape[0]}, {shape[1]})");
        var text = $"{{'descr': '{element.Descr()}', 'fortran_order': False, 'shape': {lengths}, }}";

        var textStart = PrefixLength + sizeof(ushort);
        var length = (textStart + text.Length + 1 + AlignmentInBytes - 1) / AlignmentInBytes * AlignmentInBytes;
        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = 1;
        bytes[Magic.Length + 1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(PrefixLength), (ushort)(length - textStart));
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(textStart));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    /// <summary>Reads the header and checks that the file holds all the values it promises; the input is left at the first of them.</summary>
    internal static NpyHeader Read(NpyInput input)
    {
        var path = input.Name;
        Span<byte> prefix = stackalloc byte[PrefixLength + sizeof(uint)];
        var found = input.ReadUpTo(prefix[..PrefixLength]);
        if (input.IsFile && prefix.StartsWith("PK"u8))
            Throw.InvalidData_File(path, "this is a zip file, as .npz files are: of several arrays; read one of them by its name with NpzFile.");
        if (found < PrefixLength || !prefix.StartsWith(Magic))
            Throw.InvalidData_File(path, "this is not in the .npy format: it does not begin with 93 'NUMPY'.");
        var (major, minor) = (prefix[Magic.Length], prefix[Magic.Length + 1]);
        if (major is < 1 or > 3)
            Throw.InvalidData_File(path, $".npy format version {major}.{minor} is unknown; versions 1.0 to 3.0 are read, save the array again with numpy.save.");

        var lengthBytes = prefix.Slice(PrefixLength, major == 1 ? sizeof(ushort) : sizeof(uint));
        if (input.ReadUpTo(lengthBytes) < lengthBytes.Length)
            Throw.InvalidData_File(path, $"the file ends within its header, after {input.Length:N0} bytes; copy it again.");
        long textLength = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes) : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (textLength > MaxTextLength)
            Throw.InvalidData_File(path, $"the header is said to be {textLength:N0} bytes long; at most {MaxTextLength:N0} are read.");
        var text = new byte[textLength];
        if (input.ReadUpTo(text) < text.Length)
            Throw.InvalidData_File(path, $"the file ends within its header, after {input.Length:N0} bytes; copy it again.");

        var fields = new NpyHeaderText(path, Encoding.UTF8.GetString(text)).Parse();
        var header = new NpyHeader(CheckElement(path, fields.Descr), fields.Shape, fields.IsFortranOrder, PrefixLength + lengthBytes.Length + textLength);
        CheckShape(path, fields);
        CheckLength(path, header, input.Length);
        return header;
    }

    private static NpyElement CheckElement(string path, string descr)
    {
        if (!NpyElements.TryParse(descr, out var element))
        {
            var reason = descr switch
            {
                ['>', ..] => "big-endian values are not read; convert with array.astype(array.dtype.newbyteorder('<'))",
                "|O" => "Python objects are not read; convert the array to a number type with array.astype",
                _ => "read are floats of 16 to 64 bits, integers of 8 to 64 bits and |b1, little-endian; convert the array with array.astype",
            };
            Throw.InvalidData_File(path, $"the element type is {descr}: {reason}.");
        }

        return element;
    }

    private static void CheckShape(string path, NpyHeaderText.Fields fields)
    {
        var shape = $"({string.Join(", ", fields.Shape)})";
        if (fields.Shape.Count is not (1 or 2))
            Throw.InvalidData_File(path, $"the array has shape {shape}, {fields.Shape.Count} dimensions; 1 or 2 are read, reshape it to one row a sample.");
    }

    private static void CheckLength(string path, NpyHeader header, long fileLength)
    {
        // A damaged shape can ask for more than any fixed-size integer counts.
        var expected = header.Shape.Aggregate(new BigInteger(header.Element.Size()), (product, length) => product * length) + header.DataOffset;
        if (fileLength < expected)
        {
            var shape = $"({string.Join(", ", header.Shape)})";
            Throw.InvalidData_File(path, $"the file is truncated: shape {shape} of {header.Element.Descr()} needs {expected:N0} bytes and {fileLength:N0} are there; copy or write it again.");
        }
    }
}
