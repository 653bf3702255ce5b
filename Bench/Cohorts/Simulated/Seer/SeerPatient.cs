using Bench.Cohorts.Seer;

namespace Bench.Cohorts.Simulated.Seer;

/// <summary>A simulated patient.</summary>
/// <param name="Sex">1 male, 2 female.</param>
/// <param name="Race">1 white, 2 black, 3 American Indian, 4 Asian, 9 unknown.</param>
/// <param name="IsHispanic">Whether of Hispanic origin.</param>
/// <param name="AgeBand">0 below 30, 1 in the thirties, to 7 from 90 on.</param>
/// <param name="Age">The age in years at diagnosis.</param>
internal readonly record struct SeerPatient(int Sex, int Race, bool IsHispanic, int AgeBand, int Age)
{
    private const double HispanicShareOfWhite = 0.105;
    private const double HispanicShareOfOthers = 0.02;
    private const double MaleShareOfLung = 0.53;
    private const double MaleShareOfBreast = 0.006;

    private static readonly (int Race, double Breast, double Lung)[] s_races = [(1, .81, .825), (2, .103, .113), (4, .079, .055), (3, .006, .005), (9, .002, .002)];

    private static readonly (int From, int Years, double Breast, double Lung)[] s_ages =
    [
        (20, 10, .006, .001),
        (30, 10, .045, .007),
        (40, 10, .19, .06),
        (50, 10, .26, .18),
        (60, 10, .25, .30),
        (70, 10, .159, .30),
        (80, 10, .08, .14),
        (90, 9, .01, .012),
    ];

    /// <summary>Draws a patient.</summary>
    /// <param name="draws">The draws of the patient.</param>
    /// <param name="site">The cancer.</param>
    public static SeerPatient Draw(in SeerDraws draws, SeerSite site)
    {
        var isBreast = site == SeerSite.Breast;
        var race = s_races[Pick(draws.Uniform(SeerDraw.Race), s_races, row => isBreast ? row.Breast : row.Lung)].Race;
        var band = Pick(draws.Uniform(SeerDraw.AgeBand), s_ages, row => isBreast ? row.Breast : row.Lung);
        return new SeerPatient(
            draws.Uniform(SeerDraw.Sex) < (isBreast ? MaleShareOfBreast : MaleShareOfLung) ? 1 : 2,
            race,
            draws.Uniform(SeerDraw.Origin) < (race == 1 ? HispanicShareOfWhite : HispanicShareOfOthers),
            band,
            s_ages[band].From + (int)(draws.Uniform(SeerDraw.Age) * s_ages[band].Years));
    }

    /// <summary>Finds the row on which a number between 0 and 1 falls.</summary>
    internal static int Pick<TRow>(double ticket, TRow[] rows, Func<TRow, double> share)
    {
        var picked = 0;
        while (picked < rows.Length - 1 && ticket >= share(rows[picked]))
            ticket -= share(rows[picked++]);
        return picked;
    }
}
