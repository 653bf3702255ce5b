using Engine.Resampling;
using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Makes rows between rows that lie in several buffers: first each takes its base row, from whichever buffer has it, then each moves towards its neighbor.</summary>
internal static class MakeKernel
{
    /// <summary>Copies the base rows that are among the parents.</summary>
    public static void TakeBases(MakeTask task)
    {
        for (var i = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; i < task.Drawn.Length * task.Stride; i += (long)Grid.DimX * Group.DimX)
        {
            var place = task.Drawn[i / task.Stride].Row - task.FirstParent;
            if (place >= 0 && place < task.ParentCount)
                task.Made[i] = task.Parents[(place * task.Stride) + (i % task.Stride)];
        }
    }

    /// <summary>Moves rows towards those neighbors that are among the parents.</summary>
    public static void MoveToNeighbors(MakeTask task)
    {
        for (var i = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; i < task.Drawn.Length * task.Stride; i += (long)Grid.DimX * Group.DimX)
        {
            var (made, column) = (i / task.Stride, i % task.Stride);
            var place = task.Drawn[made].Neighbor - task.FirstParent;
            if (place < 0 || place >= task.ParentCount)
                continue;
            var (row, neighbor, factor) = (task.Made[i], task.Parents[(place * task.Stride) + column], task.Drawn[made].Factor);
            task.Made[i] = task.IsNominal[column] == 0 ? InterpolationKernel.Between(row, neighbor, factor) : factor < InterpolatedRows.NearerToNeighbor ? row : neighbor;
        }
    }
}
