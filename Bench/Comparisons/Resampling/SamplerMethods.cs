using Bench.Comparisons.Arrays;
using Bench.Comparisons.Resampling.Checks;
using Engine.Prognosis;
using Engine.Resampling;

namespace Bench.Comparisons.Resampling;

/// <summary>The methods with their default options, to 1:1.</summary>
internal static class SamplerMethods
{
    private const ulong Seed = CohortShelf.Seed;
    private const int SmoteNeighbors = 5;
    private const int GammaNeighbors = 4;
    private const int MeanNeighbors = 3;
    private const int EditingNeighbors = 3;

    /// <summary>Most copies that the double prioritized study tries.</summary>
    private static readonly int s_units = DoublePrioritized.PaperUnits.Max();

    private static readonly PlanCheck s_balanced = PlanChecks.RowCounts(static balance => 2 * balance.Majority);
    private static readonly PlanCheck s_reduced = PlanChecks.RowCounts(static balance => 2 * balance.Minority);
    private static readonly PlanCheck s_smaller = PlanChecks.OnlyMajorityLeaves;

    /// <summary>Gets random undersampling.</summary>
    public static SamplerMethod RandomUnder { get; } = new("random-under", _ => new RandomUnder { Seed = Seed }, s_reduced, s_smaller);

    /// <summary>Gets replicated oversampling.</summary>
    public static SamplerMethod RandomOver { get; } = new("random-over", _ => new RandomOver { Seed = Seed }, s_balanced);

    /// <summary>Gets DP with the most units of the study.</summary>
    public static SamplerMethod DoublePrioritizedUnits { get; } =
        new("dp", rows => new DoublePrioritizedUnits(rows.Group, s_units), PlanChecks.RepeatedUnits(s_units));

    /// <summary>Gets SMOTE.</summary>
    public static SamplerMethod Smote { get; } = new(
        "smote",
        _ => new Smote { Seed = Seed },
        s_balanced,
        new NearbySegments(SmoteNeighbors).Run)
    {
        RivalCheck = new SameNeighbors(SmoteNeighbors).Run,
    };

    /// <summary>Gets SMOTE for masks and categories.</summary>
    public static SamplerMethod SmoteNominal { get; } = new(
        "smote-nominal", rows => new SmoteNominal { Seed = Seed, Schema = rows.Schema }, s_balanced);

    /// <summary>Gets ADASYN; counts are rounded row by row, so that classes are balanced but for that.</summary>
    public static SamplerMethod Adasyn { get; } = new(
        "adasyn", _ => new Adasyn { Seed = Seed }, new NearbySegments(SmoteNeighbors).Run)
    {
        RivalCheck = new SameCounts(SmoteNeighbors).Run,
    };

    /// <summary>Gets Borderline-SMOTE.</summary>
    public static SamplerMethod BorderlineSmote { get; } = new(
        "borderline-smote",
        _ => new BorderlineSmote { Seed = Seed },
        s_balanced,
        new NearbySegments(SmoteNeighbors).Run);

    /// <summary>Gets Gamma oversampling.</summary>
    public static SamplerMethod Gamma { get; } = new(
        "gamma",
        _ => new GammaSampler { Seed = Seed },
        s_balanced,
        new NearbySegments(GammaNeighbors - 1).Run);

    /// <summary>Gets NearMiss 1.</summary>
    public static SamplerMethod NearMiss1 { get; } = NearMiss(1) with
    {
        Checks = [s_reduced, s_smaller, new SeparatedMeans(MeanNeighbors, KeepsNearest: true, IsToFarthest: false).Run],
        RivalCheck = new SameRows(MeanNeighbors).Run,
    };

    /// <summary>Gets NearMiss 2.</summary>
    public static SamplerMethod NearMiss2 { get; } = NearMiss(2) with
    {
        Checks = [s_reduced, s_smaller, new SeparatedMeans(MeanNeighbors, KeepsNearest: true, IsToFarthest: true).Run],
    };

    /// <summary>Gets NearMiss 3, which may keep fewer rows than asked for.</summary>
    public static SamplerMethod NearMiss3 { get; } = NearMiss(3) with { RivalCheck = new SameRows(MeanNeighbors) { CandidateCount = MeanNeighbors }.Run };

    /// <summary>Gets Distant.</summary>
    public static SamplerMethod Distant { get; } = new(
        "distant",
        _ => new Distant(),
        s_reduced,
        s_smaller,
        new SeparatedMeans(MeanNeighbors, KeepsNearest: false, IsToFarthest: false).Run);

    /// <summary>Gets the removal of majority rows of Tomek links.</summary>
    public static SamplerMethod TomekLinks { get; } = new("tomek", _ => new TomekLinks(), s_smaller);

    /// <summary>Gets edited nearest neighbors.</summary>
    public static SamplerMethod EditedNearestNeighbors { get; } =
        new("enn", _ => new EditedNearestNeighbors(), s_smaller, new EditedRows(EditingNeighbors).Run);

    /// <summary>Gets all, those that take longest last.</summary>
    public static IReadOnlyList<SamplerMethod> All { get; } =
    [
        RandomUnder, RandomOver, DoublePrioritizedUnits, Smote, SmoteNominal, Adasyn, BorderlineSmote, Gamma, NearMiss1, NearMiss3, Distant, NearMiss2, TomekLinks,
        EditedNearestNeighbors,
    ];

    private static SamplerMethod NearMiss(int version) =>
        new($"nearmiss-{version}", _ => new NearMiss { Version = version }, s_smaller);
}
