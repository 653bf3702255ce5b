using Bench.Comparisons.Arrays;

namespace Bench.Comparisons.Cases;

/// <summary>One piece of work on some rows, and what is asked of the engine.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Work">What is done, in a few words for a table.</param>
/// <param name="Data">What the rows are, likewise.</param>
/// <param name="Size">How large it is.</param>
/// <param name="Prepare">Makes the rows, so many; it may throw a <see cref="CaseUnavailableException"/>.</param>
internal sealed record ComparisonCase(string Name, string Work, string Data, ArraySize Size, Func<ArraySize, WorkContext, PreparedWork> Prepare)
{
    /// <summary>How many times fewer rows a quick run has.</summary>
    private const int QuickDivisor = 10;

    /// <summary>Gets the names of the rivals that do the same.</summary>
    public IReadOnlyList<string> Rivals { get; init; } = [];

    /// <summary>Gets what is asked of the engine.</summary>
    public IReadOnlyList<Bar> Bars { get; init; } = [];

    /// <summary>Gets the memory that must be free, in bytes; with less the case is left out, with this reason.</summary>
    public long NeededBytes { get; init; }

    /// <summary>Gets whether the case is one of the largest, which a quick run leaves out.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Chooses cases.</summary>
    /// <param name="all">All cases.</param>
    /// <param name="names">The names of those to run; none for all.</param>
    /// <param name="isQuick">Whether to leave the largest out and take a tenth of the others.</param>
    /// <returns>The cases, in their own order.</returns>
    public static ComparisonCase[] Choose(IReadOnlyList<ComparisonCase> all, IReadOnlyCollection<string> names, bool isQuick)
    {
        var chosen = all.Where(known => names.Count == 0 || names.Contains(known.Name));
        return [.. isQuick ? chosen.Where(known => !known.IsLarge).Select(known => known.ToQuick()) : chosen];
    }

    private ComparisonCase ToQuick() => this with
    {
        Size = new ArraySize(Size.Rows / QuickDivisor, Size.Queries / QuickDivisor),
        NeededBytes = NeededBytes / QuickDivisor,
    };
}
