using Engine.Compute.Irls;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>Finds columns in which a fit can be computed in double precision, and the columns that are combinations of others.</summary>
/// <remarks>
/// <para>A column whose pivot in the information matrix is below 1e-6 of its diagonal - a year, a day number, the second of two that hardly differ - is replaced by what earlier columns
/// leave of it (<see cref="ColumnBasis"/>), and the sums are made anew. What was below the rounding of the first sums can be seen in the next.</para>
/// <para>A column of which less than 1e-11 of its length is left is a combination of others, as in R's <c>glm</c>. With a penalty no column is left out.</para>
/// </remarks>
internal static class Conditioning
{
    /// <summary>A pivot above this share of its diagonal has at least nine digits.</summary>
    private const double WeakShare = 1e-6;

    private const double SquaredShareOfCombination = 1e-22;

    /// <summary>Columns that nearly agree with one another are told apart one a round.</summary>
    private const int LargestRounds = 8;

    /// <summary>Factorizes the information at a place; columns whose pivots have lost too many digits are left out.</summary>
    public static Cholesky Factorize(FitPlace place) => place.Likelihood.Factorize(place.Sums, WeakShare);

    /// <summary>Returns a place as it is, or the same in better columns.</summary>
    /// <param name="place">A place; its likelihood is not disposed.</param>
    /// <param name="finds">Whether combinations of others are to be left out: at a start, where every row has curvature.</param>
    public static FitPlace Improve(FitPlace place, bool finds)
    {
        var best = place;
        var squares = place.Likelihood.Diagonal(place.Sums);
        var leftOut = place.Likelihood.LeftOut.ToList();
        for (var round = 0; round < LargestRounds; round++)
        {
            var likelihood = best.Likelihood;
            var factor = Factorize(best);
            var diagonal = likelihood.Diagonal(best.Sums);
            int[] nothing = [.. Enumerable.Range(0, likelihood.Size).Except(leftOut).Where(column => diagonal[column] <= SquaredShareOfCombination * squares[column])];
            int[] improvable = [.. factor.LeftOut.Except(leftOut).Except(nothing)];
            // Where they are not looked for, combinations stay what they are: nothing better can be made of them.
            int[] combinations = finds && !likelihood.IsPenalized ? nothing : [];
            if (improvable.Length == 0 && combinations.Length == 0)
                break;
            leftOut.AddRange(combinations);
            var basis = improvable.Length == 0
                ? likelihood.Basis
                : ColumnBasis.Replace(likelihood.Basis, improvable.ToDictionary(likelihood.ColumnOf, column => likelihood.ToColumns(factor.SharesOf(column))), likelihood.Size);
            best = best.In(basis?.Without([.. leftOut.Select(likelihood.ColumnOf)]), leftOut, place);
        }

        return best;
    }
}
