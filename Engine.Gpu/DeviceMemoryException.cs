namespace Engine.Gpu;

/// <summary>A device has too little memory; the message says what would fit.</summary>
public sealed class DeviceMemoryException : AcceleratorException
{
    internal DeviceMemoryException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
