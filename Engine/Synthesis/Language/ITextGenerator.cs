using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Engine.Synthesis.Language;

/// <summary>A language model: a prompt in, text out.</summary>
/// <remarks>Calls may be made at the same time. An implementation waits out what mends itself, such as a server that is busy, and throws what does not.</remarks>
public interface ITextGenerator
{
    /// <summary>Gets the name of the model, which replies that are kept are found by, such as "gpt-4-turbo at https://api.openai.com/v1": where another model may have the same name, with what tells them apart.</summary>
    string Model { get; }

    /// <summary>Gets whether prompts leave this machine.</summary>
    bool IsRemote { get; }

    /// <summary>Asks the model once.</summary>
    /// <param name="request">The prompt, and how to answer it.</param>
    /// <param name="cancellation">Stops the call.</param>
    /// <returns>What the model said, whether or not it is what was asked for.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signaled.</exception>
    Task<TextReply> GenerateAsync(TextRequest request, CancellationToken cancellation = default);
}

/// <summary>One question to a language model.</summary>
public sealed record TextRequest
{
    /// <summary>Gets what the model is to be.</summary>
    public required string System { get; init; }

    /// <summary>Gets what the model is to do.</summary>
    public required string User { get; init; }

    /// <summary>Gets the temperature of the draws, 0 or more: 0 gives the likeliest words, more is more varied.</summary>
    public required double Temperature { get; init; }

    /// <summary>Gets the seed of the model's draws, 0 or more; a server may take no notice of it.</summary>
    public required long Seed { get; init; }

    /// <summary>Gets the number of the call, 0 for the first of its rows.</summary>
    public required int Call { get; init; }

    /// <summary>Gets the largest number of tokens of the reply.</summary>
    public required int LongestReply { get; init; }

    /// <summary>Gets the form that the reply is to have; null for any text.</summary>
    public ReplyFormat? Format { get; init; }

    /// <summary>Returns what a kept reply is found by: a digest of the model and of everything in this request.</summary>
    /// <param name="model">The name of the model.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public string KeyFor(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in (string[])[model, System, User, Format?.JsonSchema ?? ""])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Append(hash, bytes.Length);
            hash.AppendData(bytes);
        }

        Append(hash, BitConverter.DoubleToInt64Bits(Temperature));
        Append(hash, Seed);
        Append(hash, Call);
        Append(hash, LongestReply);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}

/// <summary>What a language model answered.</summary>
/// <param name="Text">The text, as it came.</param>
/// <param name="PromptTokens">The number of tokens of the prompt, as the model counts them; 0 where it does not say.</param>
/// <param name="ReplyTokens">The number of tokens of the reply, as the model counts them; 0 where it does not say.</param>
public sealed record TextReply(string Text, long PromptTokens, long ReplyTokens);

/// <summary>Keeps replies of language models, so that no question is paid for twice.</summary>
/// <remarks>Calls may be made at the same time.</remarks>
public interface IReplyJournal
{
    /// <summary>Finds the reply to a request.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="request">The request.</param>
    /// <returns>The reply; null where none is kept, or what is kept is damaged.</returns>
    TextReply? Find(string model, TextRequest request);

    /// <summary>Keeps the reply to a request.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="request">The request.</param>
    /// <param name="reply">What the model answered.</param>
    void Keep(string model, TextRequest request, TextReply reply);
}
