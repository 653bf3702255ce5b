using Engine.Compute;
using Engine.Numerics;

namespace Engine.Logistic;

/// <content>Between the columns of the rows, those of the basis, and those of the normal equations.</content>
internal sealed partial class PenalizedLikelihood
{
    /// <summary>Returns coefficients of the columns of the rows for those of this function.</summary>
    public double[] ToDesign(ReadOnlySpan<double> coefficients)
    {
        if (Basis is null)
            return coefficients.ToArray();
        var columns = ToColumns(coefficients);
        Basis.ToDesign(columns);
        return FromColumns(columns);
    }

    /// <summary>Returns coefficients of this function for those of the columns of the rows.</summary>
    public double[] FromDesign(ReadOnlySpan<double> coefficients)
    {
        if (Basis is null)
            return coefficients.ToArray();
        var columns = ToColumns(coefficients);
        Basis.FromDesign(columns);
        return FromColumns(columns);
    }

    /// <summary>Returns the covariance of the coefficients of the columns of the rows; <see cref="WeightedRows.Scale"/> times it is what it is in the caller's units of weight.</summary>
    /// <param name="inverse">The inverse of <see cref="Information"/>.</param>
    public double[] CovarianceOfDesign(double[] inverse)
    {
        var covariance = inverse;
        for (var side = 0; side < (Basis is null ? 0 : 2); side++)
        {
            // Rows, then columns: the matrix is symmetric, so that its columns are the rows of what comes out.
            var turned = new double[covariance.Length];
            for (var i = 0; i < Size; i++)
            {
                var row = ToDesign(covariance.AsSpan(i * Size, Size));
                for (var j = 0; j < Size; j++)
                    turned[(j * Size) + i] = row[j];
            }

            covariance = turned;
        }

        return covariance;
    }

    /// <summary>Returns the column of the normal equations that a coefficient has; for a coefficient of a feature, also its feature.</summary>
    public int ColumnOf(int coefficient) => !_options.HasIntercept ? coefficient : coefficient == 0 ? Rows.FeatureCount : coefficient - 1;

    /// <summary>Returns values, one a coefficient, in the order of the normal equations.</summary>
    public double[] ToColumns(ReadOnlySpan<double> coefficients)
    {
        var columns = new double[Size];
        for (var i = 0; i < Size; i++)
            columns[ColumnOf(i)] = coefficients[i];
        return columns;
    }

    /// <summary>Returns the lower triangle of a Hessian, Size x Size values in the order of the coefficients.</summary>
    private double[] Products(NormalEquations sums)
    {
        var products = new double[Size * Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                // The sums hold their lower triangle, in their own order of columns.
                var (row, column) = (Math.Max(ColumnOf(i), ColumnOf(j)), Math.Min(ColumnOf(i), ColumnOf(j)));
                products[(i * Size) + j] = sums.Hessian[(row * sums.Stride) + column];
            }
        }

        return products;
    }

    private double[] FromColumns(double[] columns)
    {
        var coefficients = new double[Size];
        for (var i = 0; i < Size; i++)
            coefficients[i] = columns[ColumnOf(i)];
        return coefficients;
    }

    /// <summary>Returns M'DM, M the way from this basis to the design, D the penalty of each coefficient there.</summary>
    private double[] PenaltyInBasis()
    {
        var unit = new double[Size];
        var ways = new double[Size][];
        for (var i = 0; i < Size; i++)
        {
            unit[i] = 1;
            ways[i] = ToDesign(unit)[FirstFeature..];
            unit[i] = 0;
        }

        var matrix = new double[Size * Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
                matrix[(i * Size) + j] = _penalty * DoubleVector.Dot(ways[i], ways[j]);
        }

        return matrix;
    }
}
