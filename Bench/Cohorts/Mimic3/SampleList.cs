using System.Runtime.InteropServices;
using Engine.Data;

namespace Bench.Cohorts.Mimic3;

/// <summary>The samples of all list files, in the order of their lines, and the stays in the order in which they first occur.</summary>
internal sealed class SampleList
{
    private readonly List<ListedStay> _stays = [];
    private readonly List<PrefixSample> _prefixes = [];
    private readonly List<byte> _labels = [];
    private readonly List<CohortSplit> _splits = [];
    private readonly Dictionary<string, int> _stayIndices = new(StringComparer.Ordinal);
    private readonly HashSet<PrefixSample> _known = [];

    /// <summary>Gets the stays.</summary>
    public IReadOnlyList<ListedStay> Stays => _stays;

    /// <summary>Gets the prefix of every sample; its stay is an index of <see cref="Stays"/>.</summary>
    public IReadOnlyList<PrefixSample> Prefixes => _prefixes;

    /// <summary>Gets what every sample is for.</summary>
    public IReadOnlyList<CohortSplit> Splits => _splits;

    /// <summary>Gets <see cref="Prefixes"/> in place; valid until a sample is added.</summary>
    public ReadOnlySpan<PrefixSample> PrefixSpan => CollectionsMarshal.AsSpan(_prefixes);

    /// <summary>Gets the label of every sample; valid until one is added.</summary>
    public ReadOnlySpan<byte> Labels => CollectionsMarshal.AsSpan(_labels);

    /// <summary>Finds a stay by the name of its file.</summary>
    public bool TryFindStay(string name, out int stay) => _stayIndices.TryGetValue(name, out stay);

    /// <summary>Adds a stay that is not yet known.</summary>
    /// <returns>Its index.</returns>
    public int AddStay(ListedStay stay)
    {
        _stayIndices.Add(stay.Name, _stays.Count);
        _stays.Add(stay);
        return _stays.Count - 1;
    }

    /// <summary>Adds a sample, unless the same prefix is already there.</summary>
    /// <returns>Whether the sample was new.</returns>
    public bool TryAddSample(PrefixSample prefix, byte label)
    {
        if (!_known.Add(prefix))
            return false;
        var stay = _stays[prefix.Stay];
        stay.Hours = Math.Max(stay.Hours, prefix.Hours);
        _prefixes.Add(prefix);
        _labels.Add(label);
        _splits.Add(stay.Split);
        return true;
    }

    /// <summary>Numbers the patients of the samples, in the order in which they first occur.</summary>
    /// <returns>One number a sample.</returns>
    public int[] PatientOfSample()
    {
        var numbers = new Dictionary<int, int>();
        foreach (var stay in _stays)
            numbers.TryAdd(stay.Subject, numbers.Count);
        var patientOfStay = _stays.ConvertAll(stay => numbers[stay.Subject]);
        return [.. _prefixes.Select(prefix => patientOfStay[prefix.Stay])];
    }

    /// <summary>Gives back what only the search for duplicates needed, over 60 MB for the full decompensation lists.</summary>
    public void Freeze()
    {
        _known.Clear();
        _known.TrimExcess();
        _stayIndices.Clear();
        _stayIndices.TrimExcess();
    }
}
