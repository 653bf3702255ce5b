using System.Runtime.InteropServices;
using System.Text.Unicode;
using Engine.Compute;

namespace Engine.Interop;

/// <summary>What every call from outside brings with it: how to use the machine, how it may be cancelled, and where the message of an error goes.</summary>
/// <remarks>No exception leaves an entry point: a caller that is not .NET would end with it.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeCall
{
    /// <summary>The handle of a cancellation, or 0 for none.</summary>
    public long Cancellation;

    /// <summary>Receives the message of an error in UTF-8, ended by a 0 and cut where it does not fit.</summary>
    public byte* Message;

    /// <summary>The bytes that fit in <see cref="Message"/>, the 0 included.</summary>
    public int MessageCapacity;

    /// <summary>The largest number of threads, or -1 for one a core.</summary>
    public int ThreadCount;

    /// <summary>Gets how the work may use the machine.</summary>
    public readonly ComputeOptions Compute => new()
    {
        MaxDegreeOfParallelism = ThreadCount,
        CancellationToken = Cancellation == 0 ? default : NativeHandles.Get<CancellationTokenSource>(Cancellation).Token,
    };

    /// <summary>Does the work of an entry point.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="work">The work.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    public static int Run(NativeCall* call, Action<ComputeOptions> work)
    {
        try
        {
            work(call->Compute);
            return (int)NativeStatus.Done;
        }
        catch (Exception error)
        {
            call->Write(error.Message);
            return (int)StatusOf(error);
        }
    }

    private static NativeStatus StatusOf(Exception error) => error switch
    {
        ArgumentException => NativeStatus.Argument,
        OperationCanceledException => NativeStatus.Cancelled,
        ObjectDisposedException => NativeStatus.Closed,
        InvalidOperationException => NativeStatus.InvalidOperation,
        OutOfMemoryException => NativeStatus.OutOfMemory,
        KeyNotFoundException => NativeStatus.NotFound,
        _ => NativeStatus.Failed,
    };

    private readonly void Write(string message)
    {
        if (MessageCapacity < 1)
            return;
        var text = new Span<byte>(Message, MessageCapacity);
        // Stops before a character that does not fit.
        Utf8.FromUtf16(message, text[..^1], out _, out var length);
        text[length] = 0;
    }
}
