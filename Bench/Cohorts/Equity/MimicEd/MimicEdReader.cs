using System.Globalization;
using Bench.Cohorts.Table;
using Engine.Data;

namespace Bench.Cohorts.Equity.MimicEd;

/// <summary>Reads visits to the emergency department of MIMIC-IV-ED from the tables that published code makes of them.</summary>
/// <remarks>
/// <para>Three kinds of file are read, with their columns in any order: master_dataset.csv and the train.csv and test.csv made from it (Xie et al. 2022), and main_ed_dataset.csv (Movva et al. 2023).</para>
/// <para><b>Cost</b>: 272 bytes a row while the file is read, 320 afterwards; the file itself is never in memory.</para>
/// </remarks>
public static class MimicEdReader
{
    /// <summary>The name of the cohort.</summary>
    internal const string Name = "MIMIC-IV-ED";

    /// <summary>What the rows are about, as the prompts of the study say it.</summary>
    internal const string Subject = "hospital admissions and readmission";

    private const int RowsBetweenReports = 10_000;
    private const int YoungestAdult = 18;

    /// <summary>No fever is so high in degrees Celsius, and no patient so cold in degrees Fahrenheit.</summary>
    private const double BetweenScales = 60;

    private static readonly string[] s_partFiles = ["train.csv", "test.csv"];
    private static readonly string[] s_raceColumns = ["coarse_race", "granular_race", "race", "ethnicity"];

    /// <summary>Reads the visits of adults whom triage gave an acuity.</summary>
    /// <param name="path">The file, which may end in ".gz", or a folder with train.csv and test.csv, of which both are read.</param>
    /// <param name="progress">Told of every ten thousand rows.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>64 features and three outcomes; five groups of race; vital signs that are missing or impossible are NaN.</returns>
    /// <exception cref="CohortFormatException">A file is missing or lacks a column, holds a value of the wrong kind or a visit twice, or no row is left.</exception>
    /// <exception cref="InsufficientMemoryException">The rows do not fit into memory.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public static EquityCohort Read(string path, IProgress<CohortProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var isFolder = Directory.Exists(path);
        string[] files = isFolder ? [.. s_partFiles.Select(name => Path.Combine(path, name))] : [path];
        var visits = new Visits();
        foreach (var file in files)
            visits.Read(file, progress, cancellation);
        var cohort = visits.ToCohort(path);
        var mark = SimulatedMark.Find(files);
        return mark is null ? cohort : cohort with { IsSimulated = true, Notes = [mark, .. cohort.Notes] };
    }

    /// <summary>Puts a cohort together.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="races">The place of the group of each row.</param>
    /// <param name="patients">The number of the patient of each row.</param>
    /// <param name="notes">What a reader of results must know.</param>
    internal static EquityCohort Build(SchemaTable table, IReadOnlyList<byte> races, IReadOnlyList<int> patients, IReadOnlyList<string> notes)
    {
        var groups = new Subgroups(races.Count);
        for (var group = 0; group < MimicEdRaces.Groups.Count; group++)
        {
            var mask = RowMask.From(races.Count, row => races[row] == group);
            if (mask.Count > 0)
                groups.Add(MimicEdRaces.Groups[group], mask);
        }

        return new EquityCohort
        {
            Name = Name,
            Subject = Subject,
            Table = table,
            Groups = groups,
            Majority = MimicEdRaces.Majority,
            Minorities = [.. MimicEdRaces.Minorities.Where(name => groups.TryGet(name, out _))],
            Patients = patients,
            Notes = notes,
        };
    }

    /// <summary>The visits read so far.</summary>
    private sealed class Visits
    {
        private readonly SchemaRows _rows = new(MimicEdColumns.Schema);
        private readonly List<byte> _races = [];
        private readonly List<int> _patients = [];
        private readonly Dictionary<long, int> _numbers = [];
        private readonly HashSet<long> _stays = [];

        // As they would be if the file held degrees Celsius; which scale it holds shows at the end.
        private readonly List<float> _asCelsius = [];
        private long _warmerCount;
        private long _coolerCount;
        private long _young;
        private long _withoutAcuity;

        public void Read(string file, IProgress<CohortProgress>? progress, CancellationToken cancellation)
        {
            using var table = CsvTable.Open(file);
            var bound = new Bound(table);
            Span<float> values = stackalloc float[MimicEdColumns.Schema.Columns.Count];
            for (var read = 1L; table.Next(); read++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (read % RowsBetweenReports == 0)
                    progress?.Report(new("reading MIMIC-IV-ED", read, 0, "rows"));
                if (bound.Stay >= 0 && !_stays.Add(table.Integer(bound.Stay)))
                    throw table.Error(bound.Stay, "this visit occurs twice.");
                if (table.Number(bound.Columns[0]) < YoungestAdult)
                    _young++;
                else if (!bound.TryReadAcuity(out var acuity))
                    _withoutAcuity++;
                else
                    Add(bound, acuity, values);
            }
        }

        public EquityCohort ToCohort(string path)
        {
            if (_rows.Count == 0)
                throw new CohortFormatException(path, 0, "", "", "no row is of an adult whom triage gave an acuity.");
            // Half of all patients or more have no fever and are not cold.
            var isCelsius = _coolerCount > _warmerCount;
            for (var row = 0; isCelsius && row < _rows.Count; row++)
                _rows[row][MimicEdColumns.FirstVital] = _asCelsius[row];
            return Build(_rows.ToTable(), _races, _patients, [.. Notes(isCelsius)]);
        }

        private void Add(Bound bound, double acuity, Span<float> values)
        {
            bound.Read(values);
            values[MimicEdColumns.FirstVital + MimicEdVital.All.Count - 1] = (float)acuity;
            var temperature = bound.Vital(0);
            if (temperature > BetweenScales)
                _warmerCount++;
            else if (!double.IsNaN(temperature))
                _coolerCount++;
            values[MimicEdColumns.FirstVital] = (float)MimicEdVital.All[0].Clean(MimicEdVital.ToCelsius(temperature));
            _asCelsius.Add((float)MimicEdVital.All[0].Clean(temperature));
            for (var vital = 1; vital < MimicEdVital.All.Count - 1; vital++)
                values[MimicEdColumns.FirstVital + vital] = (float)MimicEdVital.All[vital].Clean(bound.Vital(vital));
            _rows.Add(values);
            _races.Add((byte)bound.ReadRace());
            var subject = bound.ReadPatient();
            if (!_numbers.TryGetValue(subject, out var number))
                _numbers.Add(subject, number = _numbers.Count);
            _patients.Add(number);
        }

        private IEnumerable<string> Notes(bool isCelsius)
        {
            if (_young + _withoutAcuity > 0)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{_young + _withoutAcuity:N0} rows are left out, as in the published code: {_young:N0} of patients below {YoungestAdult}, {_withoutAcuity:N0} without an acuity.");
            }

            if (isCelsius)
                yield return "Temperatures are taken for degrees Celsius, as most of them are below 60; in the master file they are degrees Fahrenheit.";
        }
    }

    /// <summary>The columns that are read of an open file.</summary>
    private sealed class Bound
    {
        private readonly CsvTable _table;
        private readonly int _race;
        private readonly int _patient;
        private readonly bool _hasSexLetters;

        public Bound(CsvTable table)
        {
            _table = table;
            _hasSexLetters = !table.Header.Contains(MimicEdColumns.FileNameOf(MimicEdColumns.Sex));
            Columns =
            [
                .. Enumerable.Range(0, MimicEdColumns.Schema.Columns.Count)
                    .Select(column => table.RequireColumn(column == MimicEdColumns.Sex && _hasSexLetters ? "gender" : MimicEdColumns.FileNameOf(column))),
            ];
            _race = table.RequireColumn(Array.Find(s_raceColumns, table.Header.Contains) ?? s_raceColumns[^1]);
            _patient = table.RequireColumn("subject_id");
            Stay = Array.IndexOf(table.Header, "stay_id");
        }

        /// <summary>Gets the column of the file for each of the schema.</summary>
        public int[] Columns { get; }

        /// <summary>Gets the column with the number of the visit; negative without one.</summary>
        public int Stay { get; }

        public double Vital(int vital) => _table.NumberOrMissing(Columns[MimicEdColumns.FirstVital + vital]);

        public bool TryReadAcuity(out double acuity)
        {
            var last = MimicEdVital.All.Count - 1;
            acuity = MimicEdVital.All[last].Clean(Vital(last));
            if (!double.IsNaN(acuity) && acuity != Math.Floor(acuity))
                throw _table.Error(Columns[MimicEdColumns.FirstVital + last], "a whole number from 1 to 5 was expected.");
            return !double.IsNaN(acuity);
        }

        /// <summary>Reads all but the vital signs.</summary>
        public void Read(Span<float> values)
        {
            for (var column = 0; column < values.Length; column++)
            {
                if (column == MimicEdColumns.FirstVital)
                    column += MimicEdVital.All.Count;
                values[column] = column == MimicEdColumns.Sex && _hasSexLetters
                    ? _table.Level(Columns[column], "F", "M") == "M" ? 1 : 0
                    : SchemaRows.Read(_table, Columns[column], MimicEdColumns.Schema.Columns[column]);
            }
        }

        public int ReadRace() => MimicEdRaces.GroupOf(_table[_race]);

        public long ReadPatient() => _table.Integer(_patient);
    }
}
