using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;
using Engine.Resampling;

namespace Engine.Interop;

/// <summary>The method of a <see cref="NativeSampler"/>; the numbers are part of the interface.</summary>
internal enum NativeSamplerKind
{
    Smote = 0,
    BorderlineSmote = 1,
    Adasyn = 2,
    Gamma = 3,
    RandomOver = 4,
    RandomUnder = 5,
    NearMiss = 6,
    Distant = 7,
    EditedNearestNeighbors = 8,
    TomekLinks = 9,
}

/// <summary>A sampler: its method, and every option that some method has; the others are not looked at.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeSampler
{
    public ulong Seed;
    public double TargetRatio;
    public double Shape;
    public double Scale;
    public NativeSamplerKind Kind;
    public int NeighborCount;

    /// <summary>The rows to make, or -1 for what the ratio asks for.</summary>
    public int RowsToMake;

    /// <summary>The surroundings of <see cref="BorderlineSmote"/>, or the candidates of <see cref="NearMiss"/>.</summary>
    public int OtherNeighborCount;

    /// <summary>The version of <see cref="NearMiss"/>.</summary>
    public int Version;

    /// <summary>An <see cref="EditingRule"/>.</summary>
    public EditingRule Rule;

    /// <summary>A <see cref="CleanedClasses"/>.</summary>
    public CleanedClasses Classes;

    private readonly int? Count => RowsToMake < 0 ? null : RowsToMake;

    /// <summary>Returns the sampler.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not one.</exception>
    public readonly ISampler ToSampler()
    {
        switch (Kind)
        {
            case NativeSamplerKind.Smote:
                return new Smote { Seed = Seed, NeighborCount = NeighborCount, TargetRatio = TargetRatio, RowsToMake = Count };
            case NativeSamplerKind.BorderlineSmote:
                return new BorderlineSmote { Seed = Seed, NeighborCount = NeighborCount, SurroundingCount = OtherNeighborCount, TargetRatio = TargetRatio };
            case NativeSamplerKind.Adasyn:
                return new Adasyn { Seed = Seed, NeighborCount = NeighborCount, TargetRatio = TargetRatio, RowsToMake = Count };
            case NativeSamplerKind.Gamma:
                return new GammaSampler { Seed = Seed, NeighborCount = NeighborCount, Shape = Shape, Scale = Scale, TargetRatio = TargetRatio, RowsToMake = Count };
            case NativeSamplerKind.RandomOver:
                return new RandomOver { Seed = Seed, TargetRatio = TargetRatio, Bases = BaseSelection.Random };
            case NativeSamplerKind.RandomUnder:
                return new RandomUnder { Seed = Seed, TargetRatio = TargetRatio };
            case NativeSamplerKind.NearMiss:
                return new NearMiss { Version = Version, NeighborCount = NeighborCount, CandidateNeighborCount = OtherNeighborCount, TargetRatio = TargetRatio };
            case NativeSamplerKind.Distant:
                return new Distant { NeighborCount = NeighborCount, TargetRatio = TargetRatio };
            case NativeSamplerKind.EditedNearestNeighbors:
                return new EditedNearestNeighbors { NeighborCount = NeighborCount, Rule = Rule, Classes = Classes };
            case NativeSamplerKind.TomekLinks:
                return new TomekLinks { Classes = Classes };
            default:
                Throw.ArgumentOutOfRange(nameof(Kind), (int)Kind, $"0 to {(int)NativeSamplerKind.TomekLinks}");
                return null;
        }
    }
}

/// <summary>Entry points of the samplers.</summary>
internal static unsafe class SamplerEntries
{
    /// <summary>Plans the rows of a resampled table.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="sampler">The method.</param>
    /// <param name="samples">n x p.</param>
    /// <param name="labels">n bytes, 0 or 1.</param>
    /// <param name="handle">Receives the plan.</param>
    /// <param name="usedCount">Receives the number of original rows, repetitions included.</param>
    /// <param name="madeCount">Receives the number of rows to make.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int Plan(NativeCall* call, NativeSampler* sampler, NativeMatrix* samples, byte* labels, long* handle, long* usedCount, long* madeCount) =>
        NativeCall.Run(call, compute =>
        {
            var plan = sampler->ToSampler().Plan(samples->Wrap(), NativeArrays.LabelsOf(labels, samples->RowCount), compute);
            *madeCount = plan.Synthetic.Length;
            *usedCount = plan.TotalRowCount - plan.Synthetic.Length;
            *handle = NativeHandles.Open(plan);
        });

    /// <summary>Reads a plan, and makes its rows.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="handle">The plan.</param>
    /// <param name="samples">The n x p rows that it was made for.</param>
    /// <param name="usedRows">Receives the original rows: each that is kept once, in order, and then the repetitions.</param>
    /// <param name="madeRows">Receives the made rows, p values each; null where there are none.</param>
    /// <param name="madeLabels">Receives their labels.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int Read(NativeCall* call, long handle, NativeMatrix* samples, long* usedRows, float* madeRows, byte* madeLabels) => NativeCall.Run(call, compute =>
    {
        var plan = NativeHandles.Get<ResamplingPlan>(handle);
        var next = usedRows;
        var multiplicities = plan.ToMultiplicities();
        for (var row = 0; row < multiplicities.Length; row++)
        {
            if (multiplicities[row] > 0)
                *next++ = row;
        }

        for (var row = 0; row < multiplicities.Length; row++)
        {
            for (var repetition = 1; repetition < multiplicities[row]; repetition++)
                *next++ = row;
        }

        var made = plan.SyntheticRows(samples->Wrap(), compute);
        for (var i = 0; i < made.RowCount; i++)
            madeLabels[i] = plan.SyntheticLabelOf(i);
        ParallelLoop.For(0L, made.BlockCount, compute.ToParallelOptions(), block =>
        {
            var firstRow = block * SampleMatrix.RowsPerBlock;
            var rowCount = (int)Math.Min(SampleMatrix.RowsPerBlock, made.RowCount - firstRow);
            made.CopyRows(firstRow, rowCount, new Span<float>(madeRows + (firstRow * made.FeatureCount), rowCount * made.FeatureCount));
        });
    });
}
