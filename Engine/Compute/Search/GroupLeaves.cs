using Engine.Numerics;

namespace Engine.Compute.Search;

/// <summary>Which groups each leaf has rows of, and which of its places hold a row of any.</summary>
internal sealed unsafe class GroupLeaves : IDisposable
{
    private readonly NativeBuffer<ulong> _groups;
    private readonly NativeBuffer<ulong> _places;

    public GroupLeaves(LeafFilter filter, ReadOnlySpan<ulong> groupsOfRow)
    {
        _groups = new NativeBuffer<ulong>(filter.LeafCount);
        _places = new NativeBuffer<ulong>(filter.LeafCount);
        for (long place = 0; place < filter.Order.Length; place++)
        {
            var groups = groupsOfRow[filter.Order.Pointer[place]];
            if (groups == 0)
                continue;
            var (leaf, slot) = Math.DivRem(place, LeafFilter.RowsPerLeaf);
            _groups.Pointer[leaf] |= groups;
            _places.Pointer[leaf] |= 1UL << (int)slot;
            RowCount++;
        }
    }

    /// <summary>Gets the number of rows in any group.</summary>
    public long RowCount { get; }

    /// <summary>Returns the groups of the rows of a leaf, a bit each.</summary>
    public ulong GroupsOf(long leaf) => _groups.Pointer[leaf];

    /// <summary>Returns the places of a leaf whose row is in a group, a bit each.</summary>
    public ulong PlacesOf(long leaf) => _places.Pointer[leaf];

    /// <inheritdoc/>
    public void Dispose()
    {
        _groups.Dispose();
        _places.Dispose();
    }
}
