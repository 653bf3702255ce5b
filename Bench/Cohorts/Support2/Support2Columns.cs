namespace Bench.Cohorts.Support2;

/// <summary>The columns of SUPPORT2 that the reference regression uses, and the levels of the categorical ones.</summary>
internal static class Support2Columns
{
    /// <summary>The features in the order of the reference coefficients; "column=level" is an indicator, anything else a number.</summary>
    /// <remarks>
    /// Left out on purpose, because they leak the outcome or are another model's prediction of it:
    /// aps, sps, surv2m, surv6m, prg2m, prg6m, dnr, dnrday, d.time, death, slos, hday, charges, totcst, totmcst, sfdm2.
    /// The base levels, dzgroup=ARF/MOSF w/Sepsis and ca=no, have no indicator.
    /// </remarks>
    public static readonly IReadOnlyList<string> Features =
    [
        "age", "num.co", "edu", "scoma", "avtisst", "meanbp", "wblc", "hrt", "resp", "temp",
        "pafi", "alb", "bili", "crea", "sod", "ph", "glucose", "bun", "urine",
        "sex=male", "diabetes", "dementia",
        "dzgroup=CHF", "dzgroup=COPD", "dzgroup=Cirrhosis", "dzgroup=Colon Cancer", "dzgroup=Coma", "dzgroup=Lung Cancer", "dzgroup=MOSF w/Malig",
        "ca=metastatic", "ca=yes",
    ];

    /// <summary>The word for a missing value in some copies; others leave the cell empty.</summary>
    public const string Missing = "NA";

    /// <summary>The races in the order of the groups; an empty cell is a person in none of them.</summary>
    public static readonly string[] Races = ["white", "black", "hispanic", "asian", "other"];

    /// <summary>Every level that a categorical column may hold.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Levels = new Dictionary<string, string[]>
    {
        ["sex"] = ["female", "male"],
        ["dzgroup"] = ["ARF/MOSF w/Sepsis", "CHF", "COPD", "Cirrhosis", "Colon Cancer", "Coma", "Lung Cancer", "MOSF w/Malig"],
        ["ca"] = ["no", "metastatic", "yes"],
        ["race"] = [.. Races, "", Missing],
    };
}
