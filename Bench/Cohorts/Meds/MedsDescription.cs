namespace Bench.Cohorts.Meds;

/// <summary>What is made of a data set in the Medical Event Data Standard.</summary>
/// <param name="Labels">The labels, a Parquet file or a folder of them: subject_id, prediction_time, boolean_value.</param>
/// <param name="CodeMap">The CSV file that says which code is which channel: code,channel,factor,level; null to take the codes that most numbers have.</param>
public sealed record MedsDescription(string Labels, string? CodeMap = null)
{
    /// <summary>The most codes that are taken where there is no map.</summary>
    public const int LargestCodeCount = 256;

    /// <summary>Gets how many codes are taken where there is no map, 1 to <see cref="LargestCodeCount"/>; default 50.</summary>
    public int CodeCount { get; init; } = 50;

    /// <summary>Gets how codes begin that start a stay, such as ICU_ADMISSION; null to count hours from the first event of the subject that has a time and is no birth.</summary>
    public string? Start { get; init; }

    /// <summary>Gets the codes without a time whose endings make groups: GENDER for GENDER//F and GENDER//M. An entry is one, or several separated by commas.</summary>
    public IReadOnlyList<string> GroupCodes { get; init; } = [];
}
