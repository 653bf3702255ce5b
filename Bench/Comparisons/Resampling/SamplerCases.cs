using Bench.Cohorts.Simulated;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;

namespace Bench.Comparisons.Resampling;

/// <summary>Every resampling method: beside imbalanced-learn, at the size of in-hospital mortality, at the size of decompensation.</summary>
internal static class SamplerCases
{
    /// <summary>The rival, with its default options.</summary>
    public const string ImbalancedLearn = "imbalanced-learn";

    private const long Gibibyte = 1L << 30;
    private const int RivalRows = 250_000;
    private const int MortalityStays = 14_681;
    private const double MortalitySeconds = 10;
    private const double SecondsWithoutSearch = 1;
    private const double SecondsOfSearch = 90;
    private const double SecondsOfFarthest = 150;
    private const double SmoteRatio = 10;
    private const double SearchRatio = 5;

    private static readonly int s_published = (int)DecompensationSimulator.PublishedTrainingRows;

    private static readonly ILabeledSource s_rare = new RareClassHours();
    private static readonly ILabeledSource s_stays = new StayRows();
    private static readonly ILabeledSource s_hours = new TrainingHours();

    private static readonly Bar s_memory = Bar.WithinMemory(0.4);

    /// <summary>Gets the family.</summary>
    public static ComparisonFamily Family { get; } = new(
        new FamilyPage(
            "resampling",
            "engine-resampling-comparison",
            "Resampling, method by method",
            [
                Column.Case, Column.Size, Column.Fact("minority", SamplerWork.MinorityRows), Column.Data, Column.Fact("resampled", SamplerWork.ResampledRows),
                Column.Fact("made", SamplerWork.MadeRows), Column.Engine("plan + making rows"), Column.Of(ImbalancedLearn), Column.Bars,
                Column.Rates with { IsOnTerminal = true }, Column.Memory, Column.Load,
            ])
        {
            Phases = ["plan", "making"],
            Facts = [SamplerWork.MinorityRows, SamplerWork.ResampledRows, SamplerWork.MadeRows],
        },
        "Time every resampling method, some of them beside imbalanced-learn.",
        MakeAll())
    {
        QuickText = "A tenth of the rows, without edited nearest neighbors at the published size.",
        WorkSize = "0.8 GB",
        Python = ("resampling_rivals.py", [ImbalancedLearn]),
    };

    private static ComparisonCase[] MakeAll() =>
    [
        Beside(SamplerMethods.Smote, SmoteRatio),
        Beside(SamplerMethods.Adasyn, SearchRatio),
        Beside(SamplerMethods.NearMiss1, SearchRatio),
        Beside(SamplerMethods.NearMiss3, SearchRatio),
        .. SamplerMethods.All.Select(method => Of("ihm", method, s_stays, MortalityStays) with
        {
            Bars = [Bar.WithinSeconds(MortalitySeconds), s_memory],
            NeededBytes = 3 * Gibibyte,
        }),
        .. SamplerMethods.All.Select(method => Of("sim", method, s_hours, s_published) with
        {
            Rivals = method == SamplerMethods.Smote ? [ImbalancedLearn] : [],
            Bars = [.. PublishedBars(method), s_memory],
            // imbalanced-learn holds the table, the resampled table, and about as much again in between.
            NeededBytes = (method == SamplerMethods.Smote ? 10 : 4) * Gibibyte,
            // Every majority row asks for rows nearer than its nearest minority row: more work than all other methods together.
            IsLarge = method == SamplerMethods.EditedNearestNeighbors,
        }),
    ];

    private static ComparisonCase Beside(SamplerMethod method, double ratio) => Of("250k", method, s_rare, RivalRows) with
    {
        Rivals = [ImbalancedLearn],
        Bars = [Bar.TimesAsFast(ratio, [ImbalancedLearn]), s_memory],
        NeededBytes = 2 * Gibibyte,
    };

    private static ComparisonCase Of(string rowsName, SamplerMethod method, ILabeledSource rows, int rowCount) =>
        Of($"{rowsName}-{method.Name}", method, rows, new ArraySize(rowCount));

    /// <summary>Makes a case of a method.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="method">The method.</param>
    /// <param name="rows">What makes the rows.</param>
    /// <param name="size">How many.</param>
    public static ComparisonCase Of(string name, SamplerMethod method, ILabeledSource rows, ArraySize size) =>
        new(name, method.Name, rows.Description, size, (rowCount, context) => new SamplerWork(context.Shelf.Get(rows, rowCount.Rows, context.Cancellation), method));

    /// <summary>What is asked at the published size; of a method without a bar nothing but memory.</summary>
    private static Bar[] PublishedBars(SamplerMethod method) => method.Name switch
    {
        _ when method == SamplerMethods.RandomUnder || method == SamplerMethods.RandomOver || method == SamplerMethods.DoublePrioritizedUnits =>
            [Bar.WithinSeconds(SecondsWithoutSearch)],
        _ when method == SamplerMethods.Smote => [Bar.TimesAsFast(SmoteRatio, [ImbalancedLearn]), Bar.ShareOfRoof(0.5, RoofName.MemoryBandwidth)],
        _ when method == SamplerMethods.Adasyn || method == SamplerMethods.NearMiss1 || method == SamplerMethods.NearMiss3 || method == SamplerMethods.Distant =>
            [Bar.WithinSeconds(SecondsOfSearch)],
        _ when method == SamplerMethods.NearMiss2 => [Bar.WithinSeconds(SecondsOfFarthest)],
        _ => [],
    };
}
