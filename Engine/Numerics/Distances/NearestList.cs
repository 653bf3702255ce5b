namespace Engine.Numerics.Distances;

/// <summary>The k nearest rows seen so far, ordered by (distance, row index).</summary>
/// <remarks><b>Ties</b>: rows must be offered in rising index; then equal distances keep the lower index, and k = 10 is a prefix of k = 100.</remarks>
internal ref struct NearestList(Span<long> indices, Span<float> distances)
{
    private readonly Span<long> _indices = indices;
    private readonly Span<float> _distances = distances;
    private int _count;

    /// <summary>Gets the distance that a row must be below to enter.</summary>
    public readonly float Threshold => _count < _distances.Length ? float.PositiveInfinity : _distances[^1];

    /// <summary>Gets the number of rows held.</summary>
    public readonly int Count => _count;

    /// <summary>Resumes a list of which <paramref name="count"/> rows are already held.</summary>
    public static NearestList Resume(Span<long> indices, Span<float> distances, int count) => new(indices, distances) { _count = count };

    /// <summary>Offers a row whose index is above all indices offered before.</summary>
    public void Offer(long index, float distance)
    {
        if (_count == _distances.Length)
        {
            if (!(distance < _distances[^1]))
                return;
        }
        else
        {
            _count++;
        }

        var place = _count - 1;
        for (; place > 0 && distance < _distances[place - 1]; place--)
        {
            _distances[place] = _distances[place - 1];
            _indices[place] = _indices[place - 1];
        }

        _distances[place] = distance;
        _indices[place] = index;
    }
}
