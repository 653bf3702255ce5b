namespace Bench.Commands;

/// <summary>What the options of a comparison say of themselves, where comparisons differ.</summary>
/// <param name="Quick">What a quick run leaves out.</param>
/// <param name="Timeout">What is stopped after a time.</param>
/// <param name="Python">What Python should have.</param>
/// <param name="Work">What the folder to work in gets.</param>
/// <param name="Files">The files that are written.</param>
internal sealed record ComparisonOptionTexts(string Quick, string Timeout, string Python, string Work, string Files);
