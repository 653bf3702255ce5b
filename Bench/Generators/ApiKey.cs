namespace Bench.Generators;

/// <summary>The key of a server, which is shown to that server and to nobody else.</summary>
internal sealed class ApiKey
{
    private const int ShortestSecret = 8;
    private const string Mask = "***";

    private readonly string _value;

    private ApiKey(string value) => _value = value;

    /// <summary>Reads the key from a variable of the environment.</summary>
    /// <param name="variable">Its name.</param>
    /// <returns>The key; null where there is no such variable, or nothing in it.</returns>
    public static ApiKey? FromEnvironment(string variable) => Of(Environment.GetEnvironmentVariable(variable), $"variable {variable}");

    /// <summary>Reads the key from a file that holds nothing else.</summary>
    /// <param name="path">The file.</param>
    public static ApiKey FromFile(string path) => Of(File.ReadAllText(path), path) ?? throw new ArgumentException($"{path} is empty; it must hold the key and nothing else.", nameof(path));

    /// <summary>Returns the key itself, for the header of a request.</summary>
    public string Reveal() => _value;

    /// <summary>Takes the key out of text that came from a server.</summary>
    /// <remarks>Words such as "none", which servers on this machine take for a key, are no secret, and may be part of an answer.</remarks>
    public string Scrub(string text) => _value.Length < ShortestSecret ? text : text.Replace(_value, Mask, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Mask;

    private static ApiKey? Of(string? text, string source)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var value = text.Trim();
        // The header would refuse it, and show it.
        return value.All(static character => character is > ' ' and <= '~')
            ? new ApiKey(value)
            : throw new ArgumentException($"what {source} holds is no key: it has spaces, line breaks or letters beyond ASCII.", nameof(text));
    }
}
