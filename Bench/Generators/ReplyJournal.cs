using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bench.Cohorts;
using Engine.Synthesis.Language;

namespace Bench.Generators;

/// <summary>Replies of language models on disk, each with its prompt, one file a reply.</summary>
/// <remarks>
/// <para>The name of a file is made of everything that the reply depends on, and not of the version of the engine: what was paid for stays good.
/// A file that is damaged is not there, and written again.</para>
/// <para>Prompts show real rows: only the user who runs the study may read the files. A key is in none of them.</para>
/// </remarks>
internal sealed class ReplyJournal : IReplyJournal
{
    private const string Suffix = ".json";

    private static readonly JsonSerializerOptions s_format = new() { WriteIndented = true };

    private readonly string _folder;

    /// <summary>Opens a journal, or begins one.</summary>
    /// <param name="folder">Its folder; it is created.</param>
    public ReplyJournal(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(_folder);
    }

    /// <inheritdoc/>
    public TextReply? Find(string model, TextRequest request)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<Entry>(File.ReadAllText(PathOf(model, request)));
            return entry?.Reply is not null && entry.Digest == DigestOf(entry) ? new TextReply(entry.Reply, entry.PromptTokens, entry.ReplyTokens) : null;
        }
        catch (Exception error) when (error is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Keep(string model, TextRequest request, TextReply reply)
    {
        var entry = new Entry(model, request.System, request.User, request.Temperature, request.Seed, request.Call, request.LongestReply, request.Format?.JsonSchema, reply.Text, reply.PromptTokens, reply.ReplyTokens, "");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        WholeFile.Write(PathOf(model, request), partial =>
        {
            using var file = new FileStream(partial, options);
            JsonSerializer.Serialize(file, entry with { Digest = DigestOf(entry) }, s_format);
        });
    }

    private string PathOf(string model, TextRequest request) => Path.Combine(_folder, request.KeyFor(model) + Suffix);

    private static string DigestOf(Entry entry) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entry with { Digest = "" }))));

    private sealed record Entry(
        string Model,
        string System,
        string User,
        double Temperature,
        long Seed,
        int Call,
        int LongestReply,
        string? Format,
        string Reply,
        long PromptTokens,
        long ReplyTokens,
        string Digest);
}
