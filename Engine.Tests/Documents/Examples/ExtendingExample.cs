using System.Globalization;
using System.Runtime.CompilerServices;
using Bench.Cohorts;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis;
using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Numerics.Lanes;
using Engine.Prognosis;
using Engine.Resampling;
using Engine.Tests.Bench.Comparisons;
using Engine.Tests.Support;

namespace Engine.Tests.Documents.Examples;

public sealed class ExtendingExample : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LastOfCluster_Plan_KeepsARowOfEachPatient()
    {
        var plan = new LastOfCluster().Plan(new LabeledSamples(Ward.Labels, Ward.Samples, clusters: Ward.Patients));
        Assert.Equal(Enumerable.Range(0, 200).Select(patient => (patient * 3L) + 2), plan.KeptRows!.Value.ToArray());
        Assert.Throws<ArgumentException>(() => new LastOfCluster().Plan(Ward.Samples, Ward.Labels));
    }

    [Fact]
    public void Excess_EveryLength_EqualsThreeLines()
    {
        for (var length = 1; length <= 257; length++)
        {
            var samples = Tables.Normal(2, length, (ulong)length);
            var block = samples.ReadBlock(0, new float[samples.BlockScratchLength]);
            var distances = new float[1];
            DistanceKernel.Compute<Excess>(block.PaddedRow(0), block.PaddedRow(1), block.Stride, distances);
            Assert.Equal(ThreeLines(block.PaddedRow(0), block.PaddedRow(1)), distances[0]);
        }

        static float ThreeLines(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        {
            var (lane, n) = (new float[16], x.Length);
            // <example>
            for (var i = 0; i < n; i++) lane[i % 16] += Term(x[i], y[i]);
            for (var w = 8; w >= 1; w /= 2)
                for (var j = 0; j < w; j++) lane[j] += lane[j + w];          // lane[0] is the distance
            // </example>
            return lane[0];
        }

        static float Term(float x, float y) => MathF.Max(x - y, 0);
    }

    [Fact]
    public void FallsReader_Read_GivesACohortOrSaysWhere()
    {
        var file = _folder.File("falls.csv");
        File.WriteAllText(file, "age,sex,drugs,fell\n81,F,4,1\n67,M,,0\n");
        var cohort = FallsReader.Read(file);
        Assert.Equal([81, 0, 4], cohort.Samples.Row(0));
        Assert.Equal([67, 1, float.NaN], cohort.Samples.Row(1));
        Assert.Equal([Cohort.Everyone, "male", "female", "60s", "80s"], cohort.Groups.Names);

        File.WriteAllText(file, "age,sex,drugs,fell\n81,F,4,yes\n");
        Assert.EndsWith("falls.csv, line 2, column 'fell', value 'yes': a label must be 0 or 1.", Assert.Throws<CohortFormatException>(() => FallsReader.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prevalence_InASearch_IsFittedSavedAndRead()
    {
        var train = new LabeledSamples(Ward.Labels, Ward.Samples, groups: Ward.Groups);
        var search = DoublePrioritized.Search(new Prevalence(), new TrainingTask(train), train, "Black");
        Assert.Equal(15, search.Scores.Count);

        var (fitted, read) = (new double[Ward.RowCount], new double[Ward.RowCount]);
        new Prevalence().Fit(new TrainingTask(train)).Predict(train, fitted);
        Assert.All(fitted, probability => Assert.Equal((double)Ward.Labels.PositiveCount / Ward.RowCount, probability));
        new Prevalence().Fit(new TrainingTask(train)).Save(_folder.File("model"));
        new Prevalence().Load(_folder.File("model")).Predict(train, read);
        Assert.Equal(fitted, read);
    }

    [Fact]
    public void Scaling_FewRows_IsRightAndTimed()
    {
        var result = SmallComparison.Run(Scaling with { Size = new ArraySize(5_000) });
        Assert.Null(result.FirstDifference);
        Assert.Equal(8, Assert.Single(result.Checks).Checked);
        Assert.NotNull(result.Engine!.Seconds);
    }

    // <example>
    /// <summary>Keeps the last row of each cluster, such as the last hour of a stay: rows that are independent.</summary>
    internal sealed record LastOfCluster : ISampler
    {
        public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
        {
            ArgumentNullException.ThrowIfNull(training);
            if (training.Clusters.IsEmpty)
                throw new ArgumentException("the samples have no clusters, of which to keep the last row; say of each row to which it belongs.", nameof(training));
            var last = new Dictionary<int, long>();
            for (var row = 0; row < training.Count; row++)
                last[training.Clusters.Span[row]] = row;
            return ResamplingPlan.Keep(training.Count, [.. last.Values.Order()]);
        }
    }
    // </example>

    // <example>
    /// <summary>max(x - y, 0): how far a query lies above a row; where it lies below counts nothing.</summary>
    internal readonly struct Excess : IDistanceTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, IArithmetic<TLanes, float> => TLanes.Max(TLanes.Subtract(x, y), TLanes.Zero);
    }
    // </example>

    // <example>
    /// <summary>Reads falls of a year: a CSV file with age, sex, number of drugs, and whether the person fell.</summary>
    internal static class FallsReader
    {
        public static Cohort Read(string file, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
        {
            using var table = CsvTable.Open(file);                                      // errors name file, line, column and value
            table.RequireHeader("age", "sex", "drugs", "fell");
            var rows = new TableRows(featureCount: 3);
            while (table.Next())
            {
                cancellation.ThrowIfCancellationRequested();
                var (age, isMale) = (table.Number(0), table.Level(1, "M", "F") == "M");
                rows.Add([(float)age, isMale ? 1 : 0, (float)table.NumberOrMissing(2)], table.Label(3), isMale, age);
            }

            progress?.Report(new("reading falls", rows.Count, rows.Count, "rows"));
            var groups = rows.GroupBySex();
            rows.AddAgeBandsTo(groups);
            return new Cohort
            {
                Name = "Falls",
                PositiveMeaning = "a fall within a year",
                FeatureNames = ["age", "sex=male", "drugs"],
                Samples = rows.ToSamples(),
                Labels = rows.ToLabels(),
                Groups = groups,
                Splits = FifthRowSplit.Of(rows.Count),
                RidgePenalty = 1,
                RidgePenaltySource = "scikit-learn's default",
            };
        }
    }
    // </example>

    // <example>
    /// <summary>Gives everyone the share of class 1 among the rows that it was fitted on: what a model must beat.</summary>
    internal sealed record Prevalence : IPrognosisModel
    {
        public string Name => "prevalence";

        public SampleForm Reads => SampleForm.Rows;

        public bool FitsAlone => true;

        public IReadOnlyList<KeyValuePair<string, string>> Settings => [];

        public IFittedModel Fit(TrainingTask task)
        {
            var plan = task.Plan ?? ResamplingPlan.KeepAll(task.Train.Count);
            double positives = 0, all = 0;
            void Add(double weight, byte label) => (positives, all) = (positives + (weight * label), all + weight);
            for (var row = 0; row < task.Train.Count; row++)
                Add(plan.MultiplicityOf(row) * (task.SampleWeights.IsEmpty ? 1 : task.SampleWeights.Span[row]), task.Train.Labels[row]);
            for (var row = 0; row < plan.Synthetic.Length; row++)
                Add(1, plan.SyntheticLabelOf(row));
            return new Fitted(positives / all);
        }

        public IFittedModel Load(string path) => double.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var share)
            ? new Fitted(share)
            : throw new InvalidDataException($"{path} holds no share of class 1.");

        internal sealed record Fitted(double Share) : IFittedModel
        {
            public ModelSummary Summary => new("prevalence");

            public void Predict(LabeledSamples samples, Span<double> probabilities, ComputeOptions? options = null) => probabilities[..samples.Count].Fill(Share);

            public void Save(string path) => File.WriteAllText(path, Share.ToString("R", CultureInfo.InvariantCulture));
        }
    }
    // </example>

    // <example>
    /// <summary>Means and deviations of eight columns, the means held against a plain sum.</summary>
    internal sealed class ScalingWork(int rowCount, WorkContext context) : PreparedWork
    {
        private readonly SampleMatrix _samples = GeneratedRows.Make(rowCount, 8, context).Samples;
        private FeatureScaler? _scaler;

        public override long RowCount => rowCount;

        public override int FeatureCount => 8;

        public override PreparedWork MakeSmall(WorkContext context) => new ScalingWork(Math.Min(rowCount, 4_000), context);

        public override void Run(WorkContext context, PhaseClock clock) => _scaler = FeatureScaler.Fit(_samples, context.Cancellation);

        public override IEnumerable<CheckResult> Check(WorkContext context)
        {
            var sums = new double[FeatureCount];
            for (var row = 0; row < rowCount; row++)
            {
                for (var column = 0; column < sums.Length; column++)
                    sums[column] += _samples.GetWritableRow(row)[column];
            }

            var differences = sums.Select((sum, column) => Math.Abs((sum / rowCount) - _scaler!.Means[column]) <= 1e-12 ? null : $"the mean of column {column} differs").ToArray();
            return [CheckResult.OfEach("means beside plain sums", differences)];
        }
    }

    internal static ComparisonCase Scaling { get; } =
        new("scaling", "means and deviations", "generated columns", new ArraySize(1_000_000), (size, context) => new ScalingWork(size.Rows, context))
        {
            Bars = [Bar.WithinSeconds(.1)],
            NeededBytes = 1L << 30,
        };
    // </example>
}
