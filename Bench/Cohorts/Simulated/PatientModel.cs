using Bench.Cohorts.Mimic3;

namespace Bench.Cohorts.Simulated;

/// <summary>Draws who lies in the bed, and with what risk to die in hospital.</summary>
/// <remarks>
/// Counts and deaths are those of the 14,681 training stays of the double prioritized study, in-hospital mortality. Sex, ethnicity and age are drawn
/// independently,
/// and the risk is the product of the three ratios to the overall risk, which reproduces all fifteen published rates.
/// </remarks>
internal static class PatientModel
{
    private const int AgeOfThoseAbove89 = 300;
    private const int Stays = 14_681;
    private const double OverallRisk = 1_987.0 / Stays;

    private static readonly (bool IsFemale, int Stays, int Deaths)[] s_sexes = [(false, 8_059, 1_073), (true, 6_622, 914)];

    // The last two hold who is in none of the four groups: 2,085 stays, 408 deaths.
    private static readonly (string Ethnicity, int Stays, int Deaths)[] s_ethnicities =
    [
        ("WHITE", 10_370, 1_361),
        ("BLACK/AFRICAN AMERICAN", 1_407, 126),
        ("HISPANIC OR LATINO", 471, 40),
        ("ASIAN", 348, 52),
        ("UNKNOWN/NOT SPECIFIED", 1_485, 291),
        ("OTHER", 600, 117),
    ];

    private static readonly (int From, int Years, int Stays, int Deaths)[] s_ages =
    [
        (18, 12, 587, 39),
        (30, 10, 671, 57),
        (40, 10, 1_488, 144),
        (50, 10, 2_472, 258),
        (60, 10, 3_126, 373),
        (70, 10, 3_131, 483),
        (80, 10, 2_441, 469),
        (AgeOfThoseAbove89, 1, 765, 164),
    ];

    /// <summary>Draws a patient.</summary>
    /// <param name="draws">The draws of the stay.</param>
    /// <param name="risk">The probability to die in hospital.</param>
    /// <returns>Sex, ethnicity and age; the age is 300 above 89, as in MIMIC-III.</returns>
    public static Patient Draw(in StayDraws draws, out double risk)
    {
        var sex = s_sexes[Pick(draws.Below(StayDraw.Sex, Stays), s_sexes, static row => row.Stays)];
        var ethnicity = s_ethnicities[Pick(draws.Below(StayDraw.Ethnicity, Stays), s_ethnicities, static row => row.Stays)];
        var age = s_ages[Pick(draws.Below(StayDraw.AgeBand, Stays), s_ages, static row => row.Stays)];
        risk = Rate(sex.Deaths, sex.Stays) * Rate(ethnicity.Deaths, ethnicity.Stays) * Rate(age.Deaths, age.Stays) / (OverallRisk * OverallRisk);
        return new Patient(sex.IsFemale, ethnicity.Ethnicity, age.From + draws.Below(StayDraw.Age, age.Years));
    }

    private static double Rate(int deaths, int stays) => deaths / (double)stays;

    private static int Pick<TRow>(int ticket, TRow[] rows, Func<TRow, int> count)
    {
        var picked = 0;
        while (ticket >= count(rows[picked]))
            ticket -= count(rows[picked++]);
        return picked;
    }
}
