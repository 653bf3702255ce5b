using System.Runtime.InteropServices;

namespace Engine.Interop;

/// <summary>Entry points over handles: their end, and cancellation.</summary>
internal static unsafe class HandleEntries
{
    /// <summary>Opens a cancellation, which calls then name.</summary>
    [UnmanagedCallersOnly]
    public static int OpenCancellation(NativeCall* call, long* handle) =>
        NativeCall.Run(call, _ => *handle = NativeHandles.Open(new CancellationTokenSource()));

    /// <summary>Cancels the calls that name a cancellation; those that are done are not touched.</summary>
    [UnmanagedCallersOnly]
    public static int Cancel(NativeCall* call, long handle) =>
        NativeCall.Run(call, _ => NativeHandles.Get<CancellationTokenSource>(handle).Cancel());

    /// <summary>Closes any handle.</summary>
    [UnmanagedCallersOnly]
    public static int Close(NativeCall* call, long handle) => NativeCall.Run(call, _ => NativeHandles.Close(handle));

    /// <summary>Counts the handles that are open.</summary>
    [UnmanagedCallersOnly]
    public static int Count(NativeCall* call, int* count) => NativeCall.Run(call, _ => *count = NativeHandles.Count);
}
