namespace Bench.Studies;

/// <summary>Progress reported on the calling thread, in order; System.Progress would post it to a thread pool.</summary>
internal sealed class SynchronousProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
