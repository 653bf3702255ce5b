using System.Buffers.Binary;
using System.Text;

namespace Engine.Tests.Data;

/// <summary>.npy files put together by hand, right ones and wrong ones.</summary>
internal static class NpyBytes
{
    /// <summary>Puts a header text into a file of a given version, without padding, so that values begin at any offset.</summary>
    public static byte[] Make(string header, byte[] values, byte major = 1)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[major == 1 ? 2 : 4];
        if (major == 1)
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
        return [0x93, .. "NUMPY"u8, major, 0, .. length, .. text, .. values];
    }
}
