using System.Text.Json.Serialization;

namespace Engine.Logistic;

/// <summary>A fit as a file holds it. Null is what a text does not say.</summary>
internal sealed record SavedFit
{
    /// <summary>The version that is written. The one before knew neither offsets nor added rows, and listed features in place of coefficients.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The share of two standard errors by which rounding can part the two entries of one covariance.</summary>
    private const double LargestAsymmetry = 1e-3;

    private const int FirstVersion = 1;

    public int? Version { get; init; }

    public FitStatus? Status { get; init; }

    public bool? HasIntercept { get; init; }

    public bool? HasOffsets { get; init; }

    public bool? HasAddedRows { get; init; }

    public double[]? Coefficients { get; init; }

    public double[]? Covariance { get; init; }

    public int[]? LeftOutCoefficients { get; init; }

    public int[]? SeparatingCoefficients { get; init; }

    public double? LogLikelihood { get; init; }

    public double? NullDeviance { get; init; }

    public double? TotalWeight { get; init; }

    public int? Iterations { get; init; }

    /// <summary>Of the first version only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? LeftOutFeatures { get; init; }

    /// <summary>Of the first version only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? SeparatingFeatures { get; init; }

    /// <summary>Returns the same fit in the current version; one of any other version as it is.</summary>
    public SavedFit ToCurrentVersion() => Version != FirstVersion ? this : this with
    {
        Version = CurrentVersion,
        HasOffsets = false,
        HasAddedRows = false,
        LeftOutCoefficients = ToCoefficients(LeftOutFeatures),
        SeparatingCoefficients = ToCoefficients(SeparatingFeatures),
        LeftOutFeatures = null,
        SeparatingFeatures = null,
    };

    /// <summary>Finds the first thing that no fit has.</summary>
    /// <returns>What is wrong with which field, or null where nothing is.</returns>
    public string? FindFault()
    {
        if (Version != CurrentVersion)
            return Version is null ? Missing(nameof(Version)) : $"{nameof(Version)} is {Version}; this library reads versions {FirstVersion} to {CurrentVersion}.";
        if (Status is not { } status)
            return Missing(nameof(Status));
        if (!Enum.IsDefined(status))
            return $"{nameof(Status)} is {(int)status}; allowed is 0 to {(int)Enum.GetValues<FitStatus>().Max()}.";
        if (HasIntercept is not { } hasIntercept)
            return Missing(nameof(HasIntercept));
        if (HasOffsets is null)
            return Missing(nameof(HasOffsets));
        if (HasAddedRows is null)
            return Missing(nameof(HasAddedRows));
        if (Coefficients is null)
            return Missing(nameof(Coefficients));
        if (Coefficients.Length < (hasIntercept ? 2 : 1))
            return $"{nameof(Coefficients)} has {Coefficients.Length} entries; a fit has one a feature{(hasIntercept ? ", after the intercept" : null)}.";
        return FindNotFinite(nameof(Coefficients), Coefficients)
            ?? FindFaultOfCovariance(Coefficients.Length)
            ?? FindFaultOfIndices(nameof(LeftOutCoefficients), LeftOutCoefficients)
            ?? FindFaultOfIndices(nameof(SeparatingCoefficients), SeparatingCoefficients)
            ?? FindFaultOfNumber(nameof(LogLikelihood), LogLikelihood, double.NegativeInfinity)
            ?? FindFaultOfNumber(nameof(NullDeviance), NullDeviance, 0)
            ?? FindFaultOfNumber(nameof(TotalWeight), TotalWeight, 0)
            ?? FindFaultOfNumber(nameof(Iterations), Iterations, 0);
    }

    private static string Missing(string name) => $"{name} is missing.";

    private static string? FindNotFinite(string name, double[] values)
    {
        var index = Array.FindIndex(values, static value => !double.IsFinite(value));
        return index < 0 ? null : $"entry {index:N0} of {name} is {values[index]}; every number must be finite.";
    }

    private static string? FindFaultOfNumber(string name, double? value, double least)
    {
        if (value is not { } number)
            return Missing(name);
        if (!double.IsFinite(number))
            return $"{name} is {number}; every number must be finite.";
        return number < least ? $"{name} is {number}; allowed is {least} or more." : null;
    }

    private int[]? ToCoefficients(int[]? features) => HasIntercept == true ? features?.Select(static feature => feature + 1).ToArray() : features;

    private string? FindFaultOfIndices(string name, int[]? indices)
    {
        if (indices is null)
            return Missing(name);
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= Coefficients!.Length || (i > 0 && indices[i] <= indices[i - 1]))
                return $"entry {i:N0} of {name} is {indices[i]}; entries must ascend within 0 to {Coefficients!.Length - 1}.";
        }

        return null;
    }

    private string? FindFaultOfCovariance(int size)
    {
        if (Covariance is null)
            return Missing(nameof(Covariance));
        if (Covariance.Length != (long)size * size)
            return $"{nameof(Covariance)} has {Covariance.Length:N0} entries; {size:N0} coefficients have {(long)size * size:N0}.";
        if (FindNotFinite(nameof(Covariance), Covariance) is { } notFinite)
            return notFinite;
        for (var i = 0; i < size; i++)
        {
            if (Covariance[(i * size) + i] < 0)
                return $"entry {(i * size) + i:N0} of {nameof(Covariance)} is {Covariance[(i * size) + i]}, the variance of coefficient {i:N0}; a variance is 0 or more.";
            for (var j = 0; j < i; j++)
            {
                var (entry, mirror) = (Covariance[(i * size) + j], Covariance[(j * size) + i]);
                if (!(Math.Abs(entry - mirror) <= LargestAsymmetry * Math.Sqrt(Covariance[(i * size) + i]) * Math.Sqrt(Covariance[(j * size) + j])))
                    return $"entries {(i * size) + j:N0} and {(j * size) + i:N0} of {nameof(Covariance)} are {entry} and {mirror}; it must be symmetric.";
            }
        }

        return null;
    }
}
