using System.Runtime.ExceptionServices;

namespace Engine.Numerics;

/// <summary>Parallel loops whose errors arrive as they were thrown: the first of them, with its own stack, never wrapped in an <see cref="AggregateException"/>.</summary>
/// <remarks>A caller then catches what a method documents, whatever the number of threads that met the error.</remarks>
internal static class ParallelLoop
{
    /// <summary>Workers a core at the most: more would only cut the work into parts too small to be worth a scratch each.</summary>
    private const int WorkersPerCore = 4;

    /// <summary>Returns how many workers to share work among, 1 or more.</summary>
    /// <param name="options">How to use the machine; any limit, however large.</param>
    public static int WorkersOf(ParallelOptions options) => options.MaxDegreeOfParallelism > 0
        ? Math.Min(options.MaxDegreeOfParallelism, WorkersPerCore * Environment.ProcessorCount)
        : Environment.ProcessorCount;

    /// <summary>Runs a loop.</summary>
    /// <param name="first">The first index.</param>
    /// <param name="end">The index after the last.</param>
    /// <param name="options">How to use the machine.</param>
    /// <param name="body">What to do at an index.</param>
    /// <exception cref="OperationCanceledException">The loop was stopped.</exception>
    public static void For(int first, int end, ParallelOptions options, Action<int> body) =>
        Run(() => Parallel.For(first, end, options, body));

    /// <summary>Runs a loop.</summary>
    /// <param name="first">The first index.</param>
    /// <param name="end">The index after the last.</param>
    /// <param name="options">How to use the machine.</param>
    /// <param name="body">What to do at an index.</param>
    /// <exception cref="OperationCanceledException">The loop was stopped.</exception>
    public static void For(long first, long end, ParallelOptions options, Action<long> body) =>
        Run(() => Parallel.For(first, end, options, body));

    /// <summary>Runs a loop with something of its own for each thread.</summary>
    /// <param name="first">The first index.</param>
    /// <param name="end">The index after the last.</param>
    /// <param name="options">How to use the machine.</param>
    /// <param name="create">Creates what a thread owns.</param>
    /// <param name="body">What to do at an index; returns what the thread owns from then on.</param>
    /// <param name="release">Ends what a thread owns.</param>
    /// <exception cref="OperationCanceledException">The loop was stopped.</exception>
    public static void For<TOwn>(int first, int end, ParallelOptions options, Func<TOwn> create, Func<int, ParallelLoopState, TOwn, TOwn> body, Action<TOwn> release) =>
        Run(() => Parallel.For(first, end, options, create, body, release));

    /// <summary>Runs a loop with something of its own for each thread.</summary>
    /// <param name="first">The first index.</param>
    /// <param name="end">The index after the last.</param>
    /// <param name="options">How to use the machine.</param>
    /// <param name="create">Creates what a thread owns.</param>
    /// <param name="body">What to do at an index; returns what the thread owns from then on.</param>
    /// <param name="release">Ends what a thread owns.</param>
    /// <exception cref="OperationCanceledException">The loop was stopped.</exception>
    public static void For<TOwn>(long first, long end, ParallelOptions options, Func<TOwn> create, Func<long, ParallelLoopState, TOwn, TOwn> body, Action<TOwn> release) =>
        Run(() => Parallel.For(first, end, options, create, body, release));

    /// <summary>Does some things side by side.</summary>
    /// <param name="options">How to use the machine.</param>
    /// <param name="actions">What to do.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static void Invoke(ParallelOptions options, params Action[] actions) => Run(() => Parallel.Invoke(options, actions));

    private static void Run(Action loop)
    {
        try
        {
            loop();
        }
        catch (AggregateException errors)
        {
            // Other threads may have been stopped because of the error: that is not what went wrong.
            var first = errors.InnerExceptions.FirstOrDefault(error => error is not OperationCanceledException) ?? errors.InnerExceptions[0];
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
