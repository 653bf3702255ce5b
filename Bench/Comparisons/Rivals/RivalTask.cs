using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Rivals;

/// <summary>What a rival is asked to do.</summary>
/// <param name="Folder">The folder with the files of the task.</param>
/// <param name="Arguments">The name of the task, then its numbers.</param>
/// <param name="Options">How often, on how many threads, for how long.</param>
internal sealed record RivalTask(string Folder, IReadOnlyList<string> Arguments, MeasureOptions Options)
{
    /// <summary>Gets the .npy file for what a rival finds.</summary>
    public string AnswerFile => Path.Combine(Folder, "found.npy");
}
