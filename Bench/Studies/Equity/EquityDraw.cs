using Bench.Cohorts.Equity;
using Engine.Numerics;

namespace Bench.Studies.Equity;

/// <summary>The rows of the majority and of one minority, the majority first: places 0 to n - 1 of both together.</summary>
/// <param name="Name">The name of the minority.</param>
/// <param name="Index">Its place among the minorities of the cohort.</param>
/// <param name="Rows">Rows of the cohort: those of the majority ascending, then those of the minority ascending.</param>
/// <param name="MajorityCount">How many of them are of the majority.</param>
internal sealed record GroupPair(string Name, int Index, long[] Rows, int MajorityCount)
{
    /// <summary>Gets how many rows are of the minority.</summary>
    public int MinorityCount => Rows.Length - MajorityCount;

    /// <summary>Finds the rows of a minority and of the majority.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="minority">The name of the minority.</param>
    /// <exception cref="KeyNotFoundException">There is no such group; the message lists all names.</exception>
    public static GroupPair Of(EquityCohort cohort, string minority)
    {
        var majority = cohort.Groups[cohort.Majority].ToRows();
        return new GroupPair(minority, cohort.Groups.Names.ToList().FindIndex(name => name.Equals(minority, StringComparison.OrdinalIgnoreCase)), [.. majority, .. cohort.Groups[minority].ToRows()], majority.Length);
    }
}

/// <summary>The rows of one repeat: which train, and which are left to judge on.</summary>
/// <remarks>
/// A smaller minority is the beginning of a larger one, and the rows of the majority are the same for every minority, so that settings differ by what they are about.
/// Further rows of patients who train are not judged on.
/// </remarks>
internal sealed class EquityDraw
{
    /// <summary>In place of an arm: the forest that tells the groups apart.</summary>
    public const int Forest = int.MaxValue;

    private const ulong MajorityStream = 1;
    private const ulong MinorityStream = 2;
    private const ulong GeneratorStream = 3;
    private readonly ulong _seed;
    private readonly ulong _unit;

    /// <summary>Draws the rows of a repeat.</summary>
    /// <param name="rows">The rows of both groups.</param>
    /// <param name="patients">The patient of each row of the cohort; null where every row is one.</param>
    /// <param name="majoritySize">How many of the majority train, no more than there are.</param>
    /// <param name="minoritySize">How many of the minority train, no more than there are.</param>
    /// <param name="seed">The seed of the study.</param>
    /// <param name="repeat">The repeat, from 1.</param>
    public EquityDraw(GroupPair rows, IReadOnlyList<int>? patients, int majoritySize, int minoritySize, ulong seed, int repeat)
    {
        (_seed, _unit) = (seed, ((ulong)rows.Index << 32) | (uint)repeat);
        Majority = Draw(majoritySize, 0, rows.MajorityCount, new RandomStream(seed, Key(MajorityStream, (uint)repeat)));
        Minority = Draw(minoritySize, rows.MajorityCount, rows.MinorityCount, new RandomStream(seed, Key(MinorityStream, _unit)));
        IsUsed = new bool[rows.Rows.Length];
        if (patients is null)
        {
            foreach (var place in Majority.Concat(Minority))
                IsUsed[place] = true;
            return;
        }

        var trained = Majority.Concat(Minority).Select(place => patients[(int)rows.Rows[place]]).ToHashSet();
        for (var place = 0; place < IsUsed.Length; place++)
            IsUsed[place] = trained.Contains(patients[(int)rows.Rows[place]]);
    }

    /// <summary>Gets the places of the majority's rows to train on, in the order in which they were drawn.</summary>
    public long[] Majority { get; }

    /// <summary>Gets the places of the minority's rows to train on, in the order in which they were drawn.</summary>
    public long[] Minority { get; }

    /// <summary>Gets for each place whether its row, or another of its patient, trains.</summary>
    public bool[] IsUsed { get; }

    /// <summary>Returns the seed of a generator's draws in this repeat.</summary>
    /// <param name="arm">The place of the arm among those of the study, or <see cref="Forest"/>.</param>
    public ulong SeedOf(int arm) => new RandomStream(_seed, Key(GeneratorStream, _unit)).UInt64((ulong)arm);

    private static ulong Key(ulong stream, ulong unit) => (stream << 60) | unit;

    /// <summary>Draws places without replacement: the beginning of a shuffle.</summary>
    private static long[] Draw(int count, int first, int available, RandomStream draws)
    {
        var places = new long[available];
        for (var place = 0; place < available; place++)
            places[place] = first + place;
        for (var place = 0; place < count; place++)
        {
            var other = place + (int)draws.Below((ulong)place, (ulong)(available - place));
            (places[place], places[other]) = (places[other], places[place]);
        }

        return places[..count];
    }
}
