using System.Collections.Concurrent;
using Engine.Diagnostics;

namespace Engine.Interop;

/// <summary>What callers outside hold by a number. A number is never given twice, so that one used after its end is an error and not memory of something else.</summary>
internal static class NativeHandles
{
    private static readonly ConcurrentDictionary<long, object> s_held = new();
    private static long s_last;

    /// <summary>Gets how many are held.</summary>
    public static int Count => s_held.Count;

    /// <summary>Holds an object until <see cref="Close"/>.</summary>
    /// <param name="held">The object.</param>
    /// <returns>Its handle, above 0.</returns>
    public static long Open(object held)
    {
        var handle = Interlocked.Increment(ref s_last);
        s_held[handle] = held;
        return handle;
    }

    /// <summary>Returns what a handle stands for.</summary>
    /// <param name="handle">The handle.</param>
    /// <exception cref="ObjectDisposedException">It was closed, or stands for something else.</exception>
    public static T Get<T>(long handle)
        where T : class
    {
        if (s_held.TryGetValue(handle, out var held) && held is T one)
            return one;
        Throw.ObjectDisposed(typeof(T).Name);
        return null;
    }

    /// <summary>Lets an object go, and disposes it; a call that uses it meanwhile comes to its end. Closed again, nothing happens.</summary>
    /// <param name="handle">The handle.</param>
    public static void Close(long handle)
    {
        if (s_held.TryRemove(handle, out var held))
            (held as IDisposable)?.Dispose();
    }
}
