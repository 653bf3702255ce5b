using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Bench.Cohorts;

namespace Bench.Commands;

/// <summary>The option <c>--memory-limit</c>: what a command may take of the machine's memory, in all.</summary>
/// <remarks>Three quarters are for the garbage collector, which keeps them, as it does in a container; half is for any one call of the engine, part of it outside the collector's heap; the rest is the runtime's.</remarks>
internal static class MemoryLimit
{
    private const double Smallest = 150e6;

    // A setting of the runtime, read again by GC.RefreshMemoryLimit.
    private const string HeapLimit = "GCHeapHardLimit";

    private static readonly (string Name, double Bytes)[] s_units =
        [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1L << 40), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12)];

    /// <summary>Makes the option.</summary>
    /// <param name="description">What it means to the command.</param>
    public static Option<long?> Create(string description) => new("--memory-limit") { Description = description, HelpName = "SIZE", CustomParser = Parse };

    /// <summary>Keeps a limit from here on.</summary>
    /// <param name="bytes">The limit; null for none.</param>
    /// <returns>What a call of the engine may take.</returns>
    /// <exception cref="InsufficientMemoryException">The process has more than that already.</exception>
    public static long? Keep(long? bytes)
    {
        if (bytes is not { } limit)
            return null;
        AppContext.SetData(HeapLimit, (ulong)(limit / 4 * 3));
        try
        {
            GC.RefreshMemoryLimit();
        }
        catch (InvalidOperationException)
        {
            throw new InsufficientMemoryException($"a memory limit of {limit:N0} bytes cannot be kept: the process has more already; raise --memory-limit.");
        }

        return limit / 2;
    }

    private static long? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var unit = Array.FindIndex(s_units, unit => text.EndsWith(unit.Name, StringComparison.OrdinalIgnoreCase));
        if (unit < 0 || !NumberText.TryParse(text.AsSpan(0, text.Length - s_units[unit].Name.Length).TrimEnd(), out double number))
        {
            result.AddError($"'{text}' for option '--memory-limit' is no size; it takes a number and a unit, such as 4GB: {string.Join(", ", s_units.Select(static unit => unit.Name))}.");
            return null;
        }

        var bytes = number * s_units[unit].Bytes;
        if (bytes is >= Smallest and < long.MaxValue)
            return (long)bytes;
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"--memory-limit is {text}; it must be {Smallest / 1e6:0} MB or more."));
        return null;
    }
}
