namespace Engine.Numerics;

/// <summary>Cholesky factorization in double precision that names the columns it had to leave out.</summary>
/// <remarks>
/// <para><b>Computes</b>: L with A = L L', row by row. A column whose pivot falls below a share of its diagonal is, to that accuracy, a combination of earlier columns;
/// it is left out, and its unknown is 0, as R's glm does.</para>
/// </remarks>
internal sealed class Cholesky
{
    /// <summary>The share of its diagonal that rounding of the sums can leave of a pivot that is 0.</summary>
    public const double RoundingShare = 1e-10;

    private readonly double[] _factor;
    private readonly bool[] _isLeftOut;
    private readonly int _size;

    /// <summary>Factorizes a symmetric positive semidefinite matrix.</summary>
    /// <param name="matrix">Its lower triangle, one row every <paramref name="stride"/> elements.</param>
    /// <param name="size">The number of rows.</param>
    /// <param name="stride">The distance between rows.</param>
    /// <param name="smallestShare">The share of its diagonal at or below which a pivot is taken for 0.</param>
    /// <param name="leftOut">Columns that are left out whatever their pivots.</param>
    /// <param name="scales">For each column what its pivot is compared with in place of its diagonal, which may itself be what rounding left; none for the diagonal.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <exception cref="OperationCanceledException">The factorization was stopped.</exception>
    public Cholesky(
        ReadOnlySpan<double> matrix,
        int size,
        int stride,
        double smallestShare = RoundingShare,
        IReadOnlyList<int>? leftOut = null,
        ReadOnlySpan<double> scales = default,
        CancellationToken cancellation = default)
    {
        _size = size;
        _factor = new double[size * size];
        _isLeftOut = new bool[size];
        foreach (var column in leftOut ?? [])
            _isLeftOut[column] = true;
        for (var i = 0; i < size; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_isLeftOut[i])
                continue;
            for (var j = 0; j < i; j++)
                _factor[(i * size) + j] = _isLeftOut[j] ? 0 : (matrix[(i * stride) + j] - DoubleVector.Dot(Row(i, j), Row(j, j))) / _factor[(j * size) + j];
            var diagonal = matrix[(i * stride) + i];
            var pivot = diagonal - DoubleVector.Dot(Row(i, i), Row(i, i));
            if (pivot > smallestShare * (scales.IsEmpty ? diagonal : scales[i]))
                _factor[(i * size) + i] = Math.Sqrt(pivot);
            else
                _isLeftOut[i] = true;
        }
    }

    /// <summary>Gets the columns that are combinations of earlier ones, and those that the caller left out; ascending.</summary>
    public IReadOnlyList<int> LeftOut => [.. Enumerable.Range(0, _size).Where(column => _isLeftOut[column])];

    /// <summary>Returns a row of L up to its diagonal; zeros for a column that was left out.</summary>
    public ReadOnlySpan<double> FactorRow(int row) => Row(row, row + 1);

    /// <summary>Solves A x = b; unknowns that were left out are 0.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var x = new double[_size];
        for (var i = 0; i < _size; i++)
        {
            if (!_isLeftOut[i])
                x[i] = (right[i] - DoubleVector.Dot(Row(i, i), x)) / _factor[(i * _size) + i];
        }

        for (var i = _size - 1; i >= 0; i--)
        {
            if (_isLeftOut[i])
                continue;
            x[i] /= _factor[(i * _size) + i];
            DoubleVector.AddScaled(x.AsSpan(0, i), -x[i], Row(i, i));
        }

        return x;
    }

    /// <summary>Returns the combination of the columns that were kept which comes closest to a column that was left out.</summary>
    /// <param name="column">The column.</param>
    /// <returns>One share a column; 0 for columns after it, and for those that were left out.</returns>
    public double[] SharesOf(int column)
    {
        var shares = Row(column, column).ToArray();
        Array.Resize(ref shares, _size);
        for (var i = column - 1; i >= 0; i--)
        {
            if (_isLeftOut[i])
                continue;
            shares[i] /= _factor[(i * _size) + i];
            DoubleVector.AddScaled(shares.AsSpan(0, i), -shares[i], Row(i, i));
        }

        return shares;
    }

    /// <summary>Computes the inverse; rows and columns that were left out are 0.</summary>
    /// <returns>size x size, row-major.</returns>
    public double[] Inverse()
    {
        var inverse = new double[_size * _size];
        var unit = new double[_size];
        for (var column = 0; column < _size; column++)
        {
            if (_isLeftOut[column])
                continue;
            unit[column] = 1;
            Solve(unit).CopyTo(inverse, column * _size);
            unit[column] = 0;
        }

        return inverse;
    }

    private ReadOnlySpan<double> Row(int row, int length) => _factor.AsSpan(row * _size, length);
}
