using Bench.Cohorts;
using Bench.Studies;
using Bench.Studies.Prioritized;
using Engine.Data;
using Engine.Metrics;
using Engine.Prognosis;

namespace Engine.Tests.Bench.Studies.Prioritized;

/// <summary>A study whose numbers a test sets: so many right and wrong predictions of C1 by each arm in each group, and intervals of one width.</summary>
internal sealed class ConstructedStudy
{
    public const int Positives = 40;
    public const int Negatives = 160;

    private static readonly string[] s_groups = ["all", "black", "white"];

    private readonly List<TrainedArm> _arms = [];

    /// <summary>Gets or sets half the width of every interval.</summary>
    public double HalfWidth { get; set; } = .01;

    /// <summary>Gets or sets the numbers of units that DP tried.</summary>
    public IReadOnlyList<int> Units { get; set; } = [1, 2, 3];

    /// <summary>Gets the test rows of C1 in a group, where they are others than usual.</summary>
    public Dictionary<string, int> PositivesOf { get; } = [];

    /// <summary>Adds an arm.</summary>
    /// <param name="method">The method.</param>
    /// <param name="served">The group that it serves.</param>
    /// <param name="found">C1 rows of every group predicted C1, of <see cref="Positives"/>.</param>
    /// <param name="wrong">C0 rows predicted C1, of <see cref="Negatives"/>.</param>
    /// <param name="search">What was tried, and chosen.</param>
    public ConstructedStudy Add(string method, string? served, int found, int wrong, UnitSearch? search = null)
    {
        SubgroupRow[] rows = [.. s_groups.Select(group => new SubgroupRow(group, Metrics(PositivesOf.GetValueOrDefault(group, Positives), found, wrong)))];
        _arms.Add(new TrainedArm(new ArmName(method, served), 1)
        {
            TrainingRowCount = 1,
            Seconds = 0,
            Models = [],
            Search = search,
            Tables = new Dictionary<CohortSplit, IReadOnlyList<SubgroupRow>> { [CohortSplit.Validation] = rows, [CohortSplit.Test] = rows },
            Thresholds = s_groups.ToDictionary(group => group, _ => .5),
        });
        return this;
    }

    /// <summary>Makes a search that chose some units.</summary>
    /// <param name="chosen">The number of units.</param>
    /// <param name="outcomes">For each number of units from 1, the C1 rows found and the C0 rows taken for C1.</param>
    public static UnitSearch Search(int chosen, params (int Found, int Wrong)[] outcomes) => new(
        [.. outcomes.Index().Select(one => new UnitScore(one.Index + 1, .5, .5) { Confusion = new ConfusionCounts(one.Item.Found, one.Item.Wrong, Positives - one.Item.Found, Negatives - one.Item.Wrong) })],
        chosen,
        null!);

    public JudgedStudy Judge() => new(
        new PrioritizedResult
        {
            Cohort = SmallCohort.Create(),
            Options = new PrioritizedOptions { Units = Units },
            Model = new StudyModel(new LogisticPrognosis(), "logistic regression", "a test"),
            RepeatCount = 1,
            Served = ["black"],
            Bias = Enum.GetValues<CohortSplit>().ToDictionary(split => split, split => (IReadOnlyList<BiasRow>)[.. s_groups.Select(group => Count(split, group))]),
            PatientNoun = "patients",
            SelectionRows = "some rows",
            Arms = _arms,
            Skipped = [],
            Intervals = [.. _arms.Select(arm => new ArmIntervals(arm.Name, [.. s_groups.Select(group => Around(group, metric => arm.ValueOf(group, metric)))]))],
            Differences = [.. _arms.SelectMany(arm => _arms.Where(other => other != arm).Select(other => new ArmDifference(
                arm.Name, other.Name, [.. s_groups.Select(group => Around(group, metric => arm.ValueOf(group, metric) - other.ValueOf(group, metric)))])))],
        },
        [("ethnicity", ["black", "white"])]);

    private BiasRow Count(CohortSplit split, string group)
    {
        var positives = split == CohortSplit.Train ? Positives : PositivesOf.GetValueOrDefault(group, Positives);
        return new BiasRow(group, positives + Negatives, 1, positives, (double)positives / (positives + Negatives), 1, positives + Negatives, positives);
    }

    private SubgroupIntervals Around(string group, Func<ScoreMetric, double?> valueOf) =>
        new(group, BootstrapTable.Summarize(2, 1, valueOf, (draw, metric) => valueOf(metric) + (draw == 0 ? -HalfWidth : HalfWidth)));

    private static MetricSet Metrics(int positives, int found, int wrong)
    {
        byte[] labels = [.. Enumerable.Repeat((byte)1, positives), .. Enumerable.Repeat((byte)0, Negatives)];
        double[] scores =
        [
            .. Enumerable.Range(0, positives).Select(row => row < found ? .9 : .1),
            .. Enumerable.Range(0, Negatives).Select(row => row < wrong ? .9 : .1),
        ];
        return MetricSet.Compute(scores, Labels.From(labels), .5);
    }
}
