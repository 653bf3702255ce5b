using Engine.Data;

namespace Bench.Cohorts;

/// <summary>Rows of a table while it is read: features, class, and the two demographics that every table here has.</summary>
/// <param name="featureCount">The number of features a row.</param>
internal sealed class TableRows(int featureCount)
{
    private readonly List<float[]> _features = [];
    private readonly List<byte> _labels = [];
    private readonly List<bool?> _males = [];
    private readonly List<double> _ages = [];

    /// <summary>Gets the number of rows added.</summary>
    public int Count => _features.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="features">One value a feature, NaN where missing; the table keeps the array.</param>
    /// <param name="label">0 or 1.</param>
    /// <param name="isMale">The sex; null when unknown.</param>
    /// <param name="age">The age in years; NaN when unknown.</param>
    public void Add(float[] features, byte label, bool? isMale, double age)
    {
        _features.Add(features);
        _labels.Add(label);
        _males.Add(isMale);
        _ages.Add(age);
    }

    /// <summary>Copies the features into a matrix with padded rows of its own.</summary>
    public SampleMatrix ToSamples()
    {
        var samples = SampleMatrix.Create(Count, featureCount);
        for (var row = 0; row < Count; row++)
            _features[row].CopyTo(samples.GetWritableRow(row));
        return samples;
    }

    /// <summary>Returns the classes.</summary>
    public Labels ToLabels() => Labels.From(_labels.ToArray());

    /// <summary>Starts the groups with everyone and the two sexes; a row of unknown sex is in neither.</summary>
    public Subgroups GroupBySex()
    {
        var groups = new Subgroups(Count);
        groups.Add(Cohort.Everyone, RowMask.All(Count));
        groups.Add("male", RowMask.From(Count, row => _males[row] == true));
        groups.Add("female", RowMask.From(Count, row => _males[row] == false));
        return groups;
    }

    /// <summary>Adds the bands of age that hold a row.</summary>
    /// <param name="groups">The groups to add to.</param>
    public void AddAgeBandsTo(Subgroups groups) => AgeBands.AddTo(groups, _ages);
}
