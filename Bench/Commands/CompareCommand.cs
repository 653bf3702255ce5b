using System.CommandLine;

namespace Bench.Commands;

/// <summary>The command <c>compare</c>: the same work on other people's libraries, side by side in one run.</summary>
internal sealed class CompareCommand : Command
{
    public CompareCommand()
        : base("compare", "Time the engine beside other libraries on the same arrays, results checked first.")
    {
        Subcommands.Add(new CompareNeighborsCommand());
        Subcommands.Add(new CompareResamplingCommand());
        Subcommands.Add(new ComparePrognosisCommand());
        Subcommands.Add(new CompareEquityCommand());
    }
}
