using Bench.Studies.Arms;
using Engine.Compute;
using Engine.Data;
using Engine.Networks;
using Engine.Prognosis;
using Engine.Resampling;

namespace Engine.Tests.Bench.Studies.Reference;

/// <summary>A small study of which other people's programs make every arm again: a model, without dropout, whose draws only the engine can make, on a generated cohort.</summary>
/// <param name="Model">The model.</param>
/// <param name="Cohort">The samples.</param>
internal sealed record ReferenceStudy(IPrognosisModel Model, ReferenceCohort Cohort)
{
    private const ulong Seed = 20;
    private const int Units = 3;

    /// <summary>Later on an LSTM has learned its few stays by heart, and a difference in rounding grows severalfold an epoch: PyTorch in float32 then differs as much from itself in float64.</summary>
    private const int LstmEpochs = 6;

    private static readonly ArmSettings s_settings = new(Seed, NeighborCount: 5);

    /// <summary>Gets the names of the models.</summary>
    public static IReadOnlyList<string> Models { get; } = ["logistic", "mlp", "lstm"];

    /// <summary>Gets the names of the arms.</summary>
    public static IReadOnlyList<string> Methods { get; } = [ResamplingMethod.None, "random-over", "smote", ResamplingMethod.DoublePrioritized];

    /// <summary>Makes a study: scikit-learn's default penalty, or the networks and training of the paper.</summary>
    /// <param name="model">A name of <see cref="Models"/>.</param>
    public static ReferenceStudy Of(string model) => model switch
    {
        "logistic" => new ReferenceStudy(new LogisticPrognosis { RidgePenalty = 1 }, ReferenceCohort.OfRows()),
        "mlp" => new ReferenceStudy(new Mlp { Architecture = MlpArchitecture.Paper with { Dropout = 0 } }, ReferenceCohort.OfRows()),
        _ => new ReferenceStudy(new Lstm { Architecture = WithoutDropout(LstmArchitecture.PaperMortality), Training = new() { Epochs = LstmEpochs } }, ReferenceCohort.OfStays()),
    };

    /// <summary>Fits an arm as a study does.</summary>
    /// <param name="method">A name of <see cref="Methods"/>.</param>
    /// <param name="compute">How to use the machine.</param>
    public ArmFit Fit(string method, ComputeOptions compute) => ResamplingMethod.Get(method).Fit(WorkOf(compute));

    /// <summary>Plans an arm.</summary>
    /// <param name="method">A name of <see cref="Methods"/>.</param>
    public ResamplingPlan PlanOf(string method) => ResamplingMethod.Get(method) switch
    {
        SamplerArm arm => arm.Create(s_settings, 0).Plan(SamplesToPlanOn()),
        UnitSearchArm => DoublePrioritized.Plan(Cohort.Train.Labels, Cohort.Train.Groups[ReferenceCohort.GroupToServe], Units),
        _ => ResamplingPlan.KeepAll(Cohort.Train.Count),
    };

    /// <summary>Returns the tensors of a network and what they start from, in the order of files.</summary>
    public (IReadOnlyList<NetworkTensor> Tensors, float[] Values) Start()
    {
        if (Model is Lstm lstm)
        {
            var layout = new LstmLayout(lstm.Architecture, Cohort.Train.Sequences.FeatureCount);
            var parameters = new float[layout.ParameterCount];
            layout.Initialize(parameters, Seed);
            return (layout.Tensors, parameters);
        }

        var shape = new MlpShape(((Mlp)Model).Architecture, Cohort.Train.Rows.FeatureCount);
        var values = new float[shape.ParameterCount];
        shape.Initialize(values, Seed);
        return (shape.Tensors, values);
    }

    /// <summary>Returns the order in which a network is trained on the samples of an epoch: for every epoch its batches back to back.</summary>
    /// <param name="placeCount">The samples of an epoch.</param>
    public float[][] OrderOf(int placeCount)
    {
        var settings = Model is Lstm lstm ? lstm.Training : ((Mlp)Model).Training;
        var batches = new BatchOrder([.. Enumerable.Range(0, placeCount).Select(place => new BatchSample(place, 1, 0))], default, settings, Seed);
        return
        [
            .. Enumerable.Range(0, settings.Epochs).Select(epoch => Enumerable.Range(epoch * batches.BatchesPerEpoch, batches.BatchesPerEpoch)
                .SelectMany(batch => batches[batch].ToArray()).Select(sample => (float)sample.Row).ToArray()),
        ];
    }

    /// <summary>Returns the training samples as methods that look for neighbors see them.</summary>
    public LabeledSamples SamplesToPlanOn() => WorkOf(ComputeOptions.Default).SamplesToPlanOn;

    /// <summary>Returns the k neighbors of every minority sample that made ones may lie towards, nearest first.</summary>
    public (long[] Rows, long[] Neighbors) NeighborsToMakeFrom()
    {
        var samples = SamplesToPlanOn();
        var minority = MinorityRows.Of(samples.Rows, samples.Labels, group: null, s_settings.NeighborCount, targetRatio: 1, ComputeOptions.Default);
        return (minority.Rows, minority.NearestMinority(s_settings.NeighborCount, new() { Compute = ComputeOptions.Default }));
    }

    private static LstmArchitecture WithoutDropout(LstmArchitecture paper) =>
        paper with { Layers = [.. paper.Layers.Select(layer => layer with { InputDropout = 0 })], OutputDropout = 0 };

    private ArmWork WorkOf(ComputeOptions compute) =>
        new(Model, new TrainingTask(Cohort.Train) { Validation = Cohort.Validation, Seed = Seed, Compute = compute }, s_settings)
        {
            FindGroup = () => ReferenceCohort.GroupToServe,
            FindSelection = () => new UnitSelection(Cohort.Train, Cohort.Validation, NeedsRefit: false),
            SearchOptions = new UnitSearchOptions { Units = [Units] },
        };
}
