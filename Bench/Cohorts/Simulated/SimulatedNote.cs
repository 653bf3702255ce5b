using Bench.Cohorts.Channels;

namespace Bench.Cohorts.Simulated;

/// <summary>Says that data are simulated, from which seed, and calibrated to what: wherever they go, nobody may take them for patients.</summary>
internal static class SimulatedNote
{
    private const string Decompensation =
        "sizes, groups, deaths, masks and the 76 columns are calibrated to the published statistics of the MIMIC-III benchmark's decompensation task (normalizer, sample counts) "
        + "and of the double prioritized study (group sizes and deaths).";

    private const string Mortality =
        "groups and deaths are calibrated to those of the double prioritized study's in-hospital mortality, masks and the 76 columns to the published statistics "
        + "of the MIMIC-III benchmark's decompensation task, and how much the first 48 hours tell of a death to the published areas under the curve.";

    /// <summary>Returns the note, in one line.</summary>
    /// <param name="task">What is predicted.</param>
    /// <param name="seed">The seed of the cohort.</param>
    public static string Of(Mimic3Task task, ulong seed) =>
        $"These data are simulated, from seed {seed}, and hold no patient's record: {(task == Mimic3Task.InHospitalMortality ? Mortality : Decompensation)}";
}
