using System.Text;
using Engine.Numerics;

namespace Engine.Tests.Bench.Generators;

/// <summary>Writes a language model of random weights, small enough for a test: the llama architecture in GGUF 3, a token for every byte.</summary>
/// <remarks>What it says means nothing. It shows that a model is read, asked, held to a grammar, and heard.</remarks>
internal static class TinyGguf
{
    public const int ContextLength = 8_192;

    private const int EmbeddingLength = 32;
    private const int FeedForwardLength = 64;
    private const int HeadCount = 2;
    private const int Alignment = 32;
    private const int SpecialTokenCount = 3;
    private const int TokenCount = SpecialTokenCount + 256;

    private enum ValueType : uint
    {
        UInt32 = 4,
        Int32 = 5,
        Float32 = 6,
        Text = 8,
        List = 9,
    }

    private enum TokenType
    {
        Normal = 1,
        Unknown = 2,
        Control = 3,
        Byte = 6,
    }

    public static string Write(string path, ulong seed)
    {
        using var file = new BinaryWriter(File.Create(path), Encoding.UTF8);
        var tensors = Tensors();
        file.Write("GGUF"u8);
        file.Write(3u);
        file.Write((ulong)tensors.Length);
        WriteMetadata(file);
        var offset = 0L;
        foreach (var (name, shape) in tensors)
        {
            WriteText(file, name);
            file.Write((uint)shape.Length);
            foreach (var length in shape)
                file.Write((ulong)length);
            file.Write(0u); // float32
            file.Write((ulong)offset);
            offset += Aligned(shape.Aggregate(1L, static (product, length) => product * length) * sizeof(float));
        }

        Pad(file);
        for (var tensor = 0; tensor < tensors.Length; tensor++)
        {
            var draws = new RandomStream(seed, (ulong)tensor);
            var count = tensors[tensor].Shape.Aggregate(1L, static (product, length) => product * length);
            for (var i = 0L; i < count; i++)
                file.Write(tensors[tensor].Name.EndsWith("norm.weight", StringComparison.Ordinal) ? 1f : (float)draws.Normal((ulong)i) * 0.3f);
            Pad(file);
        }

        return path;
    }

    // The first length is the one that runs fastest.
    private static (string Name, int[] Shape)[] Tensors() =>
    [
        ("token_embd.weight", [EmbeddingLength, TokenCount]),
        ("output_norm.weight", [EmbeddingLength]),
        ("output.weight", [EmbeddingLength, TokenCount]),
        ("blk.0.attn_norm.weight", [EmbeddingLength]),
        ("blk.0.attn_q.weight", [EmbeddingLength, EmbeddingLength]),
        ("blk.0.attn_k.weight", [EmbeddingLength, EmbeddingLength]),
        ("blk.0.attn_v.weight", [EmbeddingLength, EmbeddingLength]),
        ("blk.0.attn_output.weight", [EmbeddingLength, EmbeddingLength]),
        ("blk.0.ffn_norm.weight", [EmbeddingLength]),
        ("blk.0.ffn_gate.weight", [EmbeddingLength, FeedForwardLength]),
        ("blk.0.ffn_up.weight", [EmbeddingLength, FeedForwardLength]),
        ("blk.0.ffn_down.weight", [FeedForwardLength, EmbeddingLength]),
    ];

    private static void WriteMetadata(BinaryWriter file)
    {
        (string Key, Action Write)[] entries =
        [
            Text("general.architecture", "llama"),
            Text("general.name", "random weights"),
            UInt32("llama.block_count", 1),
            UInt32("llama.context_length", ContextLength),
            UInt32("llama.embedding_length", EmbeddingLength),
            UInt32("llama.feed_forward_length", FeedForwardLength),
            UInt32("llama.attention.head_count", HeadCount),
            UInt32("llama.attention.head_count_kv", HeadCount),
            UInt32("llama.rope.dimension_count", EmbeddingLength / HeadCount),
            UInt32("llama.vocab_size", TokenCount),
            Float32("llama.attention.layer_norm_rms_epsilon", 1e-5f),
            Text("tokenizer.ggml.model", "llama"),
            UInt32("tokenizer.ggml.unknown_token_id", 0),
            UInt32("tokenizer.ggml.bos_token_id", 1),
            UInt32("tokenizer.ggml.eos_token_id", 2),
            List("tokenizer.ggml.tokens", ValueType.Text, token => WriteText(file, TokenText(token))),
            List("tokenizer.ggml.scores", ValueType.Float32, _ => file.Write(0f)),
            List("tokenizer.ggml.token_type", ValueType.Int32, token => file.Write((int)TypeOf(token))),
        ];
        file.Write((ulong)entries.Length);
        foreach (var (key, write) in entries)
        {
            WriteText(file, key);
            write();
        }

        (string, Action) Text(string key, string value) => (key, () => WriteValue(ValueType.Text, () => WriteText(file, value)));
        (string, Action) UInt32(string key, int value) => (key, () => WriteValue(ValueType.UInt32, () => file.Write((uint)value)));
        (string, Action) Float32(string key, float value) => (key, () => WriteValue(ValueType.Float32, () => file.Write(value)));
        (string, Action) List(string key, ValueType type, Action<int> write) => (key, () => WriteValue(ValueType.List, () =>
        {
            file.Write((uint)type);
            file.Write((ulong)TokenCount);
            for (var token = 0; token < TokenCount; token++)
                write(token);
        }));
        void WriteValue(ValueType type, Action write)
        {
            file.Write((uint)type);
            write();
        }
    }

    private static string TokenText(int token) => token switch
    {
        0 => "<unk>",
        1 => "<s>",
        2 => "</s>",
        _ => $"<0x{token - SpecialTokenCount:X2}>",
    };

    private static TokenType TypeOf(int token) => token switch
    {
        0 => TokenType.Unknown,
        1 or 2 => TokenType.Control,
        _ => TokenType.Byte,
    };

    private static void WriteText(BinaryWriter file, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        file.Write((ulong)bytes.Length);
        file.Write(bytes);
    }

    private static void Pad(BinaryWriter file)
    {
        while (file.BaseStream.Position % Alignment != 0)
            file.Write((byte)0);
    }

    private static long Aligned(long length) => (length + Alignment - 1) / Alignment * Alignment;
}
