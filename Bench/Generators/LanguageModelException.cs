namespace Bench.Generators;

/// <summary>A language model did not answer; the message says why and what to do, and holds no key.</summary>
/// <remarks>It has no inner exception: those of the client hold what a server said, and servers have been known to repeat the key.</remarks>
public sealed class LanguageModelException(string message) : IOException(message);
