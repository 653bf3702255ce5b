namespace Bench.Cohorts.PhysioNet2012;

/// <summary>One set of the challenge, opened: its records and their outcomes.</summary>
internal sealed class PhysioNet2012Set : IDisposable
{
    private const int RecordsBetweenReports = 100;

    private readonly char _letter;
    private readonly PhysioNet2012Outcomes _outcomes;
    private readonly PhysioNet2012Files _files;

    /// <summary>Opens a set that <see cref="PhysioNet2012Files.Find"/> has found.</summary>
    /// <param name="folder">The folder of the challenge.</param>
    /// <param name="letter">The letter of the set.</param>
    /// <exception cref="CohortFormatException">The outcomes are missing or not in the format, or the records cannot be listed.</exception>
    public PhysioNet2012Set(string folder, char letter)
    {
        _letter = letter;
        _outcomes = PhysioNet2012Outcomes.Read(folder, letter);
        _files = PhysioNet2012Files.Open(PhysioNet2012Files.Find(folder, letter)!);
    }

    /// <summary>Gets the number of records.</summary>
    public int Count => _files.Count;

    /// <summary>Reads all records with their outcomes, one after another, their numbers ascending.</summary>
    /// <param name="parser">Parses each.</param>
    /// <param name="progress">Told of every hundred records.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>Records and labels.</returns>
    /// <exception cref="CohortFormatException">A record is damaged or not in the format, or records and outcomes do not belong together.</exception>
    public IEnumerable<(PhysioNet2012Record Record, byte Label)> Read(
        PhysioNet2012RecordParser parser, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        var done = 0;
        foreach (var (file, record) in _files.Read(parser))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return (record, _outcomes.Take(file, record.Id));
            if (++done % RecordsBetweenReports == 0)
                progress?.Report(new($"reading set {_letter}", done, Count, "records"));
        }

        _outcomes.RequireNoneLeft();
    }

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();
}
