using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bench.Cohorts.Equity;
using Bench.Studies.Equity;
using Engine.Data;
using Engine.Logistic;
using Engine.Synthesis;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies.Equity;

/// <summary>One repeat of every arm of the study of synthetic rows against scikit-learn: <c>data-fixtures/equity_reference.py</c> says how the expected values are made.</summary>
public sealed class EquityReferenceTests
{
    /// <summary>Log odds of two solvers that both converge.</summary>
    private const double OfLogOdds = 1e-6;

    /// <summary>Areas of the same ranking: both sides add some hundred doubles.</summary>
    private const double OfAreas = 1e-12;

    private const string Minority = "rare";
    private const string MinorityPart = "judged-minority";
    private const string MajorityPart = "judged-majority";

    private static readonly JsonNode s_golden = Golden.Load("equity.json");

    private static readonly EquityOptions s_options = SmallEquity.Options with
    {
        Minorities = [Minority],
        Repeats = 1,
        Generators = [new("smote", "SMOTE", new SmoteSampler()) { IsOfGroupOnly = true }, new("copula", "Copula", new GaussianCopulaSampler())],
    };

    [Fact]
    public async Task Run_EveryArm_GivesTheirLogOddsAndAreas()
    {
        var cohort = SmallEquity.Create();
        var trained = new ConcurrentBag<EquityTrainingRows>();
        var result = await EquityRunner.RunAsync(cohort, s_options with { Observe = one => trained.Add(one with { Rows = one.Rows.Copy() }) }, null, TestContext.Current.CancellationToken);
        var parts = trained.ToDictionary(one => one.Arm);
        foreach (var judged in Judged(cohort))
            parts.Add(judged.Arm, judged);
        Assert.Equal((string?)s_golden["inputs"], WriteInputs(parts.Values.OrderBy(part => part.Arm, StringComparer.Ordinal)));

        foreach (var arm in trained)
            AssertLogOdds(parts, arm);
        for (var arm = 0; arm < result.Arms.Count; arm++)
        {
            var (ofMinority, ofMajority) = result.Arms[arm] == EquityArm.Separate ? ("separate-minority", "separate-majority") : (result.Arms[arm].Name, result.Arms[arm].Name);
            for (var outcome = 0; outcome < result.Outcomes.Count; outcome++)
            {
                var (scores, minority, majority) = (result.Settings[0].Repeats[0].Scores[arm][outcome], Expected(ofMinority, outcome), Expected(ofMajority, outcome));
                Assert.Equal((double)minority["minorityAuroc"]!, scores.MinorityAuroc!.Value, OfAreas);
                Assert.Equal((double)minority["minorityAuprc"]!, scores.MinorityAuprc!.Value, OfAreas);
                Assert.Equal((double)majority["majorityAuroc"]!, scores.MajorityAuroc!.Value, OfAreas);
                Assert.Equal((double)majority["majorityAuprc"]!, scores.MajorityAuprc!.Value, OfAreas);
            }
        }
    }

    private static JsonNode Expected(string arm, int outcome) => s_golden["arms"]![arm]![outcome]!;

    private static void AssertLogOdds(Dictionary<string, EquityTrainingRows> parts, EquityTrainingRows arm)
    {
        var training = new EquityTraining(parts["baseline"].Rows, new LogisticOptions { RidgePenalty = s_options.RidgePenalty }, (_, _, _, _) => { });
        training.Fit(arm.Arm, arm.Rows, arm.Outcomes, arm.Weights);
        var judged = parts[MinorityPart].Rows;
        var logOdds = new double[arm.Outcomes.Count * judged.RowCount];
        training.PredictLogOdds(judged, logOdds);
        for (var outcome = 0; outcome < arm.Outcomes.Count; outcome++)
        {
            var theirs = Expected(arm.Arm, outcome)["logOdds"].Doubles();
            Assert.Equal(judged.RowCount, theirs.Length);
            for (var row = 0; row < theirs.Length; row++)
                Assert.Equal(theirs[row], logOdds[(outcome * theirs.Length) + row], OfLogOdds);
        }
    }

    /// <summary>Gathers the rows that are judged, as arms are gathered.</summary>
    private static IEnumerable<EquityTrainingRows> Judged(EquityCohort cohort)
    {
        var rows = GroupPair.Of(cohort, Minority);
        var draw = new EquityDraw(rows, null, s_options.MajoritySize, s_options.MinoritySizes[0], s_options.Seed, 1);
        var encoded = TableEncoding.OfFeatures(cohort.Table.Schema).Encode(cohort.Table, TestContext.Current.CancellationToken);
        var left = Enumerable.Range(0, rows.Rows.Length).Where(place => !draw.IsUsed[place]).ToArray();
        yield return Part(MinorityPart, [.. left.Where(place => place >= rows.MajorityCount).Select(place => rows.Rows[place])], 1);
        yield return Part(MajorityPart, [.. left.Where(place => place < rows.MajorityCount).Select(place => rows.Rows[place])], 0);

        EquityTrainingRows Part(string name, long[] members, double isMinority) => new(
            Minority,
            s_options.MinoritySizes[0],
            1,
            name,
            Tables.From([.. members.Select(row => (double[])[.. encoded.Row(row).Select(value => (double)value), isMinority])]),
            [.. cohort.Table.Schema.Outcomes.Select(column => Labels.From(Array.ConvertAll(members, row => (byte)cohort.Table.Rows.Row(row)[column])))],
            []);
    }

    /// <summary>The other program was given what the tests are; ENGINE_REFERENCE_INPUTS names a folder that keeps it for it.</summary>
    private static string WriteInputs(IEnumerable<EquityTrainingRows> parts)
    {
        using var temporary = new TemporaryFolder();
        var folder = Environment.GetEnvironmentVariable("ENGINE_REFERENCE_INPUTS") is { Length: > 0 } asked ? asked : temporary.Path;
        var tensors = new List<SafetensorsTensor>();
        foreach (var part in parts)
        {
            var count = (int)part.Rows.RowCount;
            tensors.Add(new($"{part.Arm}.rows", [count, part.Rows.FeatureCount], [.. Enumerable.Range(0, count).SelectMany(row => part.Rows.Row(row))]));
            tensors.AddRange(part.Outcomes.Select((labels, outcome) => new SafetensorsTensor($"{part.Arm}.outcome.{outcome}", [count], [.. Enumerable.Range(0, count).Select(row => (float)labels[row])])));
            tensors.Add(new($"{part.Arm}.weights", [count], part.Weights.Length == 0 ? [.. Enumerable.Repeat(1f, count)] : Array.ConvertAll(part.Weights, weight => (float)weight)));
        }

        var file = Path.Combine(folder, "equity.safetensors");
        new SafetensorsFile(tensors).Write(file);
        return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
    }
}
