using Bench.Cohorts.Parquet;

namespace Bench.Cohorts.Meds;

/// <summary>A table of labels: for a subject at a time, what is to be predicted. A label is a row, in the order of the file.</summary>
/// <remarks><b>Cost</b>: some 30 bytes a label, 150 a subject.</remarks>
internal sealed class MedsLabels
{
    private readonly Dictionary<long, List<int>> _rowsOf = [];
    private readonly List<long> _times = [];
    private readonly List<byte> _values = [];

    /// <summary>Gets the subjects.</summary>
    public IReadOnlyCollection<long> Subjects => _rowsOf.Keys;

    /// <summary>Gets the classes.</summary>
    public IReadOnlyList<byte> Values => _values;

    /// <summary>Gets the times of prediction, in microseconds since 1970.</summary>
    public IReadOnlyList<long> Times => _times;

    /// <summary>Reads labels.</summary>
    /// <param name="path">A file, or a folder of them, which are read in the order of their names.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CohortFormatException">A file is missing or not in the format, or there is no label.</exception>
    public static MedsLabels Read(string path, CancellationToken cancellation)
    {
        var labels = new MedsLabels();
        foreach (var file in MedsFolder.FilesOf(path))
        {
            using var input = ParquetInput.Open(file);
            var (subject, time, value) = (input.Find("subject_id"), input.Find("prediction_time"), input.Find("boolean_value"));
            while (input.Next())
            {
                cancellation.ThrowIfCancellationRequested();
                labels.Add(
                    input.Whole(subject, "a whole number") ?? throw input.Error(subject, "", "the subject is missing."),
                    input.Whole(time, "a time") ?? throw input.Error(time, "", "the time is missing."),
                    input.Number(value) switch
                    {
                        0 => 0,
                        1 => 1,
                        _ => throw input.Error(value, input.Text(value), "true or false was expected."),
                    });
            }
        }

        return labels._values.Count > 0 ? labels : throw new CohortFormatException(path, 0, "", "", "there is no label.");
    }

    /// <summary>Finds the labels of a subject, in the order of the file.</summary>
    public bool TryFind(long subject, out List<int> rows) => _rowsOf.TryGetValue(subject, out rows!);

    private void Add(long subject, long time, byte value)
    {
        if (!_rowsOf.TryGetValue(subject, out var rows))
            _rowsOf.Add(subject, rows = []);
        rows.Add(_values.Count);
        _times.Add(time);
        _values.Add(value);
    }
}
