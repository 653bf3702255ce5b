using System.Collections.Concurrent;
using Bench.Cohorts.Equity;
using Bench.Studies.Equity;
using Engine.Compute;
using Engine.Data;

namespace Engine.Tests.Bench.Studies.Equity;

public sealed class EquityRunnerTests
{
    private static readonly string[] s_trained = ["separate-majority", "baseline", "repeat-group", "repeat-generic", "upweighted", "separate-minority"];

    [Fact]
    public async Task Run_TwoMinorities_TrainsEveryArmOfEveryRepeat()
    {
        var result = await RunAsync(SmallEquity.Create(), SmallEquity.Options);
        Assert.Equal(["baseline", "upweighted", "separate", "repeat-group", "repeat-generic"], result.Arms.Select(arm => arm.Name));
        Assert.Equal(["died", "admitted"], result.Outcomes);
        Assert.Equal([("small", 40), ("rare", 40)], result.Settings.Select(setting => (setting.Minority, setting.Size)));
        Assert.Empty(result.Skipped);
        Assert.All(result.Settings, setting => Assert.Equal([1, 2, 3, 4, 5, 6], setting.Repeats.Select(repeat => repeat.Repeat)));
        Assert.All(result.Settings.SelectMany(setting => setting.Repeats), repeat =>
        {
            Assert.Equal(180 - 40, repeat.TestCount);
            Assert.Equal((5, 2), (repeat.Scores.Count, repeat.Scores[0].Count));
            Assert.All(repeat.Scores.SelectMany(scores => scores), scores => Assert.InRange(scores.MinorityAuroc!.Value, .2, 1));
            Assert.Equal(["repeat-group", "repeat-generic"], repeat.Generated.Keys);
            Assert.All(repeat.Generated.Values, report => Assert.Equal(160, report.MadeCount));
        });
        // What holds for the rare group is the other way round for all others: only a model of its own rows can know.
        var rare = result.Settings[1];
        Assert.True(rare.Of(2, 1, scores => scores.MinorityAuroc).Average() > rare.Of(0, 1, scores => scores.MinorityAuroc).Average() + .05);
    }

    [Fact]
    public async Task Run_OtherThreadsAndSeed_OnlyTheSeedMatters()
    {
        var (one, many) = (await RunAsync(SmallEquity.Create(), SmallEquity.Options with { Compute = new ComputeOptions { MaxDegreeOfParallelism = 1 } }),
            await RunAsync(SmallEquity.Create(), SmallEquity.Options with { Compute = new ComputeOptions { MaxDegreeOfParallelism = 4 } }));
        Assert.Equal(Scores(one), Scores(many));
        Assert.NotEqual(Scores(one), Scores(await RunAsync(SmallEquity.Create(), SmallEquity.Options with { Seed = 2 })));

        static IEnumerable<EquityScores> Scores(EquityResult result) => result.Settings.SelectMany(setting => setting.Repeats).SelectMany(repeat => repeat.Scores).SelectMany(scores => scores);
    }

    [Fact]
    public async Task Run_TrainingRows_AreThoseOfTheArm()
    {
        var cohort = SmallEquity.Create();
        var trained = new ConcurrentBag<EquityTrainingRows>();
        var generator = new SmallEquity.RepeatingGenerator();
        await RunAsync(cohort, SmallEquity.Options with { Minorities = ["rare"], Repeats = 2, Observe = trained.Add, Generators = [new("repeat", "Repeated", generator)] });
        foreach (var repeat in new[] { 1, 2 })
        {
            var arms = trained.Where(one => one.Repeat == repeat).ToDictionary(one => one.Arm);
            Assert.Equal([200, 240, 400, 400, 240, 40], s_trained.Select(arm => arms[arm].Outcomes[0].Count));
            var weights = arms["upweighted"].Weights;
            Assert.Equal((200, 5.0, 1.0), (weights.Take(200).Sum(), weights[200], weights[199]));
        }

        Assert.Equal(4, generator.Requests.Count);
        Assert.Equal(4, generator.Requests.Select(request => request.Seed).Distinct().Count());
        Assert.All(generator.Requests.Where(request => request.Group is not null), request => Assert.Equal(("rare", 40, 200), (request.Group, request.Examples.RowCount, request.MajorityExamples!.RowCount)));
        Assert.All(generator.Requests.Where(request => request.Group is null), request => Assert.Equal((240, null), (request.Examples.RowCount, (object?)request.MajorityExamples)));
        Assert.Equal(2, generator.Requests.Count(request => request.Group is null));
    }

    [Fact]
    public void Draw_SizesAndPatients_NestAndLeaveNobodyOnBothSides()
    {
        var cohort = SmallEquity.Create();
        var rows = GroupPair.Of(cohort, "rare");
        var (small, large) = (new EquityDraw(rows, null, 200, 20, 3, 1), new EquityDraw(rows, null, 200, 60, 3, 1));
        Assert.Equal(small.Minority, large.Minority.Take(20));
        Assert.Equal(small.Majority, large.Majority);
        Assert.Equal(260, large.Majority.Concat(large.Minority).Distinct().Count());
        Assert.All(large.Majority, place => Assert.InRange(place, 0, 539));
        Assert.All(large.Minority, place => Assert.InRange(place, 540, 719));
        Assert.Equal(260, large.IsUsed.Count(used => used));
        // Patients with three visits each, one after the other.
        var patients = Enumerable.Range(0, SmallEquity.RowCount).Select(row => row / 3).ToArray();
        var draw = new EquityDraw(rows, patients, 200, 60, 3, 1);
        var trained = draw.Majority.Concat(draw.Minority).Select(place => patients[rows.Rows[place]]).ToHashSet();
        Assert.True(draw.IsUsed.Count(used => used) > 260);
        Assert.All(Enumerable.Range(0, rows.Rows.Length), place => Assert.Equal(trained.Contains(patients[rows.Rows[place]]), draw.IsUsed[place]));
    }

    [Fact]
    public async Task Run_TooFewRows_LeavesTheSizeOutWithCounts()
    {
        var result = await RunAsync(SmallEquity.Create(), SmallEquity.Options with { MinoritySizes = [40, 180], Repeats = 1 });
        Assert.Equal([("small", 180), ("rare", 180)], result.Skipped.Select(skipped => (skipped.Minority, skipped.Size)));
        Assert.Contains("180 rows", result.Skipped[0].Reason);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(SmallEquity.Create(), SmallEquity.Options with { MajoritySize = 540 }));
        Assert.Contains("540 of them", error.Message);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => RunAsync(SmallEquity.Create(), SmallEquity.Options with { Minorities = ["unknown"] }));
    }

    [Fact]
    public async Task Run_OutcomeThatNobodyHasToTrainOn_IsUndefined()
    {
        var cohort = SmallEquity.Create();
        // Nobody of the rare group dies.
        for (var row = 0; row < SmallEquity.RowCount; row++)
        {
            if (cohort.Groups["rare"][row])
                cohort.Table.Rows.GetWritableRow(row)[3] = 0;
        }

        var result = await RunAsync(cohort, SmallEquity.Options with { Minorities = ["rare"], Repeats = 1 });
        Assert.All(result.Settings[0].Repeats[0].Scores, scores => Assert.Null(scores[0].MinorityAuroc));
        Assert.NotNull(result.Settings[0].Repeats[0].Scores[2][0].MajorityAuroc);
        Assert.Equal(0, result.Settings[0].Repeats[0].TestPositives[0]);
    }

    [Fact]
    public async Task Run_OutcomeMissing_SaysInWhichRow()
    {
        var cohort = SmallEquity.Create();
        var schema = new TableSchema(cohort.Table.Schema.Columns.Select(column => column.IsOutcome ? column with { MayBeMissing = true } : column));
        cohort.Table.Rows.GetWritableRow(7)[4] = float.NaN;
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(cohort with { Table = new SchemaTable(schema, cohort.Table.Rows) }, SmallEquity.Options));
        Assert.Contains("outcome 'admitted' is missing in row 7", error.Message);
    }

    [Fact]
    public void Statistics_Repeats_AreComparedInPairs()
    {
        var repeats = Enumerable.Range(0, 8).Select(repeat => Repeat(repeat, .6 + (.01 * repeat), .62 + (.01 * repeat), repeat == 7 ? null : .5));
        var setting = new EquitySetting("rare", 40, [.. repeats]);
        var result = new EquityResult
        {
            Cohort = SmallEquity.Create(),
            Options = SmallEquity.Options with { Repeats = 8 },
            Arms = [EquityArm.Baseline, EquityArm.Upweighted, EquityArm.Separate],
            Outcomes = ["died"],
            Settings = [setting],
            Skipped = [],
        };
        var statistics = new EquityStatistics(result);
        // The second arm is .02 better in every repeat, however the repeats differ: no draw of repeats can say otherwise.
        var difference = statistics.Difference(setting, 1, 0, 0, Minority)!.Value;
        Assert.All(new[] { difference.Estimate, difference.Lower, difference.Upper }, end => Assert.Equal(.02, end, 1e-12));
        var mean = EquityStatistics.MeanOf(setting, 0, 0, Minority)!.Value;
        Assert.Equal(.635, mean.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(5.25) * .01, mean.Deviation, 1e-12);
        Assert.Equal(8, mean.Count);
        // Seven repeats have all three values.
        var third = statistics.Difference(setting, 2, 0, 0, Minority)!.Value;
        Assert.Equal(-.13, third.Estimate, 1e-12);
        Assert.True(third.Lower < -.13 && third.Upper > -.13);
        Assert.Equal(.02, statistics.BestAgainst(setting, [1, 2], [0], 0, Minority)!.Value.Estimate, 1e-12);
        Assert.Null(new EquityStatistics(result with { Options = SmallEquity.Options with { Repeats = 4 } }).Difference(setting, 1, 0, 0, Minority));

        static double? Minority(EquityScores scores) => scores.MinorityAuroc;
        static EquityRepeat Repeat(int repeat, params double?[] arms) => new(repeat + 1, [.. arms.Select(auroc => new[] { new EquityScores(auroc, auroc, auroc, auroc) })], [10], 100, new Dictionary<string, Engine.Synthesis.GenerationReport>());
    }

    private static Task<EquityResult> RunAsync(EquityCohort cohort, EquityOptions options) => EquityRunner.RunAsync(cohort, options, null, TestContext.Current.CancellationToken);
}
