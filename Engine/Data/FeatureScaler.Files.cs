namespace Engine.Data;

/// <content>Scalers in files.</content>
public sealed partial class FeatureScaler
{
    private const string KindName = "kind";
    private const string Kind = "feature scaler";
    private const string MeansName = "means";
    private const string DeviationsName = "deviations";
    private const string FillValuesName = "fill values";
    private const string MissingCountsName = "missing counts";
    private const string StandardizedName = "standardized columns";

    /// <summary>Writes the scaler to a file, complete or not at all.</summary>
    /// <param name="path">The file; it is replaced.</param>
    /// <remarks>A safetensors file of float64 tensors: means, deviations, fill values and missing counts [p]; and the columns that are standardized, where <see cref="Only"/> chose them.
    /// A median that no training value lacked, and no row since, was never found and is NaN in the file: a scaler that is read from it says so when a row lacks that column.</remarks>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        int[] shape = [_means.Length];
        var fillValues = Array.ConvertAll(_fillValues, static value => value.IsValueCreated ? value.Value : double.NaN);
        for (var column = 0; column < fillValues.Length; column++)
        {
            if (MissingCounts[column] > 0)
                fillValues[column] = _fillValues[column].Value;
        }

        var tensors = new List<SafetensorsTensor>
        {
            new(MeansName, shape, _means),
            new(DeviationsName, shape, _deviations),
            new(FillValuesName, shape, fillValues),
            new(MissingCountsName, shape, [.. MissingCounts.Select(static count => (double)count)]),
        };
        if (_only is not null)
            tensors.Add(new(StandardizedName, [_only.Length], Array.ConvertAll(_only, static column => (double)column)));
        new SafetensorsFile(tensors, new Dictionary<string, string> { [KindName] = Kind }).Write(path);
    }

    /// <summary>Reads a scaler that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The scaler; it gives the same bits.</returns>
    /// <exception cref="InvalidDataException">The file holds no scaler, or is damaged.</exception>
    public static FeatureScaler Load(string path)
    {
        var file = SafetensorsFile.Read(path);
        if (file.TextOf(KindName) is var kind and not Kind)
            Diagnostics.Throw.InvalidData_File(path, $"this is a '{kind}' where a '{Kind}' is asked for.");
        var length = file.Tensors.FirstOrDefault(static tensor => tensor.Name == MeansName)?.Length ?? 0;
        var (means, deviations) = (file.DoublesOf(MeansName, length).ToArray(), file.DoublesOf(DeviationsName, length).ToArray());
        for (var column = 0; column < length; column++)
        {
            if (!double.IsFinite(means[column]) || !(deviations[column] > 0 && double.IsFinite(deviations[column])))
                Diagnostics.Throw.InvalidData_File(path, $"column {column:N0} has mean {means[column]} and deviation {deviations[column]}; a mean is finite, a deviation finite and above 0.");
        }

        int[]? only = null;
        if (file.Tensors.FirstOrDefault(static tensor => tensor.Name == StandardizedName) is { } standardized)
        {
            var columns = file.DoublesOf(StandardizedName, standardized.Length).ToArray();
            for (var place = 0; place < columns.Length; place++)
            {
                if (!(columns[place] >= 0 && columns[place] < length && double.IsInteger(columns[place]) && (place == 0 || columns[place] > columns[place - 1])))
                    Diagnostics.Throw.InvalidData_File(path, $"column {columns[place]} is to be standardized, at place {place:N0}; columns are whole numbers from 0 to {length - 1:N0}, ascending.");
            }

            only = Array.ConvertAll(columns, static column => (int)column);
        }

        var (fillValues, missingCounts) = (file.DoublesOf(FillValuesName, length).ToArray(), file.DoublesOf(MissingCountsName, length).ToArray());
        for (var column = 0; column < length; column++)
        {
            if (double.IsInfinity(fillValues[column]))
                Diagnostics.Throw.InvalidData_File(path, $"a missing value of column {column:N0} becomes {fillValues[column]}; what it becomes is finite, or NaN where it is not known.");
            if (!(missingCounts[column] is >= 0 and <= SampleMatrix.MaxRowCount && double.IsInteger(missingCounts[column])))
                Diagnostics.Throw.InvalidData_File(path, $"{missingCounts[column]} values of column {column:N0} are missing; a count is a whole number from 0 to {SampleMatrix.MaxRowCount:N0}.");
        }

        return new FeatureScaler(
            [.. fillValues.Select((value, column) => FillValueFrom(path, value, column))],
            means,
            deviations,
            Array.ConvertAll(missingCounts, static count => (long)count),
            only);
    }

    private static Lazy<double> FillValueFrom(string path, double value, int column) => double.IsNaN(value)
        ? new Lazy<double>(() => throw new InvalidOperationException($"a row lacks column {column:N0}, of which no training row lacked a value, so that {path} does not hold its median; fit the scaler again."))
        : new Lazy<double>(value);
}
