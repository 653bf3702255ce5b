using System.Text.Json;
using System.Text.Json.Nodes;

namespace Engine.Tests.Support;

/// <summary>Expected values made with other people's libraries; each file names its source and its tolerance.</summary>
internal static class Golden
{
    private static readonly JsonSerializerOptions s_options = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static JsonNode Load(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name)))!;

    public static T As<T>(this JsonNode? node) => node.Deserialize<T>(s_options)!;

    public static double[] Doubles(this JsonNode? node) => node.As<double[]>();

    public static int[] Ints(this JsonNode? node) => [.. node.Doubles().Select(value => (int)value)];

    public static double[][] Rows(this JsonNode? node) => node.As<double[][]>();

    public static float[] Floats(this JsonNode? node) => [.. node.Rows().SelectMany(row => row).Select(value => (float)value)];
}
