using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Synthesis.Language;

/// <summary>Rows from a language model that is shown a few real ones.</summary>
/// <remarks>
/// <para><b>Computes</b>: each call shows <see cref="LlmSamplerOptions.ExampleCount"/> real rows, drawn without replacement and again until every outcome has a positive among them, and asks for
/// <see cref="LlmSamplerOptions.RowsPerCall"/> new ones. Of the reply, rows that are legal under the schema and no copies are kept; for those refused, calls are made until there are enough rows
/// or the calls allowed are spent.</para>
/// <para><b>Determinism</b>: which calls are made, what they ask and how their rows are put together depends only on the request, the options and the replies, never on which of several calls ends
/// first: rows are taken in the order of the calls, and a call is made only where those before it cannot give enough. A model's replies are its own; a journal makes them repeatable.</para>
/// <para><b>Source</b>: paper E, section 2.2 and table S4.</para>
/// </remarks>
public sealed class LlmSampler : IRowGenerator
{
    private const int MostExamples = 1_000;
    private const int MostParallelCalls = 64;
    private const int LargestAllowance = 100;
    private const double HighestTemperature = 2;

    private readonly ITextGenerator _model;
    private readonly LlmSamplerOptions _options;

    /// <summary>Creates a generator.</summary>
    /// <param name="model">The language model.</param>
    /// <param name="options">How rows are asked for; null for the paper's way.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public LlmSampler(ITextGenerator model, LlmSamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _options) = (model, options ?? new LlmSamplerOptions());
        Require(nameof(_options.ExampleCount), _options.ExampleCount, 1, MostExamples);
        Require(nameof(_options.RowsPerCall), _options.RowsPerCall, 1, MostExamples);
        Require(nameof(_options.ParallelCalls), _options.ParallelCalls, 1, MostParallelCalls);
        Require(nameof(_options.CallAllowance), _options.CallAllowance, 1, LargestAllowance);
        Require(nameof(_options.LongestReply), _options.LongestReply, 1, int.MaxValue);
        if (_options.Temperature is not (>= 0 and <= HighestTemperature))
            Throw.ArgumentOutOfRange(nameof(_options.Temperature), _options.Temperature, $"0 to {HighestTemperature}");
        if (!Enum.IsDefined(_options.Form))
            Throw.ArgumentOutOfRange(nameof(_options.Form), _options.Form, string.Join(", ", Enum.GetNames<PromptForm>()));
        if (string.IsNullOrWhiteSpace(_options.Topic))
            Throw.Argument_Invalid(nameof(options), "the topic is empty; say what the rows are about.");
    }

    /// <inheritdoc/>
    public string Name => "llm";

    /// <summary>Makes rows.</summary>
    /// <param name="request">The real rows, how many rows to make, and the seed.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The rows, all legal under the schema of the request; fewer than asked for where the calls allowed did not give more.</returns>
    /// <exception cref="ArgumentException">The real rows cannot be what a prompt must show: there are none, an outcome has no positive, or there is no majority to show.</exception>
    /// <exception cref="InvalidOperationException">The model is on another machine and the data may not leave this one, or too few rows were made and that is to be an error.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signaled.</exception>
    /// <remarks>What the model throws ends the work; replies that came before are in the journal.</remarks>
    public async Task<GeneratedRows> GenerateAsync(GenerationRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RowCount < 1)
            Throw.ArgumentOutOfRange(nameof(request.RowCount), request.RowCount, "1 or more");
        if (_model.IsRemote && !_options.DataMayLeave)
            Throw.InvalidOperation($"model '{_model.Model}' is on another machine, and a prompt shows real rows; allow it ({nameof(_options.DataMayLeave)}, or --allow-external-data on the command line) only where the agreement on the data does, or use a model on this machine.");
        var prompts = new RowPrompts(request, _options, cancellation);
        var harvest = new Harvest(request, prompts.Format, _options.RefusesCopies, cancellation);
        await AskAsync(prompts, harvest, cancellation).ConfigureAwait(false);
        if (_options.ThrowsWhenShort && harvest.MadeCount < request.RowCount)
            Throw.InvalidOperation($"model '{_model.Model}' gave {harvest.MadeCount:N0} of {request.RowCount:N0} rows in {harvest.CallCount:N0} calls; refused were {harvest.RefusedText}. Raise {nameof(_options.CallAllowance)}, or ask another model.");
        return harvest.ToRows();
    }

    private async Task AskAsync(RowPrompts prompts, Harvest harvest, CancellationToken cancellation)
    {
        var rowsPerCall = prompts.Format.RowCount;
        var callLimit = ((long)harvest.RowCount + rowsPerCall - 1) / rowsPerCall * _options.CallAllowance;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var calls = new Queue<Task<Answer>>();
        try
        {
            for (var next = 0; ;)
            {
                // Counting on all rows of the calls under way: a call too many would cost money, and its rows would depend on luck.
                while (calls.Count < _options.ParallelCalls && next < callLimit && harvest.MadeCount + (long)calls.Count * rowsPerCall < harvest.RowCount)
                    calls.Enqueue(AskAsync(prompts.Of(next++), stop.Token));
                if (calls.Count == 0)
                    return;
                harvest.Take(await calls.Dequeue().ConfigureAwait(false));
            }
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            // None may go on unseen; what the first one threw is what counts.
            await ((Task)Task.WhenAll(calls)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task<Answer> AskAsync(TextRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_options.Journal?.Find(_model.Model, request) is { } kept)
            return new Answer(kept, IsFromJournal: true);
        var reply = await _model.GenerateAsync(request, cancellation).ConfigureAwait(false);
        _options.Journal?.Keep(_model.Model, request, reply);
        return new Answer(reply, IsFromJournal: false);
    }

    private static void Require(string name, int value, int least, int most)
    {
        if (value < least || value > most)
            Throw.ArgumentOutOfRange(name, value, most == int.MaxValue ? $"{least:N0} or more" : $"{least:N0} to {most:N0}");
    }

    private readonly record struct Answer(TextReply Reply, bool IsFromJournal);

    /// <summary>The rows so far, and what became of the others.</summary>
    private sealed class Harvest
    {
        private readonly GenerationRequest _request;
        private readonly ReplyFormat _format;
        private readonly List<float[]> _rows = [];
        private readonly SortedDictionary<string, int> _refused = new(StringComparer.Ordinal);
        private readonly HashSet<UInt128>? _real;
        private readonly HashSet<UInt128> _made = [];
        private int _callsFromJournal;
        private (long Prompt, long Reply) _tokens;
        private (long Prompt, long Reply) _tokensFromJournal;

        public Harvest(GenerationRequest request, ReplyFormat format, bool refusesCopies, CancellationToken cancellation)
        {
            (_request, _format) = (request, format);
            _real = refusesCopies ? [.. DigestsOf(request.Examples, cancellation), .. request.MajorityExamples is { } majority ? DigestsOf(majority, cancellation) : []] : null;
        }

        public int RowCount => _request.RowCount;

        public int MadeCount => _rows.Count;

        public int CallCount { get; private set; }

        public string RefusedText => _refused.Count == 0 ? "none" : string.Join(", ", _refused.Select(static reason => $"{reason.Value:N0} ({reason.Key})"));

        public void Take(Answer answer)
        {
            CallCount++;
            _tokens = (_tokens.Prompt + answer.Reply.PromptTokens, _tokens.Reply + answer.Reply.ReplyTokens);
            if (answer.IsFromJournal)
            {
                _callsFromJournal++;
                _tokensFromJournal = (_tokensFromJournal.Prompt + answer.Reply.PromptTokens, _tokensFromJournal.Reply + answer.Reply.ReplyTokens);
            }

            var proposed = ReplyRows.Read(answer.Reply.Text, _format);
            foreach (var (reason, count) in proposed.Refused)
                Refuse(reason, count);
            foreach (var row in proposed.Rows)
            {
                var digest = _real is null ? default : DigestOf(row);
                if (_real?.Contains(digest) == true)
                    Refuse(RefusalReason.CopyOfReal, 1);
                else if (_real is not null && !_made.Add(digest))
                    Refuse(RefusalReason.CopyOfMade, 1);
                else if (_rows.Count < RowCount)
                    _rows.Add(row);
            }
        }

        public GeneratedRows ToRows()
        {
            var rows = SampleMatrix.Create(_rows.Count, _format.Names.Count);
            foreach (var (place, row) in _rows.Index())
                row.CopyTo(rows.GetWritableRow(place));
            return new GeneratedRows(new SchemaTable(_request.Examples.Schema, rows), new GenerationReport
            {
                RequestedCount = RowCount,
                MadeCount = _rows.Count,
                Refused = _refused,
                CallCount = CallCount,
                CallsFromJournal = _callsFromJournal,
                PromptTokens = _tokens.Prompt,
                ReplyTokens = _tokens.Reply,
                PromptTokensFromJournal = _tokensFromJournal.Prompt,
                ReplyTokensFromJournal = _tokensFromJournal.Reply,
            });
        }

        private void Refuse(string reason, int count) => _refused[reason] = _refused.GetValueOrDefault(reason) + count;

        private static IEnumerable<UInt128> DigestsOf(SchemaTable table, CancellationToken cancellation)
        {
            var row = new float[table.Schema.Columns.Count];
            for (var i = 0L; i < table.RowCount; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                table.Rows.CopyRow(i, row);
                yield return DigestOf(row);
            }
        }

        // 128 bits of a cryptographic digest: no two rows of any table will ever share them.
        private static UInt128 DigestOf(float[] row)
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            // One zero and one NaN, whatever their bits were.
            for (var i = 0; i < row.Length; i++)
                row[i] = float.IsNaN(row[i]) ? float.NaN : row[i] + 0f;
            SHA256.HashData(MemoryMarshal.AsBytes(row.AsSpan()), digest);
            return MemoryMarshal.Read<UInt128>(digest);
        }
    }
}
