using Bench.Cohorts.Channels;
using Bench.Cohorts.Parquet;
using Engine.Data;

namespace Bench.Cohorts.Meds;

/// <summary>A row of the cohort.</summary>
/// <param name="Label">The number of its label.</param>
/// <param name="Patient">The number of its subject, in the order of the shards.</param>
/// <param name="Prefix">The hours up to the prediction.</param>
/// <param name="Split">What it is for.</param>
/// <param name="Age">The age at the start of the stay, in years; NaN where no birth is told.</param>
internal readonly record struct MedsRow(int Label, int Patient, PrefixSample Prefix, CohortSplit Split, double Age);

/// <summary>Goes through the events of one subject after the other and keeps what labels ask for.</summary>
internal sealed class MedsSubjects(MedsLabels labels, MedsCodeMap map, MedsFolder files, MedsDescription description)
{
    private const string Birth = "MEDS_BIRTH";
    private const string Separator = "//";
    private const double MicrosecondsPerYear = 365.25 * 24 * 3.6e9;

    private readonly string[] _traits = [.. description.GroupCodes.SelectMany(codes => codes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
    private readonly Dictionary<long, int> _patients = [];
    private readonly List<string?[]> _groupsOfPatient = [];
    private readonly List<MedsRow> _rows = [];
    private readonly List<long> _starts = [];
    private readonly List<MedsMeasurement> _measurements = [];
    private ParquetInput _input = null!;
    private (int Subject, int Time, int Code, int Number) _columns;
    private long? _subject;
    private List<int>? _labelsOfSubject;
    private long _lastTime;
    private long? _birth;
    private int _tooEarlyCount;

    /// <summary>Gets the stays.</summary>
    public MedsStays Stays { get; } = new(map.Channels);

    /// <summary>Begins a shard.</summary>
    public void Begin(ParquetInput input)
    {
        _input = input;
        _columns = (input.Find("subject_id"), input.Find("time"), input.Find("code"), input.Find("numeric_value"));
    }

    /// <summary>Reads the event of the current row.</summary>
    /// <exception cref="CohortFormatException">The event is not in the format, or its subject or time is out of order.</exception>
    public void Read()
    {
        var subject = _input.Whole(_columns.Subject, "a whole number") ?? throw _input.Error(_columns.Subject, "", "the subject is missing.");
        if (subject != _subject)
            BeginSubject(subject);
        if (_labelsOfSubject is null)
            return;
        var code = _input.Text(_columns.Code);
        if (_input.Whole(_columns.Time, "a time") is not { } time)
        {
            ReadStatic(code);
            return;
        }

        if (time < _lastTime)
            throw _input.Error(_columns.Time, _input.Text(_columns.Time), $"the events of a subject must be in order of time, and the one before is later.");
        _lastTime = time;
        if (code == Birth)
            _birth = time;
        else if (description.Start is null ? _starts.Count == 0 : code.StartsWith(description.Start, StringComparison.Ordinal))
            _starts.Add(time);
        if (map.TryFind(code, out var meaning))
            ReadMeasurement(time, meaning);
    }

    /// <summary>Ends a shard, and with it its last subject.</summary>
    public void End()
    {
        EndSubject();
        _subject = null;
        _labelsOfSubject = null;
    }

    /// <summary>Returns the rows in the order of the labels, and what a reader must know of them.</summary>
    /// <exception cref="CohortFormatException">A labeled subject has no event, or no row is left to train on or to test.</exception>
    public (IReadOnlyList<MedsRow> Rows, IReadOnlyList<string> Notes) ToRows()
    {
        foreach (var subject in labels.Subjects)
        {
            if (!_patients.ContainsKey(subject))
                throw new CohortFormatException(description.Labels, 0, "subject_id", $"{subject}", "no shard has an event of this subject.");
        }

        foreach (var needed in new[] { CohortSplit.Train, CohortSplit.Test })
        {
            if (!_rows.Exists(row => row.Split == needed))
                throw new CohortFormatException(description.Labels, 0, "", "", $"no label is of a subject of the split for {(needed == CohortSplit.Train ? "training" : "the test, held_out")}.");
        }

        var notes = new List<string>();
        if (_tooEarlyCount > 0)
            notes.Add($"{_tooEarlyCount:N0} labels are left out: their time of prediction lies less than an hour after the start of the stay.");
        if (_traits.Length == 0)
            notes.Add("There are no groups but everyone and ages: name codes with --group-codes to get them.");
        return ([.. _rows.OrderBy(row => row.Label)], notes);
    }

    /// <summary>Makes the groups of the rows: everyone, those of the codes that were named, and ages where births are told.</summary>
    public Subgroups GroupsOf(IReadOnlyList<MedsRow> rows)
    {
        var groups = new Subgroups(rows.Count);
        groups.Add(Cohort.Everyone, RowMask.All(rows.Count));
        for (var trait = 0; trait < _traits.Length; trait++)
        {
            var ofRow = rows.Select(row => _groupsOfPatient[row.Patient][trait]).ToArray();
            var values = ofRow.OfType<string>().Distinct().Order(StringComparer.Ordinal).ToArray();
            if (values.Length == 0)
                throw new CohortFormatException(description.Labels, 0, "code", _traits[trait], $"no labeled subject has an event without a time whose code begins with {_traits[trait]}{Separator}.");
            foreach (var value in values)
                groups.Add(groups.TryGet(value, out _) ? $"{_traits[trait]}={value}" : value, RowMask.From(rows.Count, row => ofRow[row] == value));
        }

        if (rows.Any(row => !double.IsNaN(row.Age)))
            AgeBands.AddTo(groups, [.. rows.Select(row => row.Age)]);
        return groups;
    }

    private void BeginSubject(long subject)
    {
        EndSubject();
        _subject = subject;
        _labelsOfSubject = labels.TryFind(subject, out var rows) ? rows : null;
        if (_labelsOfSubject is null)
            return;
        if (!_patients.TryAdd(subject, _patients.Count))
            throw _input.Error(_columns.Subject, $"{subject}", "the events of a subject must follow each other, and others lie between these and earlier ones.");
        _groupsOfPatient.Add(new string?[_traits.Length]);
        (_lastTime, _birth) = (long.MinValue, null);
        _starts.Clear();
        _measurements.Clear();
    }

    private void ReadStatic(string code)
    {
        for (var trait = 0; trait < _traits.Length; trait++)
        {
            if (code.StartsWith(_traits[trait] + Separator, StringComparison.Ordinal))
                _groupsOfPatient[^1][trait] = PrintableText.Of(code[(_traits[trait].Length + Separator.Length)..], 80);
        }
    }

    private void ReadMeasurement(long time, MedsMeaning meaning)
    {
        if (meaning.Level is { } level)
        {
            _measurements.Add(new(time, level, (byte)meaning.Channel.Index));
            return;
        }

        var value = (_input.Number(_columns.Number) - meaning.Center) * meaning.Factor;
        if (double.IsNaN(value))
            return;
        if (meaning.Channel.IsCategorical)
            value = LevelOf(meaning.Channel, value);
        else if (!(Math.Abs(value) <= HourlyDiscretizer.LargestValue))
            throw _input.Error(_columns.Number, _input.Text(_columns.Number), $"the magnitude is above {HourlyDiscretizer.LargestValue}.");
        _measurements.Add(new(time, value, (byte)meaning.Channel.Index));
    }

    // Several texts are of one number of points; the first of them stands for all.
    private int LevelOf(Channel channel, double points)
    {
        for (var level = 0; level < channel.Levels.Length; level++)
        {
            if (LevelOrdinals.Of(channel, level) == points)
                return level;
        }

        throw _input.Error(_columns.Number, _input.Text(_columns.Number), $"'{channel.Name}' has no level of so many points.");
    }

    private void EndSubject()
    {
        if (_labelsOfSubject is null)
            return;
        var patient = _patients[_subject!.Value];
        var split = files.SplitOf(_subject.Value, _input.File);
        foreach (var ofStart in _labelsOfSubject.GroupBy(label => StartOf(labels.Times[label])))
        {
            var hours = ofStart.Select(label => (Label: label, Hours: MedsStays.HoursBetween(ofStart.Key, labels.Times[label]))).ToArray();
            var longest = hours.Max(row => row.Hours);
            if (longest > HourlyDiscretizer.MaximumHours)
                throw new CohortFormatException(_input.File, 0, "subject_id", $"{_subject}", $"a prediction lies {longest:N0} hours after the start of the stay; at most {HourlyDiscretizer.MaximumHours:N0} are read. Name the codes that start a stay with --start.");
            _tooEarlyCount += hours.Count(row => row.Hours < 1);
            if (longest < 1)
                continue;
            var stay = Stays.Add(ofStart.Key, (int)longest, _measurements);
            var age = _birth is { } birth ? (ofStart.Key - birth) / MicrosecondsPerYear : double.NaN;
            _rows.AddRange(hours.Where(row => row.Hours >= 1).Select(row => new MedsRow(row.Label, patient, new PrefixSample(stay, (int)row.Hours), split, age)));
        }
    }

    private long StartOf(long prediction)
    {
        var place = _starts.FindLastIndex(start => start <= prediction);
        return place >= 0
            ? _starts[place]
            : throw new CohortFormatException(_input.File, 0, "subject_id", $"{_subject}", $"a label's time of prediction lies before {(description.Start is null ? "every event of the subject" : $"every event whose code begins with {description.Start}")}.");
    }
}
