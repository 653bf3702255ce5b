using System.Globalization;
using System.Text.Json;
using Bench.Studies.Journal;
using Engine.Prognosis;

namespace Bench.Studies.Arms;

/// <summary>Keeps finished arms: their models, and what a search over numbers of units found.</summary>
internal static class ArmJournal
{
    private const string Kind = "arm";

    /// <summary>Fits an arm, or takes it from the journal.</summary>
    /// <param name="journal">The journal; null for none.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="work">What it is fitted with.</param>
    public static ArmFit Fit(WorkJournal? journal, Arm arm, ArmWork work)
    {
        if (journal is null)
            return arm.Fit(work);
        var key = KeyOf(arm, work);
        var models = journal.PathOf(Kind, key);
        ArmFit? fitted = null;
        var path = journal.GetOrRun(Kind, key, file =>
        {
            fitted = arm.Fit(work);
            // The models first: an entry that is there is complete.
            foreach (var (place, model) in fitted.Models.Append(fitted.Search?.Chosen).OfType<IFittedModel>().Index())
                model.Save(ModelPath(models, place));
            File.WriteAllText(file, JsonSerializer.Serialize(new Entry(fitted.TrainingRowCount, fitted.Models.Count, fitted.Search?.Scores, fitted.Search?.ChosenUnits)));
        });
        return fitted ?? Read(path, work.Model);
    }

    private static ArmFit Read(string path, IPrognosisModel model)
    {
        var entry = JsonSerializer.Deserialize<Entry>(File.ReadAllText(path))!;
        var search = entry.Scores is null ? null : new UnitSearch(entry.Scores, entry.ChosenUnits!.Value, model.Load(ModelPath(path, entry.ModelCount)));
        return new ArmFit(entry.TrainingRowCount, [.. Enumerable.Range(0, entry.ModelCount).Select(place => model.Load(ModelPath(path, place)))], search);
    }

    private static string ModelPath(string path, int place) => string.Create(CultureInfo.InvariantCulture, $"{path}.{place}");

    private static string KeyOf(Arm arm, ArmWork work) => string.Join(
        "\n",
        [
            arm.Name,
            work.Model.Name,
            .. work.Model.Settings.Select(setting => $"{setting.Key} {setting.Value}"),
            $"seed {work.Settings.Seed}, neighbors {work.Settings.NeighborCount}",
            .. arm.DependsOn(work),
            $"start {(work.Task.Start is null ? "none" : "baseline")}",
            $"backend {work.Task.Compute.Backend.Name}",
            $"train {DataFingerprint.Of(work.Task.Train)}",
            $"validation {(work.Task.Validation is { } validation ? DataFingerprint.Of(validation) : "none")}",
        ]);

    private sealed record Entry(long TrainingRowCount, int ModelCount, IReadOnlyList<UnitScore>? Scores, int? ChosenUnits);
}
