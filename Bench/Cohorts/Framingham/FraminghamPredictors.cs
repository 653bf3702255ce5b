namespace Bench.Cohorts.Framingham;

/// <summary>The fifteen predictors of the teaching file, and where the longitudinal file keeps them.</summary>
internal static class FraminghamPredictors
{
    /// <summary>The word for a missing value in some copies; others leave the cell empty.</summary>
    public const string Missing = "NA";

    /// <summary>The names in the teaching file, in its order.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "male", "age", "education", "currentSmoker", "cigsPerDay", "BPMeds", "prevalentStroke", "prevalentHyp", "diabetes",
        "totChol", "sysBP", "diaBP", "BMI", "heartRate", "glucose",
    ];

    /// <summary>The names of the same predictors in the longitudinal file; its SEX is 1 for a man and 2 for a woman.</summary>
    public static readonly IReadOnlyList<string> LongitudinalNames =
    [
        "SEX", "AGE", "educ", "CURSMOKE", "CIGPDAY", "BPMEDS", "PREVSTRK", "PREVHYP", "DIABETES",
        "TOTCHOL", "SYSBP", "DIABP", "BMI", "HEARTRTE", "GLUCOSE",
    ];

    /// <summary>Reads the predictors after the first, which is the sex.</summary>
    /// <param name="table">The file, at a row.</param>
    /// <param name="columns">The columns of all fifteen predictors.</param>
    /// <param name="isMale">The sex.</param>
    /// <returns>Fifteen values, NaN where missing.</returns>
    public static float[] Read(CsvTable table, int[] columns, bool isMale)
    {
        var values = new float[columns.Length];
        values[0] = isMale ? 1 : 0;
        for (var i = 1; i < values.Length; i++)
            values[i] = (float)table.NumberOrMissing(columns[i], Missing);
        return values;
    }
}
