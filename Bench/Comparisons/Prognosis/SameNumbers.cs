using System.Globalization;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Engine.Data;

namespace Bench.Comparisons.Prognosis;

/// <summary>Work whose result is some numbers, which other libraries find to a tolerance.</summary>
internal static class SameNumbers
{
    /// <summary>Writes the engine's numbers, by which a script chooses how to use a library.</summary>
    /// <param name="task">The name of the task.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="expected">The engine's numbers.</param>
    /// <param name="tolerance">How far another library may be off: of a value, or of 1 where that is larger.</param>
    /// <returns>What the script is told.</returns>
    public static IReadOnlyList<string> WriteTask(string task, string folder, double[] expected, double tolerance)
    {
        NpyFile.Write<double>(Path.Combine(folder, "expected.npy"), expected);
        return [task, tolerance.ToString(CultureInfo.InvariantCulture)];
    }

    /// <summary>Compares what another library found with what the engine found.</summary>
    /// <param name="rival">The library.</param>
    /// <param name="expected">The engine's numbers.</param>
    /// <param name="answer">The file with the library's, in the same order.</param>
    /// <param name="tolerance">How far these may be off.</param>
    public static Agreement Check(string rival, double[] expected, string answer, double tolerance)
    {
        var (what, found) = ($"numbers beside {rival}'s", NpyFile.Read<double>(answer).Values);
        if (found.Length != expected.Length)
            return new([CheckResult.Of(what, expected.Length, $"it has {found.Length} where there are {expected.Length}")]);
        return new([CheckResult.OfEach(what, [.. expected.Select((number, i) => Math.Abs(found[i] - number) <= tolerance * Math.Max(1, Math.Abs(number))
            ? null
            : FormattableString.Invariant($"number {i} is {number:R}, there {found[i]:R}"))])]);
    }
}
