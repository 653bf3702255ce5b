namespace Engine.Gpu;

/// <summary>An accelerator was asked for and cannot be used; the message says why, and what to do.</summary>
public class AcceleratorException : InvalidOperationException
{
    internal AcceleratorException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
