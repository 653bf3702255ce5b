using System.CommandLine;
using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Equity.Simulated;
using Bench.Cohorts.Mimic3;
using Bench.Cohorts.Seer;
using Bench.Cohorts.Simulated;
using Bench.Cohorts.Simulated.Seer;
using Bench.Report;
using Bench.Report.Terminal;

namespace Bench.Commands;

/// <summary>The command <c>simulate</c>: a simulated cohort as files in the layout of the MIMIC-III benchmark, of the Medical Event Data Standard, of SEER, or of MIMIC-IV-ED.</summary>
internal sealed class SimulateCommand : Command
{
    private readonly Option<string> _seer = new("--seer") { Description = $"Write a file of the SEER registries instead, with its case listing, of this cancer; {SeerSimulator.PublishedBreastRows:N0} or {SeerSimulator.PublishedLungRows:N0} training rows, as published, unless --rows says how many." };
    private readonly Option<bool> _meds = new("--meds") { Description = "Write the stays of decompensation as a data set of the Medical Event Data Standard instead, with its labels and the map of its codes." };
    private readonly Option<bool> _mimicEd = new("--mimic-ed") { Description = $"Write a master file of MIMIC-IV-ED instead; {MimicEdSimulator.PublishedRows:N0} visits, as published, unless --rows says how many." };
    private readonly Option<string> _task = new("--task") { Description = "Task of the MIMIC-III benchmark.", DefaultValueFactory = _ => Mimic3Layout.TaskFolder(Mimic3Task.Decompensation) };
    private readonly Option<long> _rows = new("--rows") { Description = "Training rows, which of in-hospital mortality are stays; validation and test come on top, in the published proportions.", DefaultValueFactory = _ => 20_000, HelpName = "ROWS" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the simulation.", DefaultValueFactory = _ => 1, HelpName = "SEED" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for that of the task, ADMISSIONS.csv and PATIENTS.csv, to be read back with run --mimic3 DIR --demographics DIR --task TASK; or for the files of --meds, --seer or --mimic-ed.", Required = true, HelpName = "DIR" };
    private readonly Option<bool> _quiet = OptionRules.Quiet();

    public SimulateCommand()
        : base("simulate", "Write a simulated cohort as files: stays in the layout of the MIMIC-III benchmark or of the Medical Event Data Standard, cancer in that of SEER, or emergency visits in that of MIMIC-IV-ED.")
    {
        _rows.Require(rows => rows is >= 1 and <= DecompensationSimulator.MaximumTrainingRows, $"must be 1 to {DecompensationSimulator.MaximumTrainingRows:N0}");
        _task.AcceptOneOf(Mimic3Layout.TaskFolder(Mimic3Task.Decompensation), Mimic3Layout.TaskFolder(Mimic3Task.InHospitalMortality));
        foreach (var option in new Option[] { _meds, _seer, _mimicEd, _task, _rows, _seed, _out, _quiet })
            Options.Add(option);
        _seer.AcceptOneOf("breast", "lung");
        Validators.Add(result =>
        {
            string[] formats = [.. new (Option Option, bool IsGiven)[] { (_meds, result.GetValue(_meds)), (_seer, result.GetValue(_seer) is not null), (_mimicEd, result.GetValue(_mimicEd)) }.Where(format => format.IsGiven).Select(format => format.Option.Name)];
            if (formats.Length > 1)
                result.AddError($"{string.Join(" and ", formats)} name more than one cohort; give one of them.");
            else if (formats.Length == 1 && result.GetResult(_task) is { Implicit: false })
                result.AddError($"{_task.Name} is of stays, and {formats[0]} is given.");
            if (result.GetResult(_task) is { Implicit: false } task && task.Tokens.Any(token => token.Value == Mimic3Layout.TaskFolder(Mimic3Task.InHospitalMortality))
                && result.GetResult(_rows) is { } stays && !stays.Errors.Any() && result.GetValue(_rows) > MortalitySimulator.MaximumTrainingStays)
            {
                result.AddError($"{_rows.Name} is {result.GetValue(_rows)}; of in-hospital mortality it must be 1 to {MortalitySimulator.MaximumTrainingStays:N0}.");
            }

            if (result.GetValue(_seer) is not null && result.GetResult(_rows) is { Implicit: false } rows && !rows.Errors.Any() && result.GetValue(_rows) > SeerSimulator.MaximumTrainingRows)
                result.AddError($"{_rows.Name} must be 1 to {SeerSimulator.MaximumTrainingRows:N0} with {_seer.Name}.");
            if (result.GetValue(_mimicEd) && result.GetResult(_rows) is { Implicit: false } visits && !visits.Errors.Any()
                && result.GetValue(_rows) is < MimicEdSimulator.MinimumRows or > MimicEdSimulator.MaximumRows)
            {
                result.AddError($"{_rows.Name} must be {MimicEdSimulator.MinimumRows:N0} to {MimicEdSimulator.MaximumRows:N0} with {_mimicEd.Name}.");
            }
        });
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = arguments.GetRequiredValue(_out);
        var target = PendingFolder.Resolve(folder);
        PendingFolder.Prepare(target, Messages.Tell);
        RequireEmpty(folder, target);
        var seed = arguments.GetValue(_seed);
        using var pending = new PendingFolder(target);
        var isQuiet = arguments.GetValue(_quiet);
        var written = ConsoleProgress.Run(progress => Write(arguments, pending.Path, folder, progress, cancellation), isShown: !isQuiet);
        // Again: somebody may have filled it meanwhile.
        pending.PutInPlace(() => RequireEmpty(folder, target));
        if (!isQuiet)
            Messages.Say($"Wrote {written.What}, of seed {seed}, to '{folder}'; read them with: {written.Read}");
        return 0;
    }

    /// <summary>Writes the files.</summary>
    /// <returns>What was written, and the command that reads it back.</returns>
    private (string What, string Read) Write(ParseResult arguments, string path, string folder, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        var (rows, seed) = (arguments.GetValue(_rows), arguments.GetValue(_seed));
        if (arguments.GetValue(_mimicEd))
        {
            rows = arguments.GetResult(_rows) is { Implicit: false } ? rows : MimicEdSimulator.PublishedRows;
            MimicEdSimulator.Write(path, seed, (int)rows, progress, cancellation);
            return ($"{rows:N0} simulated visits", $"equity --mimic-ed {Path.Combine(folder, MimicEdSimulator.MasterFile)}");
        }

        if (arguments.GetValue(_meds))
        {
            var written = DecompensationSimulator.WriteMeds(seed, rows, path, progress, cancellation);
            var labels = Path.Combine(folder, SimulatedMeds.LabelsFile);
            return ($"{written:N0} simulated stays", $"run --meds {folder} --labels {labels} --code-map {Path.Combine(folder, SimulatedMeds.CodeMapFile)} --start {SimulatedMeds.Start} --group-codes {SimulatedMeds.GroupCodes}");
        }

        if (arguments.GetValue(_seer) is not { } cancer)
        {
            var isMortality = IsMortality(arguments);
            var stayCount = isMortality
                ? MortalitySimulator.WriteBenchmarkLayout(seed, (int)rows, path, progress, cancellation)
                : DecompensationSimulator.WriteBenchmarkLayout(seed, rows, path, progress, cancellation);
            return ($"{stayCount:N0} simulated stays", $"run --mimic3 {folder} --demographics {folder}{(isMortality ? $" --task {arguments.GetValue(_task)}" : "")}");
        }

        var site = cancer == "breast" ? SeerSite.Breast : SeerSite.Lung;
        if (arguments.GetResult(_rows) is not { Implicit: false })
            rows = site == SeerSite.Breast ? SeerSimulator.PublishedBreastRows : SeerSimulator.PublishedLungRows;
        var recordCount = SeerSimulator.Write(path, site, seed, (int)rows, progress, cancellation);
        return ($"{recordCount:N0} simulated records", $"run --seer {Path.Combine(folder, SeerSimulator.FileOf(site))} --cases {Path.Combine(folder, SeerSimulator.CasesFile)}");
    }

    private bool IsMortality(ParseResult arguments) => arguments.GetValue(_task) == Mimic3Layout.TaskFolder(Mimic3Task.InHospitalMortality);

    private static void RequireEmpty(string folder, string target)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new IOException($"'{folder}' exists and is not empty; name another folder.");
    }
}
