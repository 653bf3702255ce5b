using Engine.Numerics.Lanes;

namespace Engine.Numerics.Distances;

/// <summary>What one pair of elements adds to a distance.</summary>
internal interface IDistanceTerm
{
    /// <summary>Computes the term of as many pairs as there are lanes.</summary>
    static abstract TLanes Of<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, IArithmetic<TLanes, float>;
}
