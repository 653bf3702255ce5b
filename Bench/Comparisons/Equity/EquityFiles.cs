using Bench.Comparisons.Prognosis;
using Bench.Comparisons.Prognosis.Report;
using Bench.Comparisons.Report;

namespace Bench.Comparisons.Equity;

/// <summary>The files of the comparison of the study of synthetic rows.</summary>
internal static class EquityFiles
{
    /// <summary>The name of the format.</summary>
    public const string SchemaName = "engine-equity-comparison";

    private const string Name = "equity";

    /// <summary>Writes all files.</summary>
    /// <param name="folder">A folder, created where it is missing; other files in it stay.</param>
    /// <param name="document">The comparison.</param>
    public static void Write(string folder, ComparisonDocument<PrognosisResult> document) => ComparisonFiles.Write(
        folder, Name, document, PrognosisPage.Render(document, "The study of synthetic rows for small groups", Name, Notes), document.Cases.SelectMany(PrognosisRow.Of));

    private static string Notes =>
        $"""
        - The study of `equity` on simulated visits: 1,000 rows of the majority and 100 of a minority train, in six arms (baseline, upweighted, separate models, SMOTE of the group,
          copula of the group, generic copula), a ridge penalty of 1, every outcome and minority; AUROC and AUPRC of both groups on all rows of other patients.
        - The engine's time is that of the whole study as `equity` runs it, encoding of the table and measures of fidelity of the first repeat included, which the other side lacks.
          The other side starts with encoded features in memory and is done with the scores.
        - The other side is a script in Python: SimpleImputer and StandardScaler learned on the real rows, LogisticRegression, SMOTE of imbalanced-learn with the group as the class,
          a Gaussian copula of NumPy and SciPy with empirical margins, roc_auc_score and average_precision_score. Of the solvers newton-cholesky and lbfgs, each at the loosest
          tolerance (of 1e-4, 1e-6, 1e-8, 1e-10) that reaches the scores of the engine, the faster one is timed, and of a process a thread and one process with BLAS on all threads the faster.
        - Where it runs fewer repeats than the engine, its time is multiplied up to the repeats of the engine: what is compared is the time of a repeat. Its note tells.
        - A time counts only where the results are equal. Both sides train on the same rows: without made rows every AUROC and AUPRC of every repeat agrees to {SameScores.Tolerance:0e-0};
          of one score in {SameScores.ScoresPerTie} rows may change places whose log odds differ by less than float32 rounds, so that it agrees to {SameScores.TieTolerance:0e-0}. Made rows are each side's own:
          the mean of each score over n repeats agrees to 1 + 2 / sqrt(n) deviations of the score over the engine's repeats.
        - What this does not show: other processors, other numbers of threads, language models, or how well models do. Simulated visits are no patients.

        """;
}
