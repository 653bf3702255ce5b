namespace Engine.Tests.Support;

/// <summary>Progress that is told where it is reported, on the same thread.</summary>
internal sealed class Now<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
