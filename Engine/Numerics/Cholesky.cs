namespace Engine.Numerics;

/// <summary>Cholesky factorization in double precision that names the columns it had to leave out.</summary>
/// <remarks>
/// <para><b>Computes</b>: L with A = L L', column by column. A column whose pivot falls below 1e-10 of its diagonal is a combination of
/// earlier columns (to the accuracy of the sums); it is left out, and its unknown is 0, as R's glm does.</para>
/// </remarks>
internal sealed class Cholesky
{
    private const double SmallestPivotShare = 1e-10;

    private readonly double[] _factor;
    private readonly bool[] _isLeftOut;
    private readonly int _size;

    /// <summary>Factorizes a symmetric positive semidefinite matrix.</summary>
    /// <param name="matrix">Its lower triangle, one row every <paramref name="stride"/> elements.</param>
    /// <param name="size">The number of rows.</param>
    /// <param name="stride">The distance between rows.</param>
    public Cholesky(ReadOnlySpan<double> matrix, int size, int stride)
    {
        _size = size;
        _factor = new double[size * size];
        _isLeftOut = new bool[size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[(i * stride) + j] - Dot(i, j, j);
                if (i != j)
                    _factor[(i * size) + j] = _isLeftOut[j] ? 0 : rest / _factor[(j * size) + j];
                else if (rest > SmallestPivotShare * matrix[(i * stride) + i])
                    _factor[(i * size) + i] = Math.Sqrt(rest);
                else
                    LeaveOut(i);
            }
        }
    }

    /// <summary>Gets the columns that are combinations of earlier ones, ascending.</summary>
    public IReadOnlyList<int> LeftOut => [.. Enumerable.Range(0, _size).Where(column => _isLeftOut[column])];

    /// <summary>Solves A x = b; unknowns that were left out are 0.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var x = new double[_size];
        for (var i = 0; i < _size; i++)
        {
            if (_isLeftOut[i])
                continue;
            var rest = right[i];
            for (var j = 0; j < i; j++)
                rest -= _factor[(i * _size) + j] * x[j];
            x[i] = rest / _factor[(i * _size) + i];
        }

        for (var i = _size - 1; i >= 0; i--)
        {
            if (_isLeftOut[i])
                continue;
            for (var j = i + 1; j < _size; j++)
                x[i] -= _factor[(j * _size) + i] * x[j];
            x[i] /= _factor[(i * _size) + i];
        }

        return x;
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
            var solved = Solve(unit);
            unit[column] = 0;
            for (var row = 0; row < _size; row++)
                inverse[(row * _size) + column] = solved[row];
        }

        return inverse;
    }

    private double Dot(int i, int j, int length)
    {
        var sum = 0.0;
        for (var k = 0; k < length; k++)
            sum += _factor[(i * _size) + k] * _factor[(j * _size) + k];
        return sum;
    }

    private void LeaveOut(int column)
    {
        _isLeftOut[column] = true;
        Array.Clear(_factor, column * _size, column);
    }
}
