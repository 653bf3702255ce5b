namespace Engine.Compute.Search;

/// <summary>The few leaves whose centers lie closest to a tile: searched first, they give limits that skip most of the others.</summary>
internal ref struct ClosestLeaves
{
    /// <summary>How many leaves a search begins with.</summary>
    public const int Count = 16;

    private readonly Span<long> _leaves;
    private readonly Span<long> _distances;

    /// <summary>Starts empty.</summary>
    /// <param name="leaves">Receives leaves, closest first; -1 where there are fewer.</param>
    /// <param name="distances">As long.</param>
    public ClosestLeaves(Span<long> leaves, Span<long> distances)
    {
        _leaves = leaves;
        _distances = distances;
        leaves.Fill(-1);
        distances.Fill(long.MaxValue);
    }

    /// <summary>Offers a leaf.</summary>
    public readonly void Offer(long leaf, long distance)
    {
        if (distance >= _distances[^1])
            return;
        var place = _leaves.Length - 1;
        for (; place > 0 && distance < _distances[place - 1]; place--)
        {
            _distances[place] = _distances[place - 1];
            _leaves[place] = _leaves[place - 1];
        }

        _distances[place] = distance;
        _leaves[place] = leaf;
    }
}
