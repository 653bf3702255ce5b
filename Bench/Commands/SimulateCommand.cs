using System.CommandLine;
using Bench.Cohorts.Simulated;
using Bench.Report;

namespace Bench.Commands;

/// <summary>The command <c>simulate</c>: a simulated cohort as files in the layout of the MIMIC-III benchmark.</summary>
internal sealed class SimulateCommand : Command
{
    private readonly Option<long> _rows = new("--rows") { Description = "Training rows; validation and test come on top, in the published proportions.", DefaultValueFactory = _ => 20_000 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the simulation.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _out = new("--out") { Description = "Folder for decompensation/, ADMISSIONS.csv and PATIENTS.csv; read it back with run --mimic3 DIR --demographics DIR.", Required = true, HelpName = "DIR" };

    public SimulateCommand()
        : base("simulate", "Write a simulated decompensation cohort as files in the layout of the MIMIC-III benchmark.")
    {
        _rows.Require(rows => rows is >= 1 and <= DecompensationSimulator.MaximumTrainingRows, $"must be 1 to {DecompensationSimulator.MaximumTrainingRows:N0}");
        foreach (var option in new Option[] { _rows, _seed, _out })
            Options.Add(option);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = arguments.GetRequiredValue(_out);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new IOException($"'{folder}' exists and is not empty; name another folder.");
        using var pending = new PendingFolder(target);
        ConsoleProgress.Run(progress =>
        {
            DecompensationSimulator.WriteBenchmarkLayout(arguments.GetValue(_seed), arguments.GetValue(_rows), pending.Path, progress, cancellation);
            return true;
        });
        pending.PutInPlace();
        return 0;
    }
}
