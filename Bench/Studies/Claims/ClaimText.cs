namespace Bench.Studies.Claims;

/// <summary>A claim in words.</summary>
/// <param name="Sentence">What the paper says, in short.</param>
/// <param name="Source">Where it says so.</param>
/// <param name="Test">What is measured, on whom, and where the border lies.</param>
internal sealed record ClaimText(string Sentence, string Source, string Test);
