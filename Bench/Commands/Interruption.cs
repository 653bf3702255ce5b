using System.Runtime.InteropServices;
using Bench.Report;
using Bench.Report.Terminal;

namespace Bench.Commands;

/// <summary>Ctrl-C and the signal to terminate: the first asks the command to stop and lets it clean up as long as it needs, the second ends the process.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _count;

    /// <summary>Begins to listen.</summary>
    public Interruption() => _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

    /// <summary>Gets what is set by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            _source.Cancel();
            return;
        }

        foreach (var folder in ClaimedFolder.All)
            Messages.Tell($"Stopped before it was removed: '{folder}'.");
        Environment.Exit(ExitCode.Interrupted);
    }
}
