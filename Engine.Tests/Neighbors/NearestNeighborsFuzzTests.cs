using System.Globalization;

namespace Engine.Tests.Neighbors;

/// <summary>Random searches against the slow one. By hand, ENGINE_FUZZ_CASES=100000 runs so many, and ENGINE_FUZZ_FIRST=7 begins at case 7.</summary>
public sealed class NearestNeighborsFuzzTests
{
    private const int DefaultCaseCount = 400;

    [Fact]
    public void Search_RandomCases_EqualTheFullSort()
    {
        var (first, count) = (Setting("ENGINE_FUZZ_FIRST", 0), Setting("ENGINE_FUZZ_CASES", DefaultCaseCount));
        for (var number = first; number < first + count; number++)
        {
            using var fuzzed = new FuzzCase(number);
            try
            {
                fuzzed.Run();
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"case {number} (ENGINE_FUZZ_FIRST={number} ENGINE_FUZZ_CASES=1): {fuzzed}", error);
            }
        }
    }

    private static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;
}
