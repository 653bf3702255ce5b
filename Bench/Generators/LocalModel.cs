using System.Security.Cryptography;
using System.Text;
using Engine.Synthesis.Language;
using LLama;
using LLama.Common;
using LLama.Exceptions;
using LLama.Native;
using LLama.Sampling;

namespace Bench.Generators;

/// <summary>A language model in a GGUF file, run on this machine by llama.cpp, its replies held to a grammar.</summary>
/// <remarks>Calls wait for each other: one takes all processors. The same file, prompt and seed give the same reply on one machine; on another, the last bits of the network may differ.</remarks>
internal sealed class LocalModel : ITextGenerator, IDisposable
{
    private const int DigestedLength = 1 << 20;
    private const int DigestDigits = 12;
    private const string TemplateKey = "tokenizer.chat_template";

    private readonly LLamaWeights _weights;
    private readonly string _path;
    private readonly SemaphoreSlim _turn = new(1);

    private LocalModel(LLamaWeights weights, string path) => (_weights, _path, Model) = (weights, path, NameOf(path));

    /// <inheritdoc/>
    /// <remarks>The name of the file with a digest of its length, beginning and end: replies of another model under the same name are not taken for its own.</remarks>
    public string Model { get; }

    /// <inheritdoc/>
    public bool IsRemote => false;

    /// <summary>Reads a model.</summary>
    /// <param name="path">The GGUF file.</param>
    /// <exception cref="LanguageModelException">It is no GGUF file, llama.cpp does not know its kind, or the native library is not there.</exception>
    public static LocalModel Open(string path)
    {
        CheckFormat(path);
        try
        {
            // Before anything is loaded; llama.cpp would write pages to standard error.
            if (!NativeLibraryConfig.LLama.LibraryHasLoaded)
                NativeLibraryConfig.All.WithLogCallback(static (_, _) => { });
            return new LocalModel(LLamaWeights.LoadFromFile(new ModelParams(path) { Threads = Environment.ProcessorCount }), path);
        }
        catch (LoadWeightsFailedException)
        {
            throw new LanguageModelException($"llama.cpp does not read {path}; the file is damaged, larger than the memory, or of a kind of model newer than LLamaSharp 0.30.");
        }
        catch (Exception error) when (error is TypeInitializationException or RuntimeError or DllNotFoundException)
        {
            throw new LanguageModelException("the native library of llama.cpp does not load here; it is in runtimes/ beside the program, for the system that built it, and on Linux needs glibc 2.34 or later and libgomp. Build on the system that runs it, or use --generator openai with a server on this machine.");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="LanguageModelException">The prompt is longer than the model can read.</exception>
    public async Task<TextReply> GenerateAsync(TextRequest request, CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => AnswerAsync(request, cancellation), cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        _turn.Dispose();
    }

    private async Task<TextReply> AnswerAsync(TextRequest request, CancellationToken cancellation)
    {
        var prompt = PromptOf(request);
        var promptTokens = _weights.Tokenize(prompt, add_bos: true, special: true, Encoding.UTF8).Length;
        var longestReply = Math.Min(request.LongestReply, _weights.ContextSize - promptTokens);
        if (longestReply < 1)
            throw new LanguageModelException($"the prompt has {promptTokens:N0} tokens and model '{Model}' reads {_weights.ContextSize:N0}; show fewer examples or columns, or use a model that reads more.");
        var executor = new StatelessExecutor(_weights, new ModelParams(_path)
        {
            ContextSize = (uint)(promptTokens + longestReply),
            Threads = Environment.ProcessorCount,
        });
        using var sampling = new DefaultSamplingPipeline
        {
            Temperature = (float)request.Temperature,
            Seed = unchecked((uint)request.Seed),
            Grammar = request.Format is { } format ? new Grammar(format.Grammar, "root") : null,
            // The model's own probabilities: what else the library does by itself would cut off rare values and punish repeated ones.
            TopK = 0,
            TopP = 1,
            MinP = 0,
            RepeatPenalty = 1,
        };
        var text = new StringBuilder();
        var replyTokens = 0L;
        var inference = new InferenceParams { MaxTokens = longestReply, SamplingPipeline = sampling };
        await foreach (var piece in executor.InferAsync(prompt, inference, cancellation))
        {
            text.Append(piece);
            replyTokens++;
        }

        return new TextReply(text.ToString(), promptTokens, replyTokens);
    }

    /// <summary>Writes the prompt as the model was taught to read one, where it says how; else as plain text.</summary>
    private string PromptOf(TextRequest request)
    {
        if (!_weights.Metadata.ContainsKey(TemplateKey))
            return $"{request.System}\n\n{request.User}\n\n";
        var template = new LLamaTemplate(_weights) { AddAssistant = true };
        template.Add("system", request.System).Add("user", request.User);
        return Encoding.UTF8.GetString(template.Apply());
    }

    private static void CheckFormat(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> mark = stackalloc byte[4];
        if (file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length || !mark.SequenceEqual("GGUF"u8))
            throw new LanguageModelException($"{path} is no GGUF file, which is what llama.cpp reads; download the model in that format, or convert it.");
    }

    private static string NameOf(string path)
    {
        using var file = File.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(file.Length));
        var buffer = new byte[(int)Math.Min(DigestedLength, file.Length)];
        foreach (var start in (long[])[0, file.Length - buffer.Length])
        {
            file.Position = start;
            file.ReadExactly(buffer);
            hash.AppendData(buffer);
        }

        return $"{Path.GetFileNameWithoutExtension(path)} {Convert.ToHexStringLower(hash.GetHashAndReset())[..DigestDigits]}";
    }
}
