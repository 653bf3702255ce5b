using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Engine.Tests.Support;

/// <summary>A hash of the bits of results: equal on every machine, thread count and SIMD level, or the promise is broken.</summary>
internal sealed class Digest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add<T>(ReadOnlySpan<T> values)
        where T : struct => _hash.AppendData(MemoryMarshal.AsBytes(values));

    public override string ToString() => Convert.ToHexString(_hash.GetCurrentHash())[..16];

    public void Dispose() => _hash.Dispose();
}
