using System.Text.Json.Nodes;
using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

/// <summary>Rows that imbalanced-learn keeps, of tables without ties.</summary>
public sealed class CleaningGoldenTests
{
    private static readonly JsonNode s_golden = Golden.Load("cleaning.json");

    public static TheoryData<string, CleanedClasses> Cases
    {
        get
        {
            var cases = new TheoryData<string, CleanedClasses>();
            foreach (var name in s_golden["cases"]!.AsArray().Select(set => (string)set!["name"]!))
            {
                foreach (var classes in Enum.GetValues<CleanedClasses>())
                    cases.Add(name, classes);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TomekLinks_NoTies_KeepsWhatImbalancedLearnKeeps(string name, CleanedClasses classes)
    {
        var (set, samples, labels) = Load(name);
        Assert.Equal(RowsOf(set["tomek"]!, classes), new TomekLinks { Classes = classes }.Plan(samples, labels).KeptRows!.Value.ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EditedNearestNeighbors_NoTies_KeepsWhatImbalancedLearnKeeps(string name, CleanedClasses classes)
    {
        var (set, samples, labels) = Load(name);
        foreach (var edited in set["enn"]!.AsArray())
        {
            var editing = new EditedNearestNeighbors { Classes = classes, NeighborCount = (int)edited!["k"]!, Rule = Enum.Parse<EditingRule>((string)edited["rule"]!, ignoreCase: true) };
            Assert.Equal(RowsOf(edited["kept"]!, classes), editing.Plan(samples, labels).KeptRows!.Value.ToArray());
        }
    }

    private static (JsonNode Set, SampleMatrix Samples, Labels Labels) Load(string name)
    {
        var set = s_golden["cases"]!.AsArray().First(set => (string)set!["name"]! == name)!;
        return (set, Tables.From(set["X"].Rows()), Labels.From(set["y"].Ints()));
    }

    private static long[] RowsOf(JsonNode kept, CleanedClasses classes) => [.. kept[classes.ToString().ToLowerInvariant()].Ints().Select(row => (long)row)];
}
