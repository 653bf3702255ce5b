using System.CommandLine;
using Bench.Comparisons;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Report;
using Bench.Report;
using Bench.Report.Terminal;

namespace Bench.Commands;

/// <summary>A command of <c>compare</c>: runs the cases of a family one by one and writes the files anew after each.</summary>
internal sealed class ComparisonCommand : Command
{
    private readonly ComparisonOptions _options;
    private readonly ComparisonFamily _family;

    /// <summary>Makes the command.</summary>
    /// <param name="family">What is compared.</param>
    public ComparisonCommand(ComparisonFamily family)
        : base(family.Name, family.Description)
    {
        (_family, _options) = (family, new ComparisonOptions(family));
        _options.AddTo(this);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = _options.OutOf(arguments);
        if (File.Exists(folder))
            throw new IOException($"'{folder}' is a file; name a folder.");
        // Before the work: permissions and full disks have too many forms to be asked about.
        PendingFolder.Prepare(folder, Messages.Tell);
        using var work = new WorkFolder(_options.WorkOf(arguments));
        var (rivals, programs) = _family.RivalsWith(_options.PythonOf(arguments), _options.CompilerOf(arguments), work.Path);
        var options = _options.MeasureOf(arguments);
        var document = new ComparisonDocument
        {
            Schema = _family.Page.Schema,
            IsQuick = _options.IsQuick(arguments),
            Arguments = [.. arguments.Tokens.Select(token => token.Value)],
            StartedAt = DateTimeOffset.UtcNow,
            Options = options,
            Versions = programs.SelectMany(program => program.Versions(options.Threads, cancellation)).ToDictionary(),
            Phases = _family.Page.Phases,
        };
        var cases = _options.CasesOf(arguments);
        var done = new List<CaseResult>();
        try
        {
            ConsoleProgress.Run(progress =>
            {
                new Comparison(new CohortShelf(_options.PhysioNet2012Of(arguments), progress), rivals, options, work.Path).Run(cases, progress, Keep, cancellation);
                return true;
            }, isShown: !_options.IsSilent(arguments));
        }
        catch (OperationCanceledException) when (done.Count > 0)
        {
            Messages.Tell($"Stopped; the cases that were done are in '{folder}'.");
            return ExitCode.Interrupted;
        }

        if (!_options.IsSilent(arguments))
        {
            StandardConsole.Output.Write(ConsoleTable.Build(_family.Page, done));
            Messages.Say($"Written to {folder}.");
        }

        return ExitCode.Done;

        void Keep(CaseResult result)
        {
            done.Add(result);
            ComparisonFiles.Write(folder, _family.Page, document with { Cases = done, IsComplete = done.Count == cases.Length });
        }
    }
}
