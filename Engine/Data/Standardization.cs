using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Engine.Numerics.Lanes;

namespace Engine.Data;

/// <summary>(x - mean) / deviation of the values of rows, each widened, moved, divided and rounded to float32 in a register.</summary>
/// <remarks>
/// <para>Eight columns are standardized together; where only some are at all, as few such parts as hold them, and other columns are copied.</para>
/// <para><b>Determinism</b>: element by element, so vectors of any width give the same bits. A quotient is made of three operations with the reciprocal, a quarter of what a division takes, and has
/// every bit of it (docs/numerics.md, Scaling and imputation); machines without fused multiply-add divide.</para>
/// </remarks>
internal sealed unsafe class Standardization
{
    private const int Lanes = 8;

    /// <summary>Means, deviations, reciprocals and their opposites of the columns of a part.</summary>
    private const int ConstantsPerPart = 4 * Lanes;

    private const int BytesPerLine = 64;

    /// <summary>Within these sizes, or at mean 0, nothing underflows or overflows on the way to a quotient.</summary>
    private const double Smallest = 1e-100, Largest = 1e100;

    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>The first column of each part; none where there are fewer columns than lanes.</summary>
    private readonly int[] _starts;
    private readonly double[] _constants;
    private readonly bool _isEveryColumn;
    private readonly bool _hasReciprocals;

    /// <summary>Takes what columns are standardized by.</summary>
    /// <param name="means">The means; 0 for columns that stay as they are.</param>
    /// <param name="deviations">The deviations; 1 for those.</param>
    /// <param name="columns">The columns that do not, ascending; null for all.</param>
    public Standardization(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, ReadOnlyMemory<int>? columns = null)
    {
        (_means, _deviations, _isEveryColumn) = (means.ToArray(), deviations.ToArray(), columns is null);
        _starts = means.Length < Lanes ? [] : [.. Parts(columns is { } some ? some.ToArray() : [.. Enumerable.Range(0, means.Length)], means.Length - Lanes)];
        // Pinned, so that parts which begin at a cache line stay there.
        _constants = GC.AllocateArray<double>((_starts.Length * ConstantsPerPart) + (BytesPerLine / sizeof(double)), pinned: true);
        _hasReciprocals = Vector512.IsHardwareAccelerated || Fma.IsSupported || AdvSimd.Arm64.IsSupported;
        for (var part = 0; part < _starts.Length; part++)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                var (mean, deviation) = (_means[_starts[part] + lane], _deviations[_starts[part] + lane]);
                var constants = Constants + (part * ConstantsPerPart) + lane;
                constants[0] = mean;
                constants[Lanes] = deviation;
                constants[2 * Lanes] = 1 / deviation;
                constants[3 * Lanes] = -(1 / deviation);
                _hasReciprocals &= deviation is >= Smallest and <= Largest && Math.Abs(mean) is 0 or >= Smallest and <= Largest;
            }
        }
    }

    private double* Constants
    {
        get
        {
            var start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_constants));
            return (double*)((start + BytesPerLine - 1) & -BytesPerLine);
        }
    }

    /// <summary>Standardizes one value.</summary>
    public float Of(double value, int column) => (float)((value - _means[column]) / _deviations[column]);

    /// <summary>Standardizes rows, up to the first that holds a value which is not finite.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="distance">Their distance.</param>
    /// <param name="standardized">Receives as many; may be <paramref name="rows"/> themselves.</param>
    /// <param name="stride">Their distance.</param>
    /// <param name="rowCount">How many.</param>
    /// <returns>How many rows come before it; of that row itself, the finite values are standardized too.</returns>
    public int Apply(float* rows, nint distance, float* standardized, nint stride, int rowCount)
    {
        // Parts overlap, and would standardize a column twice where the rows themselves are replaced.
        if (rows < standardized + (rowCount * stride) && standardized < rows + (rowCount * distance))
            return ApplyOneByOne(rows, distance, standardized, stride, rowCount);
        if (_isEveryColumn)
            return ApplyParts(rows, distance, standardized, stride, rowCount);
        for (var row = 0; row < rowCount; row++)
        {
            var values = new ReadOnlySpan<float>(rows + (row * distance), _means.Length);
            values.CopyTo(new Span<float>(standardized + (row * stride), _means.Length));
            ApplyParts(rows + (row * distance), 0, standardized + (row * stride), 0, 1);
            if (!TensorPrimitives.IsFiniteAll(values))
                return row;
        }

        return rowCount;
    }

    private static IEnumerable<int> Parts(int[] columns, int last)
    {
        for (var i = 0; i < columns.Length;)
        {
            // The last part overlaps the one before, whose columns are then made twice.
            var start = Math.Min(columns[i], last);
            yield return start;
            while (i < columns.Length && columns[i] < start + Lanes)
                i++;
        }
    }

    private int ApplyParts(float* rows, nint distance, float* standardized, nint stride, int rowCount)
    {
        if (_starts.Length == 0)
            return ApplyOneByOne(rows, distance, standardized, stride, rowCount);
        if (Vector512.IsHardwareAccelerated)
            return ApplyParts<Lanes512<double>>(rows, distance, standardized, stride, rowCount);
        if (Vector256.IsHardwareAccelerated)
            return ApplyParts<Lanes256<double>>(rows, distance, standardized, stride, rowCount);
        return Vector128.IsHardwareAccelerated
            ? ApplyParts<Lanes128<double>>(rows, distance, standardized, stride, rowCount)
            : ApplyParts<LanesScalar<double>>(rows, distance, standardized, stride, rowCount);
    }

    /// <summary>A loop without calls, which would keep the marks in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int ApplyParts<TLanes>(float* rows, nint distance, float* standardized, nint stride, int rowCount)
        where TLanes : struct, ILanes<TLanes, double>
    {
        var (starts, first, hasReciprocals) = (_starts, (nint)Constants, _hasReciprocals);
        for (var row = 0; row < rowCount; row++)
        {
            var marks = TLanes.Zero;
            var constants = (double*)first;
            foreach (var start in starts)
            {
                TLanes value = TLanes.LoadSingles(ref rows[start]), deviation = TLanes.Load(ref constants[Lanes]);
                var difference = TLanes.Subtract(value, TLanes.Load(ref constants[0]));
                if (hasReciprocals)
                {
                    var quotient = TLanes.Multiply(difference, TLanes.Load(ref constants[2 * Lanes]));
                    // What is too much is taken off, not what is left added: the quotient of -0 stays -0.
                    var excess = TLanes.MultiplySubtract(quotient, deviation, difference);
                    TLanes.StoreSingles(TLanes.MultiplyAdd(excess, TLanes.Load(ref constants[3 * Lanes]), quotient), ref standardized[start]);
                    marks = TLanes.Add(marks, excess);
                }
                else
                {
                    TLanes.StoreSingles(TLanes.Divide(difference, deviation), ref standardized[start]);
                    marks = TLanes.Add(marks, TLanes.Subtract(value, value));
                }

                constants += ConstantsPerPart;
            }

            // What is not finite stays so in a sum.
            if (!TLanes.AreAtMost(TLanes.Abs(marks), double.MaxValue))
                return row;
            rows += distance;
            standardized += stride;
        }

        return rowCount;
    }

    private int ApplyOneByOne(float* rows, nint distance, float* standardized, nint stride, int rowCount)
    {
        for (var row = 0; row < rowCount; row++)
        {
            var areFinite = true;
            for (var column = 0; column < _means.Length; column++)
            {
                areFinite &= float.IsFinite(rows[column]);
                standardized[column] = Of(rows[column], column);
            }

            if (!areFinite)
                return row;
            rows += distance;
            standardized += stride;
        }

        return rowCount;
    }
}
