using System.Globalization;
using System.Text.Json;
using Bench.Cohorts.Equity;
using Bench.Cohorts.Equity.Simulated;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Bench.Studies.Equity;
using Engine.Compute;
using Engine.Data;
using Engine.Synthesis;

namespace Bench.Comparisons.Equity;

/// <summary>The study of synthetic rows on simulated visits, with SMOTE and the copula: six arms, three outcomes, every minority.</summary>
internal sealed class EquityStudyWork : PreparedWork
{
    private const int WarmUpRows = 20_000;
    private const int WarmUpRepeats = 3;

    private readonly EquityCohort _cohort;
    private readonly EquityOptions _options;
    private readonly int _rivalRepeats;
    private EquityResult? _result;

    /// <summary>Simulates visits.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="repeats">The repeats of the study.</param>
    /// <param name="rivalRepeats">Those that other libraries do, no more than all.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    public EquityStudyWork(int rows, int repeats, int rivalRepeats, CancellationToken cancellation)
    {
        _cohort = MimicEdSimulator.Simulate(CohortShelf.Seed, rows, null, cancellation);
        _options = new EquityOptions
        {
            Repeats = repeats,
            Seed = CohortShelf.Seed,
            Generators = [new("smote", "SMOTE", new SmoteSampler()) { IsOfGroupOnly = true }, new("copula", "Copula", new GaussianCopulaSampler())],
        };
        _rivalRepeats = rivalRepeats;
    }

    /// <inheritdoc/>
    public override long RowCount => _cohort.Table.RowCount;

    /// <inheritdoc/>
    public override int FeatureCount => _cohort.Table.Schema.Columns.Count - _cohort.Table.Schema.Outcomes.Count;

    /// <inheritdoc/>
    public override long DataBytes => _cohort.Table.RowCount * _cohort.Table.Schema.Columns.Count * sizeof(float);

    /// <inheritdoc/>
    public override PreparedWork MakeSmall(WorkContext context) => new EquityStudyWork(
        (int)Math.Min(RowCount, WarmUpRows), Math.Min(_options.Repeats, WarmUpRepeats), Math.Min(_rivalRepeats, WarmUpRepeats), context.Cancellation);

    private IReadOnlyList<EquitySetting> Settings => _result!.Settings;

    /// <inheritdoc/>
    public override void Run(WorkContext context, PhaseClock clock) => _result = Run(_options, context.Compute);

    /// <summary>Runs the first repeat again, on one thread.</summary>
    public override IEnumerable<CheckResult> Check(WorkContext context)
    {
        var alone = Run(_options with { Repeats = 1 }, context.Compute with { MaxDegreeOfParallelism = 1 });
        var pairs = alone.Settings.Zip(Settings, (one, all) => one.Repeats[0].Scores.Zip(all.Repeats[0].Scores, (left, right) => left.SequenceEqual(right)).All(same => same)).ToList();
        return [CheckResult.Of("scores of the first repeat beside it alone on one thread", pairs.Count, pairs.IndexOf(false) is var place and >= 0 ? $"{Settings[place].Minority} differs" : null)];
    }

    /// <inheritdoc/>
    public override Agreement Compare(string rival, string answer, WorkContext context) =>
        new(SameScores.Check(rival, _result!, _rivalRepeats, NpyFile.Read<double>(answer).Values));

    /// <inheritdoc/>
    public override IReadOnlyList<string> WriteTask(string folder)
    {
        using var features = TableEncoding.OfFeatures(_cohort.Table.Schema).Encode(_cohort.Table);
        NpyFile.Write(File("features"), features);
        var rows = Enumerable.Range(0, (int)_cohort.Table.RowCount).ToArray();
        var groups = new int[rows.Length];
        Array.Fill(groups, -1);
        var draws = new List<long>();
        Mark(_cohort.Majority, 0);
        for (var setting = 0; setting < Settings.Count; setting++)
        {
            Mark(Settings[setting].Minority, setting + 1);
            var pair = GroupPair.Of(_cohort, Settings[setting].Minority);
            for (var repeat = 1; repeat <= _rivalRepeats; repeat++)
            {
                var draw = new EquityDraw(pair, _cohort.Patients, _options.MajoritySize, Settings[setting].Size, _options.Seed, repeat);
                draws.AddRange(draw.Majority.Concat(draw.Minority).Select(place => pair.Rows[place]));
            }
        }

        NpyFile.Write<int>(File("groups"), groups);
        NpyFile.Write<long>(File("draws"), draws.ToArray());
        NpyFile.Write<int>(File("patients"), _cohort.Patients?.ToArray() ?? rows);
        var columns = _cohort.Table.Schema.Outcomes;
        var values = new float[_cohort.Table.Schema.Columns.Count];
        NpyFile.Write<byte>(File("outcomes"), rows.SelectMany(row =>
        {
            _cohort.Table.Rows.CopyRow(row, values);
            return columns.Select(column => (byte)values[column]).ToArray();
        }).ToArray());
        System.IO.File.WriteAllText(Path.Combine(folder, "study.json"), JsonSerializer.Serialize(new
        {
            minorities = Settings.Count,
            majority = _options.MajoritySize,
            studyRepeats = _options.Repeats,
            repeats = _rivalRepeats,
            ridge = _options.RidgePenalty,
        }));
        NpyFile.Write<double>(File("expected"), [.. SameScores.List(Settings)]);
        return ["study", SameScores.Tolerance.ToString(CultureInfo.InvariantCulture)];

        void Mark(string name, int group)
        {
            foreach (var row in _cohort.Groups[name].ToRows())
                groups[row] = group;
        }

        string File(string name) => Path.Combine(folder, $"{name}.npy");
    }

    private EquityResult Run(EquityOptions options, ComputeOptions compute) =>
        EquityRunner.RunAsync(_cohort, options with { Compute = compute }, null, compute.CancellationToken).GetAwaiter().GetResult();
}
