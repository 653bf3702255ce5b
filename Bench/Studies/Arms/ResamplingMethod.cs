using Engine.Resampling;

namespace Bench.Studies.Arms;

/// <summary>The resampling methods of the studies, by the names that options and results use.</summary>
public static class ResamplingMethod
{
    /// <summary>The training rows as they are.</summary>
    public const string None = "none";

    /// <summary>Double prioritized sampling for one group.</summary>
    public const string DoublePrioritized = "dp";

    /// <summary>A model of one group's rows alone.</summary>
    public const string GroupAlone = "group-alone";

    private static readonly Dictionary<string, Arm> s_byName;

    static ResamplingMethod()
    {
        // Those of the paper, in the order in which they run, then the others.
        Arm[] ofPaper =
        [
            new PlainArm(None, "No resampling"),
            new SamplerArm("random-over", "Random oversampling", (settings, _) => new RandomOver { Seed = settings.Seed }),
            new SamplerArm("random-under", "Random undersampling", (settings, draw) => new RandomUnder { Seed = settings.Seed, Draw = draw }) { DrawCount = RandomUnder.PaperDrawCount },
            new SamplerArm("smote", "SMOTE", (settings, _) => SmoteOf(settings)),
            new SamplerArm("adasyn", "ADASYN", (settings, _) => AdasynOf(settings)),
            new SamplerArm("gamma", "Gamma oversampling", (settings, _) => new GammaSampler { Seed = settings.Seed }),
            new SamplerArm("nearmiss-1", "NearMiss-1", (_, _) => new NearMiss { Version = 1 }),
            new SamplerArm("nearmiss-3", "NearMiss-3", (_, _) => new NearMiss { Version = 3 }),
            new SamplerArm("distant", "Distant", (_, _) => new Distant()),
            new UnitSearchArm(DoublePrioritized, "DP") { ServesGroup = true },
        ];
        Arm[] others =
        [
            new SamplerArm("nearmiss-2", "NearMiss-2", (_, _) => new NearMiss { Version = 2 }),
            new SamplerArm("borderline-smote", "Borderline-SMOTE", (settings, _) => new BorderlineSmote { Seed = settings.Seed, NeighborCount = settings.NeighborCount }),
            new SamplerArm("tomek", "Tomek links", (_, _) => new TomekLinks()),
            new SamplerArm("enn", "Edited neighbors", (_, _) => new EditedNearestNeighbors()),
            new SamplerArm("smote-tomek", "SMOTE, Tomek links", (settings, _) => new SmoteTomek { Smote = SmoteOf(settings) }),
            new SamplerArm("smote-enn", "SMOTE, edited", (settings, _) => new SmoteEnn { Smote = SmoteOf(settings) }),
            new WeightArm("class-weights", "Class weights", work => ClassWeights.Balanced(work.Task.Train.Labels)),
            new WeightArm("group-weights", "Group weights", WeighGroup) { ServesGroup = true },
            new UnitSearchArm(
                "dp-smote", "DP with SMOTE", (settings, rows, count) => SmoteOf(settings) with { Rows = rows, RowsToMake = count }) { ServesGroup = true },
            new UnitSearchArm(
                "dp-adasyn", "DP with ADASYN", (settings, rows, count) => AdasynOf(settings) with { Rows = rows, RowsToMake = count }) { ServesGroup = true },
            new UnitSearchArm(
                "dp-gamma", "DP with Gamma", (settings, rows, count) => new GammaSampler { Seed = settings.Seed, Rows = rows, RowsToMake = count }) { ServesGroup = true },
            new GroupAloneArm(GroupAlone, "The group alone") { ServesGroup = true },
        ];
        OfPaper = [.. ofPaper.Select(arm => arm.Name)];
        OfStudy = [.. OfPaper, GroupAlone];
        All = [.. OfPaper, .. others.Select(arm => arm.Name)];
        s_byName = ofPaper.Concat(others).ToDictionary(arm => arm.Name);
    }

    /// <summary>Gets those that paper P compares, in the order in which they run.</summary>
    public static IReadOnlyList<string> OfPaper { get; }

    /// <summary>Gets those that paper P compares, and the model of the group alone that its supplement discusses.</summary>
    public static IReadOnlyList<string> OfStudy { get; }

    /// <summary>Gets all names.</summary>
    public static IReadOnlyList<string> All { get; }

    /// <summary>Returns the arm of a method.</summary>
    /// <param name="name">A name of <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public static Arm Get(string name) => s_byName.TryGetValue(name, out var arm)
        ? arm
        : throw new ArgumentException($"there is no method '{name}'; the methods are {string.Join(", ", All)}.");

    /// <summary>Returns the name of a method for readers.</summary>
    /// <param name="name">A name of <see cref="All"/>; another comes back as it is.</param>
    /// <param name="units">The number of units that DP chose; null when it did not run.</param>
    public static string TitleOf(string name, int? units = null)
    {
        var title = s_byName.TryGetValue(name, out var arm) ? arm.Title : name;
        return name == DoublePrioritized && units is { } count ? $"{title} ({count} {(count == 1 ? "unit" : "units")})" : title;
    }

    private static Smote SmoteOf(ArmSettings settings) => new() { Seed = settings.Seed, NeighborCount = settings.NeighborCount };

    private static Adasyn AdasynOf(ArmSettings settings) => new() { Seed = settings.Seed, NeighborCount = settings.NeighborCount };

    private static double[] WeighGroup(ArmWork work)
    {
        var group = work.Task.Train.Groups[work.GroupToServe];
        return GroupWeights.Balanced(group, group.Not());
    }
}
