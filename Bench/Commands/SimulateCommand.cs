using System.CommandLine;
using Bench.Cohorts.Simulated;
using Bench.Report;
using Bench.Report.Terminal;

namespace Bench.Commands;

/// <summary>The command <c>simulate</c>: a simulated cohort as files in the layout of the MIMIC-III benchmark.</summary>
internal sealed class SimulateCommand : Command
{
    private readonly Option<long> _rows = new("--rows") { Description = "Training rows; validation and test come on top, in the published proportions.", DefaultValueFactory = _ => 20_000, HelpName = "ROWS" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the simulation.", DefaultValueFactory = _ => 1, HelpName = "SEED" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for decompensation/, ADMISSIONS.csv and PATIENTS.csv; read it back with run --mimic3 DIR --demographics DIR.", Required = true, HelpName = "DIR" };
    private readonly Option<bool> _quiet = OptionRules.Quiet();

    public SimulateCommand()
        : base("simulate", "Write a simulated decompensation cohort as files in the layout of the MIMIC-III benchmark.")
    {
        _rows.Require(rows => rows is >= 1 and <= DecompensationSimulator.MaximumTrainingRows, $"must be 1 to {DecompensationSimulator.MaximumTrainingRows:N0}");
        foreach (var option in new Option[] { _rows, _seed, _out, _quiet })
            Options.Add(option);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = arguments.GetRequiredValue(_out);
        var target = PendingFolder.Resolve(folder);
        PendingFolder.Prepare(target, Messages.Tell);
        RequireEmpty(folder, target);
        var (rows, seed) = (arguments.GetValue(_rows), arguments.GetValue(_seed));
        using var pending = new PendingFolder(target);
        var isQuiet = arguments.GetValue(_quiet);
        var stayCount = ConsoleProgress.Run(progress => DecompensationSimulator.WriteBenchmarkLayout(seed, rows, pending.Path, progress, cancellation), isShown: !isQuiet);
        // Again: somebody may have filled it meanwhile.
        pending.PutInPlace(() => RequireEmpty(folder, target));
        if (!isQuiet)
            Messages.Say($"Wrote {stayCount:N0} simulated stays, of seed {seed}, to '{folder}'; read them with: run --mimic3 {folder} --demographics {folder}");
        return 0;
    }

    private static void RequireEmpty(string folder, string target)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new IOException($"'{folder}' exists and is not empty; name another folder.");
    }
}
