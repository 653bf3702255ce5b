using Engine.Data;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>Looks for the proof that classes are separated: a direction along which no row comes nearer to the other class, and some row farther from it. Along it the likelihood rises for ever.</summary>
/// <remarks>
/// <para><b>Proof</b>: with s = 1 for class 1 and -1 for class 0, s x'd is 0 or more in every row and above 0 in one (Albert and Anderson 1984). It is checked row by row, each sum beside the size of its terms;
/// no step length, no gain and no other row's predictor decides.</para>
/// <para><b>Candidates</b>: rows that are well on their own side (s eta above 5) are settled. Where the other rows leave directions of the coefficients undetermined, what the coefficients,
/// or the last step, hold of these directions is what the settled rows alone have driven there. Where they leave none, there is an optimum.</para>
/// <para><b>Cost</b>: one pass over the predictors and products of a few rows, as a rule; up to one pass with a Hessian and one more over the predictors.</para>
/// </remarks>
internal static class Separation
{
    /// <summary>Below so large a linear predictor there is nothing to look for: a separated row has a larger one before the steps end.</summary>
    public const double SmallestLinearPredictor = 12;

    private const double Settled = 5;

    /// <summary>What rounding can leave of a sum that is 0, beside the sum of the sizes of its terms.</summary>
    private const double Rounding = 1e-9;

    private const int LargestAttempts = 8;
    private const int RowsBesides = 1024;
    private const int RowsPerCoefficient = 32;

    /// <summary>Looks for a direction without end.</summary>
    /// <param name="likelihood">The function, without a penalty.</param>
    /// <param name="coefficients">Where the steps are, in its basis.</param>
    /// <param name="step">The last step.</param>
    /// <returns>The coefficients that grow without end, ascending; none where there is no proof.</returns>
    public static IReadOnlyList<int> Find(PenalizedLikelihood likelihood, double[] coefficients, double[] step)
    {
        var rows = likelihood.Rows;
        var (ofBlocks, isComplete) = (new List<long>?[rows.BlockCount], true);
        likelihood.Predict([coefficients], (firstRow, rowCount, etas, sizes) =>
        {
            var found = new List<long>();
            for (var i = 0; i < rowCount; i++)
            {
                var row = firstRow + i;
                if (rows.WeightOf(row) == 0)
                    continue;
                var side = rows.LabelOf(row) == 1 ? 1 : -1;
                if (!(side * etas[i] > Rounding * sizes[i]))
                    Volatile.Write(ref isComplete, false);
                if (side * (etas[i] + rows.OffsetOf(row)) <= Settled)
                    found.Add(row);
            }

            ofBlocks[firstRow / SampleMatrix.RowsPerBlock] = found;
        });
        if (!rows.IsTrueOfAny(!isComplete))
            return FewestOf(likelihood, coefficients);
        var unsettled = rows.Mark(ofBlocks);
        // A few rows are enough to see that nothing is undetermined.
        var few = RowsBesides + (RowsPerCoefficient * likelihood.Size);
        if (unsettled.Count > few && Undetermined(likelihood, unsettled.Spaced(few)) is null)
            return [];
        return Prove(likelihood, unsettled, coefficients) ?? (step.Length > 0 ? Prove(likelihood, unsettled, step) : null) ?? [];
    }

    /// <summary>Tries what some coefficients hold of the undetermined directions; rows that come nearer to the other class are then held where they are.</summary>
    private static IReadOnlyList<int>? Prove(PenalizedLikelihood likelihood, MarkedRows unsettled, double[] coefficients)
    {
        var held = unsettled;
        for (var attempt = 0; attempt < LargestAttempts; attempt++)
        {
            if (Undetermined(likelihood, held) is not { } factor)
                return null;
            var direction = new double[likelihood.Size];
            foreach (var column in factor.LeftOut.Except(likelihood.LeftOut))
            {
                direction[column] += coefficients[column];
                DoubleVector.AddScaled(direction, -coefficients[column], factor.SharesOf(column));
            }

            var (isProof, nearer) = Check(likelihood, direction);
            if (isProof)
                return Named(likelihood, direction);
            if (nearer.Count == 0)
                return null;
            held = held.And(nearer);
        }

        return null;
    }

    /// <summary>Returns the factorized products of the columns over some rows, or null where they leave no direction undetermined.</summary>
    private static Cholesky? Undetermined(PenalizedLikelihood likelihood, MarkedRows rows)
    {
        var factor = new Cholesky(likelihood.ProductsOver(rows), likelihood.Size, likelihood.Size, leftOut: likelihood.LeftOut);
        return factor.LeftOut.Count == likelihood.LeftOut.Count ? null : factor;
    }

    /// <summary>Returns whether a direction is a proof, and the rows that it brings nearer to the other class.</summary>
    private static (bool IsProof, MarkedRows Nearer) Check(PenalizedLikelihood likelihood, double[] direction)
    {
        var (rows, separates) = (likelihood.Rows, false);
        var ofBlocks = new List<long>?[rows.BlockCount];
        likelihood.Predict([direction], (firstRow, rowCount, moves, sizes) =>
        {
            for (var i = 0; i < rowCount; i++)
            {
                var move = rows.LabelOf(firstRow + i) == 1 ? moves[i] : -moves[i];
                if (move < -Rounding * sizes[i])
                    (ofBlocks[firstRow / SampleMatrix.RowsPerBlock] ??= []).Add(firstRow + i);
                if (move > Rounding * sizes[i])
                    Volatile.Write(ref separates, true);
            }
        });
        var nearer = rows.Mark(ofBlocks);
        return (rows.IsTrueOfAny(separates) && nearer.Count == 0, nearer);
    }

    /// <summary>Returns the coefficients that a direction moves, as coefficients of the columns of the rows.</summary>
    private static IReadOnlyList<int> Named(PenalizedLikelihood likelihood, double[] direction)
    {
        var moves = Moves(likelihood, direction);
        return [.. Enumerable.Range(0, moves.Length).Where(i => moves[i] > Rounding * moves.Max())];
    }

    /// <summary>Returns the fewest of the coefficients that a direction moves most which are a proof without the others.</summary>
    /// <remarks>Where a combination of columns tells the classes apart completely, every coefficient grows without end; these say why.</remarks>
    private static IReadOnlyList<int> FewestOf(PenalizedLikelihood likelihood, double[] direction)
    {
        var moves = Moves(likelihood, direction);
        var design = likelihood.ToDesign(direction);
        int[] order = [.. Enumerable.Range(0, moves.Length).Where(column => likelihood.ColumnOf(column) < likelihood.Rows.FeatureCount).OrderByDescending(column => moves[column])];
        var (few, many) = (0, order.Length);
        while (many - few > 1)
        {
            var middle = (few + many) / 2;
            if (Check(likelihood, likelihood.FromDesign(Keep(middle))).IsProof)
                many = middle;
            else
                few = middle;
        }

        return [.. order[..many].Order()];

        double[] Keep(int count) => [.. design.Select((value, i) => order.AsSpan(count).Contains(i) ? 0 : value)];
    }

    /// <summary>Returns for each column of the rows how far a direction moves the linear predictor through it: beside the size of the column, so that units do not matter.</summary>
    private static double[] Moves(PenalizedLikelihood likelihood, double[] direction)
    {
        using var plain = likelihood.In(null, []);
        var squares = plain.Diagonal(plain.Sum(new double[likelihood.Size]));
        return [.. likelihood.ToDesign(direction).Zip(squares, static (value, square) => Math.Abs(value) * Math.Sqrt(square))];
    }
}
