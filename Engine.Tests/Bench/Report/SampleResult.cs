using Bench.Cohorts;
using Bench.Report;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Data;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Report;

/// <summary>A small result of the main job, with all that a result can have: DP, a skipped method, an empty group, names that need encoding.</summary>
internal static class SampleResult
{
    private const int RowCount = 1500;

    private static readonly Lazy<MainJobResult> s_result = new(() => MainJobRunner.Run(
        Cohort(),
        new MainJobOptions { Units = [1, 2, 3, 4, 6, 8], Group = "Black", Seed = 7 },
        progress: null,
        TestContext.Current.CancellationToken) with
    {
        Skipped = [new SkippedMethod("no-such-method", "it is there to be reported.")],
    });

    public static MainJobResult Result => s_result.Value;

    public static RunInfo Start { get; } = new(["run", "--seed", "7"], new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), TimeSpan.FromSeconds(1.5));

    public static MainJobResult Without(params string[] methods) => MainJobRunner.Run(
        Cohort(), new MainJobOptions { Methods = [.. ResamplingMethod.All.Except(methods)] }, progress: null, TestContext.Current.CancellationToken);

    /// <summary>Returns what a network comes to, in two epochs.</summary>
    public static MainJobResult OfNetwork => With(new MainJobOptions { Model = "mlp", Epochs = 2, Methods = [ResamplingMethod.None] });

    /// <summary>The same cohort and a job of three methods, no test row of a group being of class 1.</summary>
    public static MainJobResult WithoutTestPositives(string group)
    {
        var cohort = Cohort();
        var members = cohort.Groups[group];
        byte[] labels = [.. Enumerable.Range(0, RowCount).Select(row => members[row] && cohort.Splits[row] == CohortSplit.Test ? (byte)0 : cohort.Labels[row])];
        return Run(cohort with { Labels = Labels.From(labels) }, new MainJobOptions { Methods = [ResamplingMethod.None, "random-over", ResamplingMethod.DoublePrioritized], Units = [1, 2], Group = "black" });
    }

    /// <summary>Runs a job on the cohort.</summary>
    public static MainJobResult With(MainJobOptions options) => Run(Cohort(), options);

    private static MainJobResult Run(Cohort cohort, MainJobOptions options) => MainJobRunner.Run(cohort, options, progress: null, TestContext.Current.CancellationToken);

    private static Cohort Cohort()
    {
        var stream = new RandomStream(11, 3);
        var samples = Tables.Normal(RowCount, 6, seed: 5);
        var isFemale = Draw(stream, 0, .45);
        var isBlack = Draw(stream, 1, .14);
        var isOld = Draw(stream, 2, .3);
        var labels = Enumerable.Range(0, RowCount).Select(row =>
        {
            var features = samples.Row(row);
            // The sign of one feature differs in the small group: a model of everyone serves it badly.
            var risk = -2.2 + (1.1 * features[0]) + ((isBlack[row] ? -.9 : .8) * features[1]) + (isOld[row] ? .8 : 0);
            return stream.UniformDouble((3UL * RowCount) + (ulong)row) < 1 / (1 + Math.Exp(-risk));
        }).ToArray();
        return new Cohort
        {
            Name = "Sample <cohort> & task",
            PositiveMeaning = "death [in hospital]",
            FeatureNames = ["age", "pulse", "glucose", "sodium", "weight", "a \"quoted\" one"],
            Samples = samples,
            Labels = Labels.From(labels),
            Groups = Groups(isFemale, isBlack, isOld),
            Splits = [.. Enumerable.Range(0, RowCount).Select(row => (row % 5) switch { 3 => CohortSplit.Validation, 4 => CohortSplit.Test, _ => CohortSplit.Train })],
            RidgePenalty = 1,
            IsSimulated = true,
            Notes = ["Drawn for a test; <b>no patient</b> is in it."],
        };
    }

    private static Subgroups Groups(bool[] isFemale, bool[] isBlack, bool[] isOld)
    {
        var groups = new Subgroups(RowCount);
        groups.Add(global::Bench.Cohorts.Cohort.Everyone, RowMask.All(RowCount));
        groups.Add("male", RowMask.From(RowCount, row => !isFemale[row]));
        groups.Add("female", RowMask.From(RowCount, row => isFemale[row]));
        groups.Add("white", RowMask.From(RowCount, row => !isBlack[row]));
        groups.Add("black", RowMask.From(RowCount, row => isBlack[row]));
        groups.Add("hispanic", RowMask.From(RowCount, static _ => false));
        groups.Add("<30", RowMask.From(RowCount, row => !isOld[row]));
        groups.Add("80s", RowMask.From(RowCount, row => isOld[row]));
        return groups;
    }

    private static bool[] Draw(RandomStream stream, int index, double share) =>
        [.. Enumerable.Range(0, RowCount).Select(row => stream.UniformDouble(((ulong)index * RowCount) + (ulong)row) < share)];
}
