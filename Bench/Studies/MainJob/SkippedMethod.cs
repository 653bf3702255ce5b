using Bench.Studies.Arms;

namespace Bench.Studies.MainJob;

/// <summary>A method that could not run.</summary>
/// <param name="Method">A name of <see cref="ResamplingMethod"/>.</param>
/// <param name="Reason">Why not, and what to change.</param>
public sealed record SkippedMethod(string Method, string Reason);
