using Engine.Numerics;

namespace Engine.Tests.Support;

/// <summary>Values of a <see cref="DataKind"/>: what differs between rows comes from the seed, what they share does not.</summary>
internal sealed class RowDraws(DataKind kind, int featureCount, ulong seed)
{
    private const int FactorCount = 4;
    private const int GroupCount = 8;

    private readonly RandomStream _values = new(seed, 3);
    private readonly RandomStream _rows = new(seed, 4);
    private readonly RandomStream _structure = new(20_24, 5);
    private readonly float[][] _shared = new float[GroupCount][];
    private readonly float[] _factors = new float[FactorCount];
    private int _factorsOfRow = -1;

    public float Value(int row, int column)
    {
        var index = ((ulong)row * (ulong)featureCount) + (ulong)column;
        return kind switch
        {
            DataKind.Normal => (float)_values.Normal(index),
            DataKind.SmallIntegers => _values.Below(index, 4),
            DataKind.LowRank => LowRank(row, column) + (0.05f * (float)_values.Normal(index)),
            DataKind.Clusters => (10 * Shared(GroupOf(row, GroupCount), column)) + (1e-3f * (float)_values.Normal(index)),
            DataKind.ZeroOne => ZeroOne(index, column),
            DataKind.ConstantColumns => (column % 3) switch { 0 => 0, 1 => 7.25f, _ => (float)_values.Normal(index) },
            DataKind.Halves => _values.Below(index, 511) / 2f,
            DataKind.FarFromOrigin => 1e6f + (float)_values.Normal(index),
            DataKind.MixedScales => (float)(_values.Normal(index) * Math.Pow(10, (column % 13) - 6)),
            DataKind.Subnormal => (float)(_values.Normal(index) * 1e-43),
            DataKind.SubnormalSquares => (float)(_values.Normal(index) * 3e-22),
            DataKind.Huge => (float)Math.Clamp(_values.Normal(index) * 1e38, -3.4e38, 3.4e38),
            DataKind.LargeSquares => (float)(_values.Normal(index) * 3e18),
            DataKind.Outliers => Outlier(row, column, (float)_values.Normal(index)),
            DataKind.FewDistinctRows => Shared(GroupOf(row, 5), column),
            DataKind.AllEqual => Shared(0, column),
            _ => throw new InvalidOperationException($"{kind} has no values yet; say here what they are."),
        };
    }

    private int GroupOf(int row, int groupCount) => (int)_rows.Below((ulong)row, (ulong)groupCount);

    private float Shared(int group, int column)
    {
        _shared[group] ??= [.. Enumerable.Range(0, featureCount).Select(i => (float)_structure.Normal(((ulong)group << 32) + (ulong)i))];
        return _shared[group][column];
    }

    private float LowRank(int row, int column)
    {
        if (row != _factorsOfRow)
        {
            for (var factor = 0; factor < FactorCount; factor++)
                _factors[factor] = (float)_rows.Normal(((ulong)row * FactorCount) + (ulong)factor);
            _factorsOfRow = row;
        }

        var sum = 0f;
        for (var factor = 0; factor < FactorCount; factor++)
            sum += _factors[factor] * Shared(factor, column);
        return sum;
    }

    private float ZeroOne(ulong index, int column)
    {
        var draw = _values.UniformDouble(index);
        if (draw < _structure.UniformDouble((ulong)column))
            return 1;
        return draw < 0.9 ? 0f : -0f;
    }

    private static float Outlier(int row, int column, float value)
    {
        if (row % 211 == 7 && column == 0)
            return 1e30f;
        return row % 97 == 3 ? 1e6f * value : value;
    }
}
