using System.ClientModel;
using System.Text.Json;
using Bench.Cohorts;
using Engine.Synthesis.Language;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat;

namespace Bench.Generators;

/// <summary>Asks any chat client.</summary>
/// <remarks>The reply is held to a JSON schema where the server can do that, else to JSON, else to nothing: what a server refused once it is not asked again.</remarks>
internal sealed class ChatClientGenerator : ITextGenerator, IDisposable
{
    private const int LongestMessage = 500;
    private const string FormatName = "rows";

    private static readonly string[] s_formatWords = ["response_format", "json_schema", "json_object", "schema", "grammar"];

    private readonly IChatClient _client;
    private readonly ApiKey? _key;
    private readonly IDisposable? _transport;
    private int _refusedForms;

    /// <summary>Creates a generator over a client, which it takes over.</summary>
    /// <param name="client">The client; it waits and tries again by itself.</param>
    /// <param name="model">The name of the model and the place of its server: replies that are kept are found by it.</param>
    /// <param name="isRemote">Whether prompts leave this machine.</param>
    /// <param name="key">The key that the client holds, which is taken out of whatever comes back; null for none.</param>
    /// <param name="transport">What the client sends with; null where it has its own.</param>
    public ChatClientGenerator(IChatClient client, string model, bool isRemote, ApiKey? key = null, IDisposable? transport = null) =>
        (_client, Model, IsRemote, _key, _transport) = (client, model, isRemote, key, transport);

    private enum Form
    {
        Schema,
        Json,
        Text,
    }

    /// <inheritdoc/>
    public string Model { get; }

    /// <inheritdoc/>
    public bool IsRemote { get; }

    /// <inheritdoc/>
    /// <exception cref="LanguageModelException">The server did not answer, or refused.</exception>
    public async Task<TextReply> GenerateAsync(TextRequest request, CancellationToken cancellation = default)
    {
        while (true)
        {
            var form = request.Format is null ? Form.Text : (Form)Volatile.Read(ref _refusedForms);
            try
            {
                var answer = await _client.GetResponseAsync([new(ChatRole.System, request.System), new(ChatRole.User, request.User)], OptionsOf(request, form), cancellation);
                return new TextReply(Scrub(answer.Text), answer.Usage?.InputTokenCount ?? 0, answer.Usage?.OutputTokenCount ?? 0);
            }
            catch (ClientResultException error) when (form < Form.Text && RefusesForm(error))
            {
                Interlocked.CompareExchange(ref _refusedForms, (int)form + 1, (int)form);
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                // Whatever a client throws at what a server sent: the study cannot go on, and only the words matter, less the key.
                throw new LanguageModelException(Describe(error));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _transport?.Dispose();
    }

    private static ChatOptions OptionsOf(TextRequest request, Form form) => new()
    {
        Temperature = (float)request.Temperature,
        Seed = request.Seed,
        MaxOutputTokens = request.LongestReply,
        ResponseFormat = form switch
        {
            Form.Schema => ChatResponseFormat.ForJsonSchema(ElementOf(request.Format!), FormatName),
            Form.Json => ChatResponseFormat.Json,
            _ => null,
        },
        // For a client of OpenAI's protocol, which takes it from here: left to itself the adapter turns ranges and lengths of lists into descriptions, which bind no server. Others take no notice.
        RawRepresentationFactory = form == Form.Schema ? _ => new ChatCompletionOptions { ResponseFormat = OpenAiFormatOf(request.Format!) } : null,
    };

    private static OpenAI.Chat.ChatResponseFormat OpenAiFormatOf(ReplyFormat format) =>
        OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(FormatName, BinaryData.FromString(format.JsonSchema), jsonSchemaIsStrict: true);

    private static JsonElement ElementOf(ReplyFormat format)
    {
        using var document = JsonDocument.Parse(format.JsonSchema);
        return document.RootElement.Clone();
    }

    // 400 and 422 say that the request is wrong, 501 that the server cannot do it; which part of it, only the words say.
    private static bool RefusesForm(ClientResultException error) =>
        error.Status is 400 or 422 or 501 && s_formatWords.Any(word => error.Message.Contains(word, StringComparison.OrdinalIgnoreCase));

    private string Describe(Exception error)
    {
        var last = (error as AggregateException)?.Flatten().InnerExceptions.LastOrDefault() ?? error;
        var wayOut = last switch
        {
            ClientResultException { Status: 401 or 403 } => "Check the key.",
            ClientResultException { Status: 404 } => "Check the address and the name of the model.",
            ClientResultException { Status: 429 } => "It is too busy, or the budget is spent; run the command again later.",
            ClientResultException { Status: >= 400 and < 500 } => "Check the name of the model, the temperature and the number of rows a call.",
            OperationCanceledException => "It did not answer in time; ask for fewer rows a call, or run the command again.",
            _ => "Check the address and that the server runs, and run the command again.",
        };
        return $"model '{Model}' did not answer: {PrintableText.Of(Scrub(last.Message), LongestMessage)} {wayOut} Replies that are in the journal are not asked for again.";
    }

    private string Scrub(string text) => _key?.Scrub(text) ?? text;
}
