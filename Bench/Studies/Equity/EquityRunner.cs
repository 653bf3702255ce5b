using System.Buffers;
using Bench.Cohorts;
using Bench.Cohorts.Equity;
using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Synthesis;

namespace Bench.Studies.Equity;

/// <summary>The study of paper E on one cohort: a minority is made small, and models are trained on it in every way, many times over.</summary>
public sealed class EquityRunner
{
    private readonly EquityCohort _cohort;
    private readonly EquityOptions _options;
    private readonly IReadOnlyList<EquityArm> _arms;
    private readonly TableEncoding _encoding;
    private readonly SampleMatrix _encoded;
    private readonly byte[][] _outcomes;
    private readonly LogisticOptions _fitOptions;
    private readonly Lazy<PicturedColumns> _pictured;
    private readonly IProgress<CohortProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private int _repeatsDone;
    private int _repeatsAsked;

    private EquityRunner(EquityCohort cohort, EquityOptions options, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        (_cohort, _options, _progress, _cancellation) = (cohort, options, progress, cancellation);
        _arms = EquityArm.Of(options.Generators);
        _encoding = TableEncoding.OfFeatures(cohort.Table.Schema);
        _encoded = _encoding.Encode(cohort.Table, cancellation);
        _outcomes = ReadOutcomes(cohort.Table);
        // Repeats run side by side, each on one thread: their fits are too small to share.
        _fitOptions = new LogisticOptions { RidgePenalty = options.RidgePenalty, Compute = options.Compute with { MaxDegreeOfParallelism = 1, CancellationToken = cancellation } };
        _pictured = new Lazy<PicturedColumns>(() => PicturedColumns.Of(cohort.Table, _fitOptions.Compute));
    }

    /// <summary>Runs the study.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Receives how many repeats are done.</param>
    /// <param name="cancellation">Stops the study; replies of language models that are kept stay.</param>
    /// <returns>Everything that was found; the same for any number of threads.</returns>
    /// <exception cref="ArgumentException">The cohort has no outcome or a row without one, or no minority has enough rows.</exception>
    /// <exception cref="KeyNotFoundException">A named minority is not in the cohort; the message lists those that are.</exception>
    public static async Task<EquityResult> RunAsync(EquityCohort cohort, EquityOptions options, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(options);
        if (cohort.Table.Schema.Outcomes.Count == 0)
            throw new ArgumentException($"{cohort.Name} has no outcome to predict; name a column of 0 and 1 as one.");
        return await new EquityRunner(cohort, options, progress, cancellation).RunAsync().ConfigureAwait(false);
    }

    private async Task<EquityResult> RunAsync()
    {
        var minorities = _options.Minorities ?? _cohort.Minorities;
        var (settings, skipped) = (new List<EquitySetting>(), new List<(string, int, string)>());
        _repeatsAsked = minorities.Count * _options.MinoritySizes.Count * _options.Repeats;
        foreach (var minority in minorities)
        {
            var rows = GroupPair.Of(_cohort, minority);
            using var features = FeaturesOf(rows);
            foreach (var size in _options.MinoritySizes.Order())
            {
                if (WhyNot(rows, size) is { } reason)
                {
                    skipped.Add((minority, size, reason));
                    Interlocked.Add(ref _repeatsDone, _options.Repeats);
                }
                else
                {
                    settings.Add(await RunSettingAsync(rows, features, size).ConfigureAwait(false));
                }
            }
        }

        if (settings.Count == 0)
            throw new ArgumentException($"no minority of {_cohort.Name} has enough rows. {string.Join(" ", skipped.Select(one => one.Item3))}");
        return new EquityResult
        {
            Cohort = _cohort,
            Options = _options,
            Arms = _arms,
            Outcomes = [.. _cohort.Table.Schema.Outcomes.Select(column => _cohort.Table.Schema.Columns[column].Name)],
            Settings = settings,
            Skipped = skipped,
        };
    }

    private string? WhyNot(GroupPair rows, int size)
    {
        if (rows.MinorityCount <= size)
            return $"{rows.Name} has {rows.MinorityCount:N0} rows, and {size:N0} of them are to train: none is left to judge on.";
        return rows.MajorityCount <= _options.MajoritySize
            ? $"{_cohort.Majority} has {rows.MajorityCount:N0} rows, and {_options.MajoritySize:N0} of them are to train: none is left to judge on."
            : null;
    }

    private async Task<EquitySetting> RunSettingAsync(GroupPair rows, SampleMatrix features, int size)
    {
        var repeats = new EquityRepeat[_options.Repeats];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Compute.MaxDegreeOfParallelism, CancellationToken = _cancellation };
        await Parallel.ForAsync(1, repeats.Length + 1, parallel, async (repeat, _) =>
        {
            repeats[repeat - 1] = await RunRepeatAsync(rows, features, size, repeat).ConfigureAwait(false);
            _progress?.Report(new CohortProgress($"{rows.Name}, {size:N0} rows", Interlocked.Increment(ref _repeatsDone), _repeatsAsked, "repeats"));
        }).ConfigureAwait(false);
        return new EquitySetting(rows.Name, size, repeats);
    }

    private async Task<EquityRepeat> RunRepeatAsync(GroupPair rows, SampleMatrix features, int size, int repeat)
    {
        var draw = new EquityDraw(rows, _cohort.Patients, _options.MajoritySize, size, _options.Seed, repeat);
        long[] both = [.. draw.Majority, .. draw.Minority];
        using var real = features.SelectRows(both).Copy();
        var outcomes = OutcomesOf(rows, both);
        var training = new EquityTraining(real, _fitOptions, (name, trained, labels, weights) => _options.Observe?.Invoke(new(rows.Name, size, repeat, name, trained, labels, weights)));
        var fits = new List<(int[] Minority, int[] Majority)>();
        var generated = new Dictionary<string, GenerationReport>();
        var fidelity = new List<EquityFidelity>();
        for (var arm = 0; arm < _arms.Count; arm++)
        {
            if (_arms[arm].Generator is { } generator)
            {
                var examples = _cohort.Table.SelectRows(Array.ConvertAll(_arms[arm].LearnsFromGroup ? draw.Minority : both, place => rows.Rows[place]));
                var made = await generator.Rows.GenerateAsync(
                    new GenerationRequest
                    {
                        Examples = examples,
                        RowCount = _options.MajoritySize - size,
                        Seed = draw.SeedOf(arm),
                        Group = _arms[arm].LearnsFromGroup ? rows.Name : null,
                        MajorityExamples = _arms[arm].LearnsFromGroup ? _cohort.Table.SelectRows(Array.ConvertAll(draw.Majority, place => rows.Rows[place])) : null,
                    },
                    _cancellation).ConfigureAwait(false);
                generated.Add(_arms[arm].Name, made.Report);
                using var table = made.Table.Rows;
                _options.ObserveMade?.Invoke(new(rows.Name, size, repeat, _arms[arm].Name, made.Table));
                if (repeat == 1 && made.Table.RowCount > 0 && EquityFidelity.Of(_cohort, rows, draw, _arms[arm], examples, made.Table, _pictured, _fitOptions.Compute) is { } compared)
                    fidelity.Add(compared);
                using var larger = Append(real, made.Table);
                fits.Add(Twice(training.Fit(_arms[arm].Name, larger, Append(outcomes, made.Table), [])));
            }
            else if (_arms[arm] == EquityArm.Separate)
            {
                fits.Add((FitPart(training, "separate-minority", real, outcomes, draw.Majority.Length, size), FitPart(training, "separate-majority", real, outcomes, 0, draw.Majority.Length)));
            }
            else
            {
                var weights = _arms[arm] == EquityArm.Upweighted ? Weights(draw.Majority.Length, size) : [];
                fits.Add(Twice(training.Fit(_arms[arm].Name, real, outcomes, weights)));
            }
        }

        return Judge(rows, features, draw, training, fits, generated, repeat) with { Fidelity = fidelity };
    }

    private EquityRepeat Judge(GroupPair rows, SampleMatrix features, EquityDraw draw, EquityTraining training, List<(int[] Minority, int[] Majority)> fits, Dictionary<string, GenerationReport> generated, int repeat)
    {
        var count = rows.Rows.Length;
        var most = fits.Sum(fit => fit.Minority.Concat(fit.Majority).Distinct().Count());
        var logOdds = ArrayPool<double>.Shared.Rent(checked(most * count));
        try
        {
            var scored = logOdds.AsMemory(0, training.PredictLogOdds(features, logOdds));
            var minority = Enumerable.Range(rows.MajorityCount, rows.MinorityCount).Where(place => !draw.IsUsed[place]).Select(place => (long)place).ToArray();
            var majority = Enumerable.Range(0, rows.MajorityCount).Where(place => !draw.IsUsed[place]).Select(place => (long)place).ToArray();
            var (ofMinority, ofMajority) = (OutcomesOf(rows, minority), OutcomesOf(rows, majority));
            var scores = fits.Select(fit => (IReadOnlyList<EquityScores>)[.. Enumerable.Range(0, _outcomes.Length).Select(outcome =>
            {
                var (minorityAuroc, minorityAuprc) = Measure(scored, count, fit.Minority[outcome], minority, ofMinority[outcome]);
                var (majorityAuroc, majorityAuprc) = Measure(scored, count, fit.Majority[outcome], majority, ofMajority[outcome]);
                return new EquityScores(minorityAuroc, minorityAuprc, majorityAuroc, majorityAuprc);
            })]).ToArray();
            return new EquityRepeat(repeat, scores, [.. ofMinority.Select(labels => labels.PositiveCount)], minority.Length, generated);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(logOdds);
        }
    }

    private static (double? Auroc, double? Auprc) Measure(ReadOnlyMemory<double> scored, int count, int fit, long[] places, Labels labels)
    {
        if (fit == EquityTraining.Undefined || labels.PositiveCount == 0 || labels.NegativeCount == 0)
            return (null, null);
        var ofFit = scored.Span.Slice(fit * count, count);
        var scores = ArrayPool<double>.Shared.Rent(places.Length);
        for (var i = 0; i < places.Length; i++)
            scores[i] = ofFit[(int)places[i]];
        var metrics = MetricSet.Compute<double>(scores.AsSpan(0, places.Length), labels, threshold: 0);
        ArrayPool<double>.Shared.Return(scores);
        return (metrics.Auroc, metrics.AveragePrecisionC1);
    }

    private static int[] FitPart(EquityTraining training, string name, SampleMatrix real, IReadOnlyList<Labels> outcomes, int first, int count)
    {
        var part = Enumerable.Range(first, count).Select(row => (long)row).ToArray();
        return training.Fit(name, real.SelectRows(part), [.. outcomes.Select(labels => labels.Select(part))], []);
    }

    private static (int[] Minority, int[] Majority) Twice(int[] fits) => (fits, fits);

    private static double[] Weights(int majoritySize, int minoritySize)
    {
        var weights = new double[majoritySize + minoritySize];
        weights.AsSpan(0, majoritySize).Fill(1);
        weights.AsSpan(majoritySize).Fill((double)majoritySize / minoritySize);
        return weights;
    }

    /// <summary>Returns the features of both groups with a last column that is 1 for the minority.</summary>
    private SampleMatrix FeaturesOf(GroupPair rows)
    {
        var features = SampleMatrix.Create(rows.Rows.Length, _encoded.FeatureCount + 1);
        for (var place = 0; place < rows.Rows.Length; place++)
        {
            var target = features.GetWritableRow(place);
            _encoded.CopyRow(rows.Rows[place], target[..^1]);
            target[^1] = place < rows.MajorityCount ? 0 : 1;
        }

        return features;
    }

    /// <summary>Returns real rows followed by made ones, which are the minority's.</summary>
    private SampleMatrix Append(SampleMatrix real, SchemaTable made)
    {
        using var encoded = _encoding.Encode(made, _cancellation);
        var both = SampleMatrix.Create(real.RowCount + encoded.RowCount, real.FeatureCount);
        for (var row = 0L; row < both.RowCount; row++)
        {
            var target = both.GetWritableRow(row);
            if (row < real.RowCount)
            {
                real.CopyRow(row, target);
            }
            else
            {
                encoded.CopyRow(row - real.RowCount, target[..^1]);
                target[^1] = 1;
            }
        }

        return both;
    }

    private static IReadOnlyList<Labels> Append(IReadOnlyList<Labels> real, SchemaTable made) =>
        [.. ReadOutcomes(made).Zip(real, (labels, before) => Labels.From([.. before.Values, .. labels]))];

    private IReadOnlyList<Labels> OutcomesOf(GroupPair rows, long[] places) =>
        [.. _outcomes.Select(values => Labels.From(Array.ConvertAll(places, place => values[rows.Rows[place]])))];

    private static byte[][] ReadOutcomes(SchemaTable table)
    {
        var columns = table.Schema.Outcomes;
        var outcomes = columns.Select(_ => new byte[table.RowCount]).ToArray();
        var row = new float[table.Schema.Columns.Count];
        for (var index = 0L; index < table.RowCount; index++)
        {
            table.Rows.CopyRow(index, row);
            for (var outcome = 0; outcome < outcomes.Length; outcome++)
            {
                if (float.IsNaN(row[columns[outcome]]))
                    throw new ArgumentException($"outcome '{table.Schema.Columns[columns[outcome]].Name}' is missing in row {index:N0}; leave out the rows that lack it.");
                outcomes[outcome][index] = (byte)row[columns[outcome]];
            }
        }

        return outcomes;
    }
}
