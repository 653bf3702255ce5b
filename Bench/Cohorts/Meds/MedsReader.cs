using Bench.Cohorts.Channels;
using Bench.Cohorts.Parquet;
using Engine.Data;

namespace Bench.Cohorts.Meds;

/// <summary>Reads a data set in the Medical Event Data Standard as prefixes of stays: a label of a subject at a time is the prefix up to that time.</summary>
public static class MedsReader
{
    /// <summary>Reads the labels, then the events, shard by shard.</summary>
    /// <param name="folder">The folder that holds data/ and, where there is one, metadata/.</param>
    /// <param name="description">Which labels, codes and groups.</param>
    /// <param name="progress">Told of every hundred thousand events.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One row a label, in the order of the labels.</returns>
    /// <exception cref="CohortFormatException">A file is missing or not in the format.</exception>
    /// <exception cref="InsufficientMemoryException">The hours do not fit into memory.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    /// <remarks><b>Cost</b>: of the shards nothing but some thousand rows; 24 bytes a measurement that the map knows, of labeled subjects and within their stays; 304 bytes an hour.</remarks>
    public static Cohort Read(string folder, MedsDescription description, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(description);
        var mapped = description.CodeMap is { } codes ? MedsCodeMap.Read(codes) : null;
        var labels = MedsLabels.Read(description.Labels, cancellation);
        var files = MedsFolder.Open(folder);
        var map = mapped ?? MedsCodeMap.MostFrequent(files, labels, description.CodeCount, progress, cancellation);
        var subjects = new MedsSubjects(labels, map, files, description);
        var events = new CountedEvents("reading events", progress);
        foreach (var shard in files.Shards)
        {
            using var input = ParquetInput.Open(shard);
            subjects.Begin(input);
            while (input.Next())
            {
                cancellation.ThrowIfCancellationRequested();
                subjects.Read();
                events.Add();
            }

            subjects.End();
        }

        var (rows, notes) = subjects.ToRows();
        var episodes = subjects.Stays.ToEpisodes(map.IsOfBenchmark ? HourlyNormalizer.Published(Mimic3Task.Decompensation) : null, cancellation);
        PrefixSample[] prefixes = [.. rows.Select(row => row.Prefix)];
        var mark = SimulatedMark.Find([folder, description.Labels]);
        return new Cohort
        {
            Name = $"MEDS, {PrintableText.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), 80)}, {PrintableText.Of(Path.GetFileNameWithoutExtension(description.Labels), 80)}",
            PositiveMeaning = "boolean_value = true",
            FeatureNames = map.IsOfBenchmark ? BenchmarkChannels.ColumnNames : [.. map.Channels.Select(channel => channel.Name), .. map.Channels.Select(channel => $"mask->{channel.Name}")],
            Samples = episodes.LastHours(prefixes),
            Labels = Labels.From(rows.Select(row => (int)labels.Values[row.Label]).ToArray()),
            Groups = subjects.GroupsOf(rows),
            Splits = [.. rows.Select(row => row.Split)],
            RidgePenalty = map.IsOfBenchmark ? Cohort.BenchmarkRidgePenalty : 1,
            RidgePenaltySource = map.IsOfBenchmark ? "that of the MIMIC-III benchmark" : "that of scikit-learn",
            IsSimulated = mark is not null,
            Notes = [.. new[] { mark, map.IsOfBenchmark ? null : NoteOn(map) }.OfType<string>(), .. notes],
            Episodes = episodes,
            Prefixes = prefixes,
            Patients = [.. rows.Select(row => row.Patient)],
            Measurements = map.IsOfBenchmark ? subjects.Stays : null,
        };
    }

    private static string NoteOn(MedsCodeMap map) =>
        $"There is no map of codes: columns are the {map.Channels.Count:N0} codes that most numbers of labeled training subjects have, centered and scaled by these numbers, and whether each was measured in the hour. Codes in several units, or that say something without a number, ask for a map.";
}
