using System.CommandLine;
using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Framingham;
using Bench.Cohorts.Meds;
using Bench.Cohorts.Mimic3;
using Bench.Cohorts.PhysioNet2012;
using Bench.Cohorts.Seer;
using Bench.Cohorts.Simulated;
using Bench.Cohorts.Simulated.Seer;
using Bench.Cohorts.Support2;
using Bench.Cohorts.Table;

namespace Bench.Commands;

/// <summary>The options that say which cohort to read or simulate; exactly one source, simulated when none is named.</summary>
internal sealed class CohortOptions
{
    /// <summary>Ends within a minute on two cores.</summary>
    public const long DefaultSimulatedRows = 200_000;

    /// <summary>With <see cref="DefaultSimulatedRows"/>, about as many stays as the published cohort has: of the small groups, dozens die and not two or three.</summary>
    public const int DefaultSampleInterval = 12;

    private const string Breast = "breast";
    private const string Lung = "lung";

    private static readonly string[] s_framinghamLabels = ["chd", "corrected-chd", "cvd"];

    private readonly Option<string> _mimic3 = new("--mimic3") { Description = "Folder of the MIMIC-III benchmark, with in-hospital-mortality/ or decompensation/ in it.", HelpName = "DIR" };
    private readonly Option<string> _task = new("--task") { Description = "Task of --mimic3.", DefaultValueFactory = _ => "decompensation" };
    private readonly Option<string> _demographics = new("--demographics") { Description = "Folder with ADMISSIONS.csv and PATIENTS.csv, for the groups of --mimic3.", HelpName = "DIR" };
    private readonly Option<string> _physioNet2012 = new("--physionet2012") { Description = "Folder of the PhysioNet 2012 challenge: set-a.zip, set-b.zip, Outcomes-a.txt, Outcomes-b.txt.", HelpName = "DIR" };
    private readonly Option<string> _testSet = new("--test-set") { Description = "Test set of --physionet2012; b by default, c where there is no b." };
    private readonly Option<string> _support2 = new("--support2") { Description = "The SUPPORT2 file.", HelpName = "FILE" };
    private readonly Option<string> _framingham = new("--framingham") { Description = "A Framingham teaching file: the 16 columns, or the longitudinal 39.", HelpName = "FILE" };
    private readonly Option<string> _label = new("--label") { Description = $"Label of --framingham: {string.Join(", ", s_framinghamLabels)}, of which chd is the default and the others need the longitudinal file. For --table: the column with the class, of two different values.", HelpName = "NAME|COL" };
    private readonly TableOptions _table = new("the label", "; intervals draw whole patients, and none is in two parts");
    private readonly Option<string> _npy = new("--npy") { Description = "Features of --table, whose own columns are then none: .npy of float32, one row a row of the table. It is mapped and never copied, so that it may be larger than the memory.", HelpName = "FILE" };
    private readonly Option<string> _npyColumns = new("--npy-columns") { Description = "Text file with the name of each column of --npy, one a line; column 0, column 1 and so on without it.", HelpName = "FILE" };
    private readonly Option<string[]> _groups = new("--groups") { Description = "Columns of --table whose values make groups; they are features as well unless --ignore names them.", HelpName = TableOptions.Columns, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _split = new("--split") { Description = "Column of --table with train, validation and test; without it every fifth row, or patient, is for the test.", HelpName = "COL" };
    private readonly Option<string> _meds = new("--meds") { Description = "Folder of the Medical Event Data Standard, with data/ in it; needs --labels.", HelpName = "DIR" };
    private readonly Option<string> _labels = new("--labels") { Description = "Labels of --meds: a Parquet file of subject_id, prediction_time and boolean_value, or a folder of them.", HelpName = "FILE|DIR" };
    private readonly Option<string> _codeMap = new("--code-map") { Description = "Which codes of --meds are which channels: CSV with code, channel, factor and level; without it the codes that most numbers have are the columns.", HelpName = "FILE" };
    private readonly Option<int?> _codes = new("--codes") { Description = "How many codes of --meds are columns where there is no map; 50 by default.", HelpName = "COUNT" };
    private readonly Option<string> _start = new("--start") { Description = "How codes of --meds begin that start a stay, from which hours are counted; by default the first event of a subject that is no birth does.", HelpName = "CODE" };
    private readonly Option<string[]> _groupCodes = new("--group-codes") { Description = "Codes of --meds without a time whose endings make groups, such as GENDER for GENDER//F.", HelpName = "CODE,CODE,...", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _seer = new("--seer") { Description = "File of the SEER registries, submission of November 2016: BREAST.TXT or RESPIR.TXT.", HelpName = "FILE" };
    private readonly Option<string> _cases = new("--cases") { Description = "Case listing of SEER*Stat that says which records of --seer make the cohort; all of them without it.", HelpName = "FILE" };
    private readonly Option<string> _site = new("--site") { Description = "Cancer of --seer or --simulate-seer: in breast, death is class 1, in lung, survival; breast by default, lung where the file is called RESPIR." };
    private readonly Option<int?> _simulateSeer = new("--simulate-seer") { Description = $"Simulate a SEER cohort with this many training rows; {SeerSimulator.PublishedBreastRows:N0} and, in lung, {SeerSimulator.PublishedLungRows:N0} are published.", HelpName = "ROWS" };
    private readonly Option<long?> _simulate = new("--simulate") { Description = $"Simulate a decompensation cohort with this many training rows; {DefaultSimulatedRows:N0} when no source is named.", HelpName = "ROWS" };
    private readonly Option<int?> _simulateMortality = new("--simulate-mortality") { Description = $"Simulate an in-hospital mortality cohort with this many training stays of 48 hours; the paper has {MortalitySimulator.PublishedTrainingStays:N0}.", HelpName = "STAYS" };
    private readonly Option<int?> _sampleInterval = new("--sample-interval") { Description = $"Hours from one sample of a simulated stay to the next; 1, as in the benchmark, or {DefaultSampleInterval} when no source is named and the model reads no hours, so that the rows are those of more patients.", HelpName = "HOURS" };

    public CohortOptions()
    {
        _simulate.Require(rows => rows is null or (>= 1 and <= DecompensationSimulator.MaximumTrainingRows), $"must be 1 to {DecompensationSimulator.MaximumTrainingRows:N0}");
        _simulateMortality.Require(stays => stays is null or (>= 1 and <= MortalitySimulator.MaximumTrainingStays), $"must be 1 to {MortalitySimulator.MaximumTrainingStays:N0}");
        _sampleInterval.Require(hours => hours is null or (>= 1 and <= 24), "must be 1 to 24");
        _task.AcceptOneOf("decompensation", "in-hospital-mortality");
        _testSet.AcceptOneOf("b", "c");
        _site.AcceptOneOf(Breast, Lung);
        _codes.Require(count => count is null or (>= 1 and <= MedsDescription.LargestCodeCount), $"must be 1 to {MedsDescription.LargestCodeCount}");
        _simulateSeer.Require(rows => rows is null or (>= 1 and <= SeerSimulator.MaximumTrainingRows), $"must be 1 to {SeerSimulator.MaximumTrainingRows:N0}");
    }

    /// <summary>Adds the options to a command, with the rule that sources exclude each other.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _simulate, _sampleInterval, _simulateMortality, _mimic3, _task, _demographics, _physioNet2012, _testSet, _support2, _framingham, _label, _meds, _labels, _codeMap, _codes, _start, _groupCodes, _seer, _cases, _site, _simulateSeer, _table.File, _npy, _npyColumns, _table.Positive, _groups, _split, _table.Patient, _table.Ignore, _table.Categorical, _table.Missing })
            command.Options.Add(option);
        Option[] sources = [_simulate, _simulateMortality, _mimic3, _physioNet2012, _support2, _framingham, _meds, _seer, _simulateSeer, _table.File];
        (Option Detail, Option Of)[] details =
        [
            (_task, _mimic3), (_demographics, _mimic3), (_testSet, _physioNet2012), (_cases, _seer),
            (_labels, _meds), (_codeMap, _meds), (_codes, _meds), (_start, _meds), (_groupCodes, _meds),
            (_npyColumns, _npy),
            .. new Option[] { _npy, _table.Positive, _groups, _split, _table.Patient, _table.Ignore, _table.Categorical, _table.Missing }.Select(detail => (detail, (Option)_table.File)),
        ];
        command.Validators.Add(result =>
        {
            bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
            var named = sources.Where(IsGiven).Select(option => option.Name).ToArray();
            if (named.Length > 1)
                result.AddError($"{string.Join(" and ", named)} name more than one cohort; give one of them.");
            if (IsGiven(_sampleInterval) && named.Length > 0 && !IsGiven(_simulate))
                result.AddError($"{_sampleInterval.Name} belongs to {_simulate.Name}, and {named[0]} is given.");
            if (IsGiven(_site) && !IsGiven(_seer) && !IsGiven(_simulateSeer))
                result.AddError($"{_site.Name} belongs to {_seer.Name} and {_simulateSeer.Name}, neither of which is given.");
            foreach (var (detail, of) in details.Where(pair => IsGiven(pair.Detail) && !IsGiven(pair.Of)))
                result.AddError($"{detail.Name} belongs to {of.Name}, which is not given.");
            if (IsGiven(_label) && !IsGiven(_framingham) && !IsGiven(_table.File))
                result.AddError($"{_label.Name} belongs to {_framingham.Name} or {_table.File.Name}, and neither is given.");
            if (IsGiven(_table.File) && !IsGiven(_label))
                result.AddError($"{_table.File.Name} needs {_label.Name}, the column with the class.");
            foreach (var option in new Option[] { _table.Ignore, _table.Categorical }.Where(option => IsGiven(option) && IsGiven(_npy)))
                result.AddError($"{option.Name} is about columns of {_table.File.Name} that are features, and with {_npy.Name} none are; leave it out.");
            if (IsGiven(_meds) && !IsGiven(_labels))
                result.AddError($"{_meds.Name} needs {_labels.Name}, which says what is to be predicted.");
            if (IsGiven(_codeMap) && IsGiven(_codes))
                result.AddError($"{_codeMap.Name} says which codes are columns, and {_codes.Name} is given too; give one of them.");
            if (IsGiven(_framingham) && result.GetValue(_label) is { } label && !s_framinghamLabels.Contains(label))
                result.AddError(OptionRules.Unknown(_label.Name, label, s_framinghamLabels));
        });
    }

    /// <summary>Reads or simulates the cohort.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="seed">The seed of a simulation.</param>
    /// <param name="needsHours">Whether a model reads every hour, so that a simulation that nobody described keeps them.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="rowsToHold">Chooses the rows whose features are needed; all of them when null. Formats that cannot be read in part are read whole.</param>
    public Cohort Read(ParseResult arguments, ulong seed, bool needsHours, IProgress<CohortProgress> progress, CancellationToken cancellation, Func<Cohort, long[]>? rowsToHold = null)
    {
        if (arguments.GetValue(_mimic3) is { } mimic3)
        {
            var task = arguments.GetValue(_task) == "decompensation" ? Mimic3Task.Decompensation : Mimic3Task.InHospitalMortality;
            return Mimic3Reader.Read(mimic3, task, arguments.GetValue(_demographics), progress, rowsToHold, cancellation);
        }

        if (arguments.GetValue(_physioNet2012) is { } physioNet2012)
            return PhysioNet2012Reader.Read(physioNet2012, arguments.GetValue(_testSet)?[0], progress, needsHours, cancellation);
        if (arguments.GetValue(_support2) is { } support2)
            return Support2Reader.Read(support2, progress, cancellation);
        if (arguments.GetValue(_framingham) is { } framingham)
        {
            var label = arguments.GetValue(_label) switch
            {
                "corrected-chd" => FraminghamLabel.CorrectedTenYearChd,
                "cvd" => FraminghamLabel.TenYearCvd,
                _ => FraminghamLabel.TenYearChd,
            };
            return FraminghamReader.Read(framingham, label, progress, cancellation);
        }

        if (arguments.GetValue(_meds) is { } meds)
        {
            var description = new MedsDescription(arguments.GetRequiredValue(_labels), arguments.GetValue(_codeMap)) { Start = arguments.GetValue(_start), GroupCodes = arguments.GetValue(_groupCodes) ?? [] };
            return MedsReader.Read(meds, arguments.GetValue(_codes) is { } count ? description with { CodeCount = count } : description, progress, cancellation);
        }

        if (arguments.GetValue(_seer) is { } seer)
            return SeerReader.Read(seer, arguments.GetValue(_cases), SiteOf(arguments, seer), progress, cancellation);
        if (arguments.GetValue(_simulateSeer) is { } seerRows)
            return SeerSimulator.Simulate(seed, SiteOf(arguments, ""), seerRows, progress, cancellation);
        if (arguments.GetValue(_simulateMortality) is { } stays)
            return MortalitySimulator.Simulate(seed, stays, progress, cancellation);
        if (arguments.GetValue(_table.File) is { } table)
            return TableReader.Read(table, DescriptionOf(arguments), progress, rowsToHold, cancellation);

        var rows = arguments.GetValue(_simulate);
        var interval = arguments.GetValue(_sampleInterval) ?? (rows is null && !needsHours ? DefaultSampleInterval : 1);
        return DecompensationSimulator.SimulateEvery(seed, rows ?? DefaultSimulatedRows, interval, progress, cancellation, rowsToHold);
    }

    private SeerSite SiteOf(ParseResult arguments, string file) => arguments.GetValue(_site) switch
    {
        Breast => SeerSite.Breast,
        Lung => SeerSite.Lung,
        _ => Path.GetFileName(file).StartsWith("RESPIR", StringComparison.OrdinalIgnoreCase) ? SeerSite.Lung : SeerSite.Breast,
    };

    private TableDescription DescriptionOf(ParseResult arguments) => new(arguments.GetRequiredValue(_label))
    {
        Matrix = arguments.GetValue(_npy),
        MatrixNames = arguments.GetValue(_npyColumns),
        Positive = arguments.GetValue(_table.Positive),
        Groups = arguments.GetValue(_groups) ?? [],
        Split = arguments.GetValue(_split),
        Patient = arguments.GetValue(_table.Patient),
        Ignored = arguments.GetValue(_table.Ignore) ?? [],
        Categorical = arguments.GetValue(_table.Categorical) ?? [],
        MissingWords = TableOptions.WordsOf(arguments, _table.Missing),
    };
}
