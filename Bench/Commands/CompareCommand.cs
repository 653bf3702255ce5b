using System.CommandLine;
using Bench.Comparisons;
using Bench.Comparisons.Equity;
using Bench.Comparisons.Neighbors;
using Bench.Comparisons.Prognosis;
using Bench.Comparisons.Resampling;

namespace Bench.Commands;

/// <summary>The command <c>compare</c>: the same work on other people's libraries, side by side in one run.</summary>
internal sealed class CompareCommand : Command
{
    public CompareCommand()
        : base("compare", "Time the engine beside other libraries on the same arrays, results checked first.")
    {
        foreach (var family in new ComparisonFamily[] { NeighborCases.Family, SamplerCases.Family, PrognosisCases.Family, EquityCases.Family })
            Subcommands.Add(new ComparisonCommand(family));
    }
}
