using Bench.Cohorts;
using Bench.Report.Claims;
using Bench.Report.Equity;
using Bench.Report.Equity.Html;
using Bench.Report.Prioritized;
using Bench.Report.Terminal;
using Bench.Studies;
using Bench.Studies.Arms;
using Bench.Studies.Equity;
using Bench.Studies.MainJob;
using Bench.Studies.Prioritized;
using Spectre.Console;

namespace Bench.Report;

/// <summary>Tells in the terminal what a run found.</summary>
/// <remarks>Made for 80 columns; nothing is said by color alone, so that plain files and logs say as much.</remarks>
public static class ConsoleSummary
{
    private const int LongestLine = 2000;

    /// <summary>Prints the summary of the main job.</summary>
    /// <param name="result">What the job found.</param>
    /// <param name="folder">The folder that holds the result.</param>
    /// <param name="console">Where to print.</param>
    public static void Print(MainJobResult result, string folder, IAnsiConsole console)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(console);
        var view = new ReportView(result);
        PrintCohort(result.Cohort, result.Model, console);
        if (view.RepresentationSplit is { } split)
            console.Write(SummaryTables.Representation(split, result.Bias[split], result.StayNoun));
        foreach (var group in view.Focus.Reverse())
            console.Write(SummaryTables.Metrics(view, group));
        foreach (var sentence in Headline.Of(view))
            Line(console, sentence);
        console.WriteLine();
        PrintUnits(result, view, console);
        foreach (var warning in RunWarnings.Of(result))
            Line(console, $"Warning: {warning}");
        foreach (var method in result.Skipped.Where(method => method.Method != ResamplingMethod.DoublePrioritized))
            Line(console, $"Skipped {view.TitleOf(method.Method)}: {method.Reason}");
        console.WriteLine();
        Line(console, $"Results: {Path.Combine(folder, "report.html")}, results.json, tables/");
    }

    /// <summary>Prints the summary of the study of paper P.</summary>
    /// <param name="result">What the study found.</param>
    /// <param name="folder">The folder that holds the result.</param>
    /// <param name="console">Where to print.</param>
    public static void Print(PrioritizedResult result, string folder, IAnsiConsole console)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(console);
        var findings = StudyFindings.Of(result);
        PrintCohort(result.Cohort, result.Model, console);
        if (result.Served.Count > 0)
            console.Write(SummaryTables.Served(findings.Study));
        Line(console, $"DP chose its units on {result.SelectionRows}.");
        console.WriteLine();
        console.Write(SummaryTables.Claims(findings.Claims));
        Line(console, ClaimTally.Of(findings.Claims));
        console.WriteLine();
        foreach (var warning in findings.Warnings)
            Line(console, $"Warning: {warning}");
        foreach (var skipped in result.Skipped.Where(skipped => skipped.Name.Method is not (ResamplingMethod.DoublePrioritized or ResamplingMethod.None)))
            Line(console, $"Skipped {ArmTitle.Of(skipped.Name)}: {skipped.Reason}");
        console.WriteLine();
        Line(console, $"Results: {Path.Combine(folder, "report.html")}, results.json, tables/");
    }

    /// <summary>Prints the summary of the study of paper E.</summary>
    /// <param name="result">What the study found.</param>
    /// <param name="folder">The folder that holds the result.</param>
    /// <param name="console">Where to print.</param>
    public static void Print(EquityResult result, string folder, IAnsiConsole console)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(console);
        var findings = EquityFindings.Of(result);
        var cohort = result.Cohort;
        PrintName(cohort.Name, cohort.IsSimulated, console);
        Line(console, $"{cohort.Table.RowCount:N0} rows; {result.Options.Repeats:N0} repeats with {result.Options.MajoritySize:N0} rows of {cohort.Majority}.");
        foreach (var note in cohort.Notes)
            Line(console, $"Note: {note}");
        console.WriteLine();
        foreach (var setting in result.Settings)
            console.Write(SummaryTables.Arms(result, setting));
        foreach (var sentence in EquityHeadline.Of(findings))
            Line(console, sentence);
        console.WriteLine();
        console.Write(SummaryTables.Claims(findings.Claims));
        foreach (var warning in findings.Warnings)
            Line(console, $"Warning: {warning}");
        console.WriteLine();
        Line(console, $"Results: {Path.Combine(folder, "report.html")}, results.json, tables/");
    }

    private static void PrintName(string name, bool isSimulated, IAnsiConsole console)
    {
        console.WriteLine();
        console.Write(new Paragraph(name + "\n", new Style(decoration: Decoration.Bold)));
        if (isSimulated)
            Line(console, "SIMULATED DATA: these rows speak of no patient.");
    }

    private static void PrintCohort(Cohort cohort, StudyModel model, IAnsiConsole console)
    {
        PrintName(cohort.Name, cohort.IsSimulated, console);
        Line(console, $"{cohort.Labels.Count:N0} rows, {cohort.FeatureNames.Count:N0} features; C1 means {cohort.PositiveMeaning}: {cohort.Labels.PositiveCount:N0} rows.");
        Line(console, $"{Capital.Of(model.Title)}, {string.Join(", ", model.Kind.Settings.Select(setting => $"{setting.Key} {setting.Value}"))}: {model.Reason}.");
        foreach (var note in cohort.Notes)
            Line(console, $"Note: {note}");
        console.WriteLine();
    }

    private static void PrintUnits(MainJobResult result, ReportView view, IAnsiConsole console)
    {
        if (result.UnitSearch is not { } search)
            return;
        var units = search.Scores.Select(score => score.Units);
        Line(console, $"DP for {view.Prioritized}: {search.ChosenUnits} chosen of {string.Join(", ", units)} units (of the three highest balanced accuracies, the highest trapezoid AUC-PR). Chosen on {result.SelectionRows}.");
    }

    // Plain text: brackets in a group's or file's name are no markup.
    private static void Line(IAnsiConsole console, string text) => console.Write(new Text(PrintableText.Of(text, LongestLine) + "\n"));
}
