namespace Bench.Commands;

/// <summary>How the program ends; the README lists the same.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for is done.</summary>
    public const int Done = 0;

    /// <summary>The command line, the data or the machine did not allow it, or a check found a fault; standard error says what.</summary>
    public const int Failed = 1;

    /// <summary>A repetition found other numbers than the result that it repeats.</summary>
    public const int Differs = 2;

    /// <summary>Stopped by Ctrl-C or a signal to terminate: the code that shells give to a process so stopped.</summary>
    public const int Interrupted = 130;
}
