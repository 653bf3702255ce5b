using System.Text;
using Bench.Comparisons.Report;
using Bench.Comparisons.Resampling.Report;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Prognosis.Report;

/// <summary>The comparison as a page: what was measured, what was not and why, and how to read it.</summary>
internal static class PrognosisPage
{
    /// <summary>Writes the page of fits, metrics and prefix features.</summary>
    /// <param name="document">The comparison.</param>
    public static string Render(ComparisonDocument<PrognosisResult> document) =>
        Render(document, "Logistic regression, metrics and prefix features", PrognosisFiles.Name, Notes(document));

    /// <summary>Writes a page.</summary>
    /// <param name="document">The comparison.</param>
    /// <param name="title">The title of the page.</param>
    /// <param name="name">The name of the files, without extension.</param>
    /// <param name="notes">How to read it.</param>
    public static string Render(ComparisonDocument<PrognosisResult> document, string title, string name, string notes)
    {
        var page = new StringBuilder();
        var sources = $"Versions are at the end, every number in [{name}.json]({name}.json) and [{name}.csv]({name}.csv).";
        page.Append(PageHead.Render(document, title, sources)).Append('\n').Append(Times(document.Cases));
        PageHead.AppendSection(page, "Results, and the others' memory", Results(document.Cases));
        if (NotMeasured(document.Cases) is { Length: > 0 } reasons)
            PageHead.AppendSection(page, "Not measured", reasons);
        PageHead.AppendSection(page, "How to read this", notes);
        PageHead.AppendSection(page, "Versions", string.Concat(VersionsText.Render(document).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"- {line}\n")));
        return page.ToString();
    }

    private static string Times(IReadOnlyList<PrognosisResult> cases) => MarkdownTable.Render(
        ["case", "work", "rows x columns", "engine, s", "beside it, s (ratio)", "asked: met, measured", "of what the machine allows", "memory beside the data", "load"],
        cases.Select(IEnumerable<string> (result) =>
        [
            result.Name,
            result.Description,
            PrognosisText.Size(result),
            PrognosisText.Engine(result),
            string.Join("; ", result.Rivals.Select(rival => PrognosisText.Rival(result, rival))),
            string.Join("; ", result.Bars.Select(CaseText.BarOnPage)),
            string.Join("; ", (result.Engine?.Rates ?? []).Select(PrognosisText.Rate)),
            PrognosisText.Memory(result),
            CaseText.Load(result.Engine?.LoadBefore),
        ]));

    private static string Results(IReadOnlyList<PrognosisResult> cases) => MarkdownTable.Render(
        ["case", "checked", "others: memory, load, how they were used"],
        cases.Where(result => result.Engine is not null).Select(IEnumerable<string> (result) =>
        [
            result.Name,
            string.Join("; ", result.Checks.Select(SamplerText.Check)),
            string.Join("; ", result.Rivals.Where(rival => rival.Status == RivalStatus.Measured).Select(rival =>
                $"{rival.Name}: {CaseText.Megabytes(rival.PeakGrowthBytes)}, {CaseText.Load(rival.LoadBefore)}{(rival.Note is null ? "" : $", {rival.Note}")}")),
        ]));

    private static string NotMeasured(IReadOnlyList<PrognosisResult> cases)
    {
        var skipped = cases.Where(result => result.Skipped is not null).Select(result => $"- {result.Name}: {result.Skipped}\n");
        var rivals = cases.SelectMany(result => result.Rivals
            .Where(rival => rival.Status != RivalStatus.Measured)
            .Select(rival => $"- {result.Name}, {rival.Name}: {CaseText.StatusOf(rival.Status)}, {rival.Reason}\n"));
        return string.Concat(skipped.Concat(rivals));
    }

    private static string Notes(ComparisonDocument<PrognosisResult> document) =>
        $"""
        - Fits have no penalty and are converged to 1e-8 standard errors. Generated columns are 0.8 u + 0.6 f in float32, u and f uniform with mean 0 and deviation 1, f shared
          by a row; labels are drawn from a logistic model of them, about one in eight of class 1. Hours of the simulator have many optima without a penalty (one-hot columns
          add up to 1), so that coefficients could not be compared; the DP fits use them, with the ridge penalty of `run`.
        - Other libraries get the rows as they like them, converted before the clock starts: statsmodels GLM a float64 design with its column of ones and its default
          tolerance; of scikit-learn's LogisticRegression without penalty every solver named below is tried at falling tolerances (1e-4, 1e-6, 1e-8, 1e-10) until
          it reaches the optimum, and the fastest of these is timed.
        - A time counts only where the result was found right. Beside other libraries: coefficients and deviance to 1e-6, metrics to 1e-9, of the value or of 1 where that is
          larger. Everywhere: the residuals of a fit, added up by plain code, are orthogonal to every column to 1e-6 standard errors; the metrics of a group are those of
          its rows alone; DP fits have the coefficients of fits that know nothing of each other, to 1e-8; features of a walk are those of one computation, bit by bit.
        - Share of memory bandwidth: the bytes of the columns (4 a value, padding, labels and weights left out) of all rows of all passes, the passes over a sample of rows
          from which a fit starts included, divided by the time of the whole fit. The bandwidth is that of a loop over 201 MB, a = b + 3 c, right afterwards.
        - Share of the multiply-add peak: d (d + 1) / 2 multiply-adds a row of the passes that sum a Hessian, those of its lower triangle, divided by the time of
          these passes; predictor, probability and gradient cost time there and are not counted as work. The sums are in double, and so is the peak: fused multiply-adds on registers.
        - DP fits are made in shared passes, by FitMany. Features of the cohort include the simulation of its measurements, whose time alone stands beside it.
        - scikit-learn's metrics are those of everyone alone: roc_auc_score, average_precision_score, balanced_accuracy_score, precision_recall_fscore_support. The engine computes
          these, and 10 more, for all 15 groups.
        - Memory is the growth of the process during the work, the result included. Of data below 34 MB the runtime's own few megabytes decide, so that they are not judged.
        - Load is the system's average of the last minute before the measurement began, this run's own earlier work included: about {document.Options.Threads}
          is this run alone. A rival that was not measured is never counted as beaten: its bar is "not known".
        - What this does not show: other processors, other numbers of threads, other penalties, or how well models do. Simulated and generated rows are no patients.

        """;
}
