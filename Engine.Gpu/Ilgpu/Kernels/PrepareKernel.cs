using Engine.Gpu.Ilgpu.Search;
using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Centers rows, turns them so that tiles read them in order, and takes their norms. One thread a row.</summary>
internal static class PrepareKernel
{
    public static void Prepare(PrepareTask task)
    {
        for (var row = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; row < task.RowCount; row += (long)Grid.DimX * Group.DimX)
        {
            var norm = 0.0;
            for (var i = 0; i < task.Stride; i++)
            {
                var value = task.Raw[(row * task.Stride) + i] - task.Center[i];
                task.Turned[((long)i * task.Pitch) + row] = value;
                norm += (double)value * value;
            }

            // A share that is not a number keeps all pairs of its row.
            task.Shares[row] = norm <= FilterBound.LargestNorm ? (float)(norm * task.NormFactor) : float.NaN;
        }
    }
}
