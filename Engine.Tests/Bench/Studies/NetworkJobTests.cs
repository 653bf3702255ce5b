using Bench.Cohorts;
using Bench.Studies;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies;

/// <summary>The main job with networks: every method where it makes sense, a reason where not.</summary>
public sealed class NetworkJobTests
{
    private const int HourCount = 4;
    private const int Features = 5;

    [Fact]
    public void Run_LstmOnStaysOfOneLength_EveryMethodRuns()
    {
        var result = Run(Stays(), "lstm");
        Assert.Empty(result.Skipped);
        Assert.Equal(ResamplingMethod.All, result.Methods.Select(method => method.Method));
        Assert.All(result.Methods, method => Assert.StartsWith("epoch ", method.FitStatus, StringComparison.Ordinal));
        Assert.All(result.Methods, method => Assert.All(method.Models, model => Assert.Equal((1, 1), (model.Epochs.Count, model.ChosenEpoch))));
        Assert.Equal(3, result.Methods.Single(method => method.Method == "random-under").Models.Count);
        Assert.Null(result.BaselineCoefficients);
    }

    [Fact]
    public void Run_LstmOnPrefixes_MethodsThatMakeSamplesSayWhyNot()
    {
        var stays = Stays();
        var cohort = stays with { Prefixes = [.. stays.Prefixes!.Select(prefix => prefix with { Hours = 1 + (prefix.Stay % HourCount) })] };
        var result = Run(cohort, "lstm");
        Assert.Equal(["smote", "adasyn", "gamma", "borderline-smote", "smote-tomek", "smote-enn", "dp-smote", "dp-adasyn", "dp-gamma"], result.Skipped.Select(method => method.Method));
        Assert.All(result.Skipped, method => Assert.Contains("prefixes of different length", method.Reason, StringComparison.Ordinal));
        Assert.Equal(ResamplingMethod.All.Count - 9, result.Methods.Count);
    }

    [Fact]
    public void Run_NetworkWithoutValidationRows_HoldsAFifthOutOfEveryFit()
    {
        var cohort = SmallCohort.Create(row => row % 5 == 4 ? CohortSplit.Test : CohortSplit.Train);
        var result = Run(cohort, "mlp");
        Assert.Equal(960, result.Methods[0].TrainingRowCount);
        Assert.Contains("held out from every fit", result.SelectionRows, StringComparison.Ordinal);
        Assert.Equal(1200, Run(cohort, "logistic").Methods[0].TrainingRowCount);
    }

    [Fact]
    public void Create_ModelThatTheCohortCannotFeed_NamesTheWayOut()
    {
        Assert.Contains("Small has no hours for an LSTM to read; take --model logistic or mlp", Error("lstm"), StringComparison.Ordinal);
        Assert.Contains("there is no model 'forest'; the models are logistic, mlp, lstm", Error("forest"), StringComparison.Ordinal);

        static string Error(string model) => Assert.Throws<ArgumentException>(() => StudyModel.Create(model, SmallCohort.Create(), new ModelChoices())).Message;
    }

    private static MainJobResult Run(Cohort cohort, string model) => MainJobRunner.Run(
        cohort,
        new MainJobOptions { Model = model, Epochs = 1, BatchSize = 64, Methods = ResamplingMethod.All, Units = [1, 2], Group = "black" },
        progress: null,
        TestContext.Current.CancellationToken);

    /// <summary>The small cohort with hours that add up to its rows.</summary>
    private static Cohort Stays()
    {
        var cohort = SmallCohort.Create();
        var hours = Tables.Normal(SmallCohort.RowCount * HourCount, Features, 84);
        for (var row = 0; row < SmallCohort.RowCount; row++)
        {
            for (var hour = 0; hour < HourCount; hour++)
            {
                var values = hours.GetWritableRow(((long)row * HourCount) + hour);
                for (var column = 0; column < Features; column++)
                    values[column] += cohort.Samples.Row(row)[column];
            }
        }

        return cohort with
        {
            Episodes = new EpisodeStore(hours, [.. Enumerable.Range(0, SmallCohort.RowCount + 1).Select(stay => (long)stay * HourCount)]),
            Prefixes = [.. Enumerable.Range(0, SmallCohort.RowCount).Select(stay => new PrefixSample(stay, HourCount))],
        };
    }
}
