using System.CommandLine;
using Bench.Cohorts;
using Bench.Comparisons;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Report;
using Bench.Report;
using Bench.Report.Terminal;
using Spectre.Console;

namespace Bench.Commands;

/// <summary>A command that runs cases one by one and writes the files anew after each.</summary>
/// <typeparam name="TCase">What is planned.</typeparam>
/// <typeparam name="TResult">What is known of a case after its measurement.</typeparam>
internal abstract class ComparisonCommand<TCase, TResult> : Command
    where TCase : IPlannedCase<TCase>
{
    private readonly ComparisonOptions _options;
    private readonly IReadOnlyList<TCase> _cases;
    private readonly string _schema;

    /// <summary>Makes the command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="schema">The name of the format of its numbers.</param>
    /// <param name="cases">All cases.</param>
    /// <param name="options">Its options.</param>
    /// <param name="others">Options of its own.</param>
    protected ComparisonCommand(string name, string description, string schema, IReadOnlyList<TCase> cases, ComparisonOptions options, params Option[] others)
        : base(name, description)
    {
        (_schema, _cases, _options) = (schema, cases, options);
        options.AddTo(this, others);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    /// <summary>Gets the options that all comparisons have.</summary>
    protected ComparisonOptions Shared => _options;

    /// <summary>Asks what the rivals are.</summary>
    protected abstract IReadOnlyDictionary<string, string> VersionsOf(ParseResult arguments, WorkFolder work, CancellationToken cancellation);

    /// <summary>Runs cases.</summary>
    protected abstract void Run(
        ParseResult arguments, WorkFolder work, TCase[] cases, IProgress<CohortProgress>? progress, Action<TResult> finished, CancellationToken cancellation);

    /// <summary>Writes the files.</summary>
    protected abstract void Write(string folder, ComparisonDocument<TResult> document);

    /// <summary>Shows cases on the terminal.</summary>
    protected abstract Table Show(IReadOnlyList<TResult> cases);

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = _options.OutOf(arguments);
        if (File.Exists(folder))
            throw new IOException($"'{folder}' is a file; name a folder.");
        // Before the work: permissions and full disks have too many forms to be asked about.
        PendingFolder.Prepare(folder, Messages.Tell);
        using var work = new WorkFolder(_options.WorkOf(arguments));
        var document = new ComparisonDocument<TResult>
        {
            Schema = _schema,
            IsQuick = _options.IsQuick(arguments),
            Arguments = [.. arguments.Tokens.Select(token => token.Value)],
            StartedAt = DateTimeOffset.UtcNow,
            Options = _options.MeasureOf(arguments),
            Versions = VersionsOf(arguments, work, cancellation),
        };
        var cases = PlannedCase.Choose(_cases, _options.CasesOf(arguments), document.IsQuick);
        var done = new List<TResult>();
        try
        {
            ConsoleProgress.Run(progress =>
            {
                Run(arguments, work, cases, progress, Keep, cancellation);
                return true;
            }, isShown: !_options.IsSilent(arguments));
        }
        catch (OperationCanceledException) when (done.Count > 0)
        {
            Messages.Tell($"Stopped; the cases that were done are in '{folder}'.");
            return UserErrors.Interrupted;
        }

        if (!_options.IsSilent(arguments))
        {
            StandardConsole.Output.Write(Show(done));
            Messages.Say($"Written to {folder}.");
        }

        return 0;

        void Keep(TResult result)
        {
            done.Add(result);
            Write(folder, document with { Cases = done, IsComplete = done.Count == cases.Length });
        }
    }
}
