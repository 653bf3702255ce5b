namespace Bench.Cohorts.Seer;

/// <summary>The columns that one field becomes, and the row's values in them.</summary>
/// <remarks>
/// <para><b>Computes</b>, as the published code does, on all records of the cohort, those without a class included: of a categorical field a column "name value" for each value, ascending; of a continuous
/// one "name continuous", then "name code" for each contained special code. There the number becomes 0 and the indicator 1. Then columns that are constant over the rows with a class are left out.</para>
/// <para>A special code is contained, by that code, when it is below the number of records: it asks whether the code is among the row numbers. So an empty field stays -1 in its column and has no
/// indicator, and in a small cohort 999 is an age.</para>
/// </remarks>
internal sealed class SeerColumns
{
    private const int None = -1;

    private SeerColumns(List<string> names, int[] indicators, float[]? numbers) => (Names, Indicators, Numbers) = (names, indicators, numbers);

    /// <summary>Gets the names of the columns that are kept.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets whether the first column holds numbers.</summary>
    public bool HasNumbers => Numbers is not null;

    /// <summary>Gets the column of each row's indicator, from 0; below 0 where its column was left out, or there is none.</summary>
    public int[] Indicators { get; }

    /// <summary>Gets the number of each row; null where there are none, or all are one.</summary>
    public float[]? Numbers { get; }

    /// <summary>Encodes a field.</summary>
    /// <param name="records">All records of the cohort.</param>
    /// <param name="rows">Those that have a class, ascending.</param>
    /// <param name="field">A categorical or continuous field.</param>
    public static SeerColumns Encode(SeerRecords records, int[] rows, SeerField field)
    {
        var values = records.Parse(field);
        // The only cancer of a patient is the first of its sequence.
        if (field == SeerFields.Sequence)
            Array.ConvertAll(values, static value => value switch { 0 => 1, 60 => 61, _ => value }).CopyTo(values, 0);
        return field.Role == SeerRole.Continuous ? EncodeNumbers(values, rows, field) : EncodeCategories(values, rows, field);
    }

    private static SeerColumns EncodeNumbers(int[] values, int[] rows, SeerField field)
    {
        int[] contained = [.. field.SpecialCodes.Where(code => field.HasSpecial(code, values.Length))];
        var numbers = new float[rows.Length];
        var indicators = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            indicators[i] = Array.IndexOf(contained, values[rows[i]]);
            numbers[i] = indicators[i] == None ? values[rows[i]] : 0;
        }

        var isConstant = !numbers.AsSpan().ContainsAnyExcept(numbers[0]);
        var names = isConstant ? new List<string>() : [$"{field.Name} continuous"];
        KeepVarying(indicators, contained, field, names);
        return new SeerColumns(names, indicators, isConstant ? null : numbers);
    }

    private static SeerColumns EncodeCategories(int[] values, int[] rows, SeerField field)
    {
        int[] levels = [.. new HashSet<int>(values).Order()];
        var placeOf = levels.Index().ToDictionary(level => level.Item, level => level.Index);
        var names = new List<string>();
        var indicators = Array.ConvertAll(rows, row => placeOf[values[row]]);
        KeepVarying(indicators, levels, field, names);
        return new SeerColumns(names, indicators, null);
    }

    /// <summary>Leaves out the indicators that no row has, or every row.</summary>
    private static void KeepVarying(int[] indicators, int[] codes, SeerField field, List<string> names)
    {
        var counts = new int[codes.Length];
        foreach (var place in indicators)
        {
            if (place >= 0)
                counts[place]++;
        }

        var columns = new int[codes.Length];
        for (var place = 0; place < codes.Length; place++)
        {
            var varies = counts[place] > 0 && counts[place] < indicators.Length;
            columns[place] = varies ? names.Count : None;
            if (varies)
                names.Add($"{field.Name} {codes[place]}");
        }

        for (var i = 0; i < indicators.Length; i++)
            indicators[i] = indicators[i] >= 0 ? columns[indicators[i]] : None;
    }
}
