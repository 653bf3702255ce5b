using ILGPU;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>The pairs that one step of the filter left.</summary>
/// <param name="Pairs">Query x 2^32 + row of the slab, in any order.</param>
/// <param name="Count">How many.</param>
/// <param name="Slab">The slab.</param>
/// <param name="FirstRow">Its first row, counted among those of the index.</param>
internal readonly record struct StepPairs(ArrayView<long> Pairs, int Count, DeviceRows Slab, long FirstRow);
