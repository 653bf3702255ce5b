using Engine.Data;
using Engine.Logistic;
using Engine.Prognosis;
using Engine.Resampling;

namespace Engine.Tests.Documents.Examples;

public sealed class ResamplingExample
{
    [Fact]
    public void Plans()
    {
        var (samples, labels, groups) = (Ward.Samples, Ward.Labels, Ward.Groups);

        // <example>
        var training = new LabeledSamples(labels, samples, groups: groups);
        var smote = new Smote { Seed = 7 }.Plan(training);                              // minority rows made, to 1:1
        var within = new Smote { Seed = 7, Rows = groups["Black"] }.Plan(training);     // as if the group were the whole table
        var cleaned = new SmoteEnn { Smote = new() { Seed = 7 } }.Plan(training);       // then rows among the other class removed
        var fewer = new NearMiss { Version = 1, TargetRatio = .5 }.Plan(training);      // majority rows chosen, to two for one

        var fit = LogisticRegression.Fit(samples, labels, new() { Plan = smote });      // plans go into fits as they are
        var made = smote.SyntheticRows(samples);                                        // a view, computed when it is read
        var weighted = LogisticRegression.Fit(samples, labels, new() { SampleWeights = ClassWeights.Balanced(labels) });
        // </example>

        Assert.Equal(2 * labels.NegativeCount, smote.TotalRowCount);
        Assert.Equal(smote.Synthetic.Length, made.RowCount);
        Assert.True(within.Synthetic.Length < smote.Synthetic.Length && cleaned.TotalRowCount < smote.TotalRowCount);
        Assert.Equal(3 * labels.PositiveCount, fewer.TotalRowCount);
        Assert.All((LogisticFit[])[fit, weighted], one => Assert.Equal(FitStatus.Converged, one.Status));
    }

    [Fact]
    public void Units()
    {
        var train = new LabeledSamples(Ward.Labels, Ward.Samples, groups: Ward.Groups);
        var validation = train;

        // <example>
        var search = DoublePrioritized.Search(new LogisticPrognosis { RidgePenalty = 1 }, new TrainingTask(train), validation, "Black");
        var (units, model, curve) = (search.ChosenUnits, search.Chosen, search.Scores);     // the choice, and all 15 that it was made from
        // </example>

        Assert.Contains(units, DoublePrioritized.PaperUnits);
        Assert.Equal(15, curve.Count);
        Assert.Equal(FitStatus.Converged, model.Summary.Status);
    }
}
