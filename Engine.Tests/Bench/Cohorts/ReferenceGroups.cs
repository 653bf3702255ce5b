using System.Text.Json.Nodes;
using Bench.Cohorts;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts;

/// <summary>The sizes of groups in the reference results on real data, against those of a cohort's test rows.</summary>
internal static class ReferenceGroups
{
    public static JsonNode Load(string dataSet) => JsonNode.Parse(File.ReadAllText(SharedData.Require("data/LR_BASELINES_REAL.json")))![dataSet]!;

    public static void AssertTestRowsMatch(string dataSet, Cohort cohort)
    {
        foreach (var (name, reference) in Load(dataSet).AsObject())
        {
            if (reference is not JsonObject)
                continue;
            var rows = cohort.RowsOf(CohortSplit.Test).Where(row => cohort.Groups[name][(int)row]).ToArray();
            Assert.Equal((name, reference["n"].As<int>(), reference["pos"].As<int>()), (name, rows.Length, cohort.Labels.Select(rows).PositiveCount));
        }
    }

    public static int PositivesIn(Cohort cohort, string group) =>
        Enumerable.Range(0, cohort.Labels.Count).Count(row => cohort.Groups[group][row] && cohort.Labels[row] == 1);
}
