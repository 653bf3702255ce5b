using System.Text.RegularExpressions;
using Bench.Cohorts.Channels;

namespace Bench.Cohorts.Mimic3;

/// <summary>The names of files and folders that the benchmark gives; reader and writer share them.</summary>
internal static partial class Mimic3Layout
{
    /// <summary>The period of every in-hospital mortality sample.</summary>
    public const int MortalityHours = 48;

    /// <summary>The table of MIMIC-III that holds ethnicity.</summary>
    public const string Admissions = "ADMISSIONS.csv";

    /// <summary>The table of MIMIC-III that holds sex and birth.</summary>
    public const string Patients = "PATIENTS.csv";

    /// <summary>The header of a time series file.</summary>
    public static readonly string[] TimeSeriesHeader = ["Hours", .. BenchmarkChannels.All.Select(channel => channel.Name)];

    /// <summary>Returns the header of a list file.</summary>
    public static string[] ListHeader(Mimic3Task task) => task == Mimic3Task.InHospitalMortality ? ["stay", "y_true"] : ["stay", "period_length", "y_true"];

    /// <summary>Returns the name of the folder of a task.</summary>
    public static string TaskFolder(Mimic3Task task) => task == Mimic3Task.InHospitalMortality ? "in-hospital-mortality" : "decompensation";

    /// <summary>Says what class 1 of a task means.</summary>
    public static string PositiveMeaning(Mimic3Task task) => task == Mimic3Task.InHospitalMortality ? "death in hospital" : "death within the next 24 hours";

    /// <summary>Returns the path below the task folder of the list that models read.</summary>
    public static string ListFile(CohortSplit split) => split switch
    {
        CohortSplit.Train => "train_listfile.csv",
        CohortSplit.Validation => "val_listfile.csv",
        _ => "test_listfile.csv",
    };

    /// <summary>Returns the path below the task folder of the list as it is before the validation stays are split off.</summary>
    public static string UnsplitListFile(CohortSplit split) => Path.Combine(StayFolder(split), "listfile.csv");

    /// <summary>Returns the folder below the task folder that holds the stays of a split; validation stays lie among the training stays.</summary>
    public static string StayFolder(CohortSplit split) => split == CohortSplit.Test ? "test" : "train";

    /// <summary>Returns the path of the time series of a stay.</summary>
    /// <param name="taskFolder">The folder of the task.</param>
    /// <param name="stay">The stay.</param>
    public static string StayFile(string taskFolder, ListedStay stay) => Path.Combine(taskFolder, StayFolder(stay.Split), stay.Name);

    /// <summary>Returns the latest time, in hours, that a measurement of a task may have.</summary>
    public static double LastTime(Mimic3Task task) => task == Mimic3Task.InHospitalMortality ? MortalityHours : HourlyDiscretizer.MaximumHours;

    /// <summary>Lists every file and folder that data come from, and the folder above the task's: with any of them may lie what says that they are simulated.</summary>
    /// <param name="folder">The folder that the user named.</param>
    /// <param name="taskFolder">The folder of the task.</param>
    /// <param name="demographicsFolder">The folder of the demographic tables, if any.</param>
    public static IEnumerable<string> MarkedPlaces(string folder, string taskFolder, string? demographicsFolder) =>
    [
        folder,
        taskFolder,
        Path.Combine(taskFolder, ".."),
        // Any of them may be a link of its own.
        .. Enum.GetValues<CohortSplit>().SelectMany(split => new[] { ListFile(split), UnsplitListFile(split), StayFolder(split) }).Select(name => Path.Combine(taskFolder, name)),
        .. demographicsFolder is null ? (string[])[] : [demographicsFolder, Path.Combine(demographicsFolder, Admissions), Path.Combine(demographicsFolder, Patients)],
    ];

    /// <summary>Finds the subject in the name of a stay's file, such as 10006 in "10006_episode1_timeseries.csv".</summary>
    public static bool TryParseSubject(string stay, out int subject)
    {
        var match = StayName().Match(stay);
        subject = 0;
        return match.Success && NumberText.TryParseDigits(match.Groups[1].ValueSpan, out subject);
    }

    [GeneratedRegex(@"\A([0-9]+)_episode[0-9]+_timeseries\.csv\z", RegexOptions.CultureInvariant)]
    private static partial Regex StayName();
}
