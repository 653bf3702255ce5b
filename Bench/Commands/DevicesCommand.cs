using System.CommandLine;
using Engine.Compute;
using Engine.Gpu;

namespace Bench.Commands;

/// <summary>The command <c>devices</c>: what this machine and this build can compute on.</summary>
internal sealed class DevicesCommand : Command
{
    public DevicesCommand()
        : base("devices", "Show what this machine and this build can compute on.") =>
        SetAction(_ =>
        {
            Console.WriteLine($"Processor: {Environment.ProcessorCount} cores, {SimdBackend.Instance.Name}.");
            Console.WriteLine(Accelerators.Describe());
        });
}
