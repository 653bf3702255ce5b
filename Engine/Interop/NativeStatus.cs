namespace Engine.Interop;

/// <summary>How a call from outside ended; the numbers are part of the interface.</summary>
internal enum NativeStatus
{
    /// <summary>As asked.</summary>
    Done = 0,

    /// <summary>An argument was wrong.</summary>
    Argument = 1,

    /// <summary>The call was cancelled.</summary>
    Cancelled = 2,

    /// <summary>What was asked for is not possible here.</summary>
    InvalidOperation = 3,

    /// <summary>There was not enough memory.</summary>
    OutOfMemory = 4,

    /// <summary>A handle was closed before.</summary>
    Closed = 5,

    /// <summary>A name is not known.</summary>
    NotFound = 6,

    /// <summary>Anything else.</summary>
    Failed = 7,
}
