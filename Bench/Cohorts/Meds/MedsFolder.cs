using Bench.Cohorts.Parquet;

namespace Bench.Cohorts.Meds;

/// <summary>The files of a data set in the Medical Event Data Standard.</summary>
/// <remarks>
/// <code>
/// DIR/data/train/0.parquet …  data/tuning/…  data/held_out/…     events: subject_id, time, code, numeric_value
/// DIR/metadata/subject_splits.parquet                            subject_id, split; where it is absent the folder of a shard says the split
/// </code>
/// </remarks>
internal sealed class MedsFolder
{
    private static readonly (string Name, CohortSplit Split)[] s_splits = [("train", CohortSplit.Train), ("tuning", CohortSplit.Validation), ("held_out", CohortSplit.Test)];

    private readonly string _data;
    private readonly Dictionary<long, CohortSplit>? _splitOfSubject;

    private MedsFolder(string data, Dictionary<long, CohortSplit>? splitOfSubject) => (_data, _splitOfSubject, Shards) = (data, splitOfSubject, FilesOf(data));

    /// <summary>Gets the files of events, in the order of their names.</summary>
    public IReadOnlyList<string> Shards { get; }

    /// <summary>Opens a data set.</summary>
    /// <exception cref="CohortFormatException">There is no folder data, or no Parquet file in it, or the splits are not in the format.</exception>
    public static MedsFolder Open(string folder)
    {
        var splits = Path.Combine(folder, "metadata", "subject_splits.parquet");
        return new MedsFolder(Path.Combine(folder, "data"), File.Exists(splits) ? ReadSplits(splits) : null);
    }

    /// <summary>Lists a file, or the Parquet files below a folder, in ordinal order with numbers by their value.</summary>
    public static string[] FilesOf(string path)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new CohortFormatException(path, 0, "", "", "there is no such file or folder.");
        string[] files = [.. Directory.EnumerateFiles(path, "*.parquet", SearchOption.AllDirectories).OrderBy(file => file, StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering))];
        return files.Length > 0 ? files : throw new CohortFormatException(path, 0, "", "", "there is no Parquet file in this folder.");
    }

    /// <summary>Returns what a subject is for.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="shard">The file that has its events.</param>
    /// <exception cref="CohortFormatException">Nothing says so.</exception>
    public CohortSplit SplitOf(long subject, string shard)
    {
        if (_splitOfSubject is not null)
            return _splitOfSubject.TryGetValue(subject, out var split) ? split : throw new CohortFormatException(shard, 0, "subject_id", $"{subject}", "metadata/subject_splits.parquet does not say what this subject is for.");
        var name = Path.GetRelativePath(_data, shard).Split(Path.DirectorySeparatorChar)[0];
        return Array.Find(s_splits, known => known.Name == name) is { Name: not null } found
            ? found.Split
            : throw new CohortFormatException(shard, 0, "", "", "nothing says what the subjects of this shard are for: there is no metadata/subject_splits.parquet, and the shard is in none of the folders data/train, data/tuning and data/held_out.");
    }

    private static Dictionary<long, CohortSplit> ReadSplits(string file)
    {
        var splits = new Dictionary<long, CohortSplit>();
        using var input = ParquetInput.Open(file);
        var (subject, split) = (input.Find("subject_id"), input.Find("split"));
        while (input.Next())
        {
            var text = input.Text(split);
            var known = Array.Find(s_splits, known => known.Name == text);
            if (known.Name is null)
                throw input.Error(split, text, "train, tuning or held_out was expected.");
            if (!splits.TryAdd(input.Whole(subject, "a whole number") ?? throw input.Error(subject, "", "the subject is missing."), known.Split))
                throw input.Error(subject, input.Text(subject), "an earlier row has this subject.");
        }

        return splits;
    }
}
