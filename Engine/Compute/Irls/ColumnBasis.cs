namespace Engine.Compute.Irls;

/// <summary>Columns in which a design can be told apart in double precision: z in place of x, where what earlier columns explain of a column is taken out of it, row by row.</summary>
/// <remarks>
/// <para><b>Computes</b>: x_j = z_j + sum of share_jk z_k over other columns k, the intercept's column of ones among them, for the columns that were replaced; x_j = z_j for the others.
/// A column of large mean is centred by it, of two columns that hardly differ the second becomes their difference. The model is the same: x'b = z'c with c_k = b_k + sum of b_j share_jk.</para>
/// <para><b>Why</b>: sums of products of the columns themselves keep no more than half of the digits of a small difference.</para>
/// <para>Columns are numbered as in <see cref="NormalEquations"/>: features, then the intercept. They are replaced in rising order; the intercept never is.</para>
/// </remarks>
internal sealed unsafe class ColumnBasis
{
    private const int Width = IrlsScratch.Width;

    /// <summary>Of each column what is taken out; null where it is kept.</summary>
    private readonly double[]?[] _shares;

    private ColumnBasis(double[]?[] shares) => _shares = shares;

    /// <summary>Gets the columns that were replaced, ascending.</summary>
    public IEnumerable<int> Replaced => Enumerable.Range(0, _shares.Length).Where(column => _shares[column] is not null);

    /// <summary>Replaces columns of this basis, or of the design itself.</summary>
    /// <param name="basis">The basis that the shares refer to; null for the columns of the design.</param>
    /// <param name="shares">For each replaced column the shares of others, one a column, all of which stay as they are.</param>
    /// <param name="columnCount">The number of columns, the intercept's among them.</param>
    public static ColumnBasis Replace(ColumnBasis? basis, IReadOnlyDictionary<int, double[]> shares, int columnCount)
    {
        var all = new double[]?[columnCount];
        for (var j = 0; j < columnCount; j++)
        {
            // x_j = z_j + sum old_jk z_k, and some of these z are now sums of new ones.
            var sum = shares.TryGetValue(j, out var own) ? (double[])own.Clone() : null;
            if (basis?._shares[j] is { } old)
            {
                sum ??= new double[columnCount];
                for (var k = 0; k < columnCount; k++)
                {
                    sum[k] += old[k];
                    if (old[k] == 0 || !shares.TryGetValue(k, out var within))
                        continue;
                    for (var l = 0; l < columnCount; l++)
                        sum[l] += old[k] * within[l];
                }
            }

            all[j] = sum;
        }

        return new ColumnBasis(all);
    }

    /// <summary>Returns the basis in which some columns are the design's own again, because they are not used; null where none is left.</summary>
    public ColumnBasis? Without(IReadOnlyCollection<int> columns)
    {
        double[]?[] rest = [.. _shares.Select((shares, column) => columns.Contains(column) ? null : shares)];
        return rest.All(static shares => shares is null) ? null : new ColumnBasis(rest);
    }

    /// <summary>Turns coefficients of the design into those of this basis.</summary>
    public void FromDesign(Span<double> coefficients)
    {
        // A column is only taken out of later ones, whose coefficients are those of the design.
        foreach (var j in Replaced)
            Add(coefficients, j, coefficients[j], _shares[j]!);
    }

    /// <summary>Turns coefficients of this basis into those of the design.</summary>
    public void ToDesign(Span<double> coefficients)
    {
        foreach (var j in Replaced.Reverse())
            Add(coefficients, j, -coefficients[j], _shares[j]!);
    }

    /// <summary>Replaces the columns of some rows.</summary>
    /// <param name="scratch">Holds the columns in panels, the column of ones among them.</param>
    /// <param name="count">How many rows.</param>
    public void Apply(IrlsScratch scratch, int count)
    {
        foreach (var j in Replaced)
        {
            var shares = _shares[j]!;
            var column = Column(scratch, j);
            // The mean first: what follows is then rounded to the digits of the deviations, not of the values.
            for (var k = shares.Length - 1; k >= 0; k--)
            {
                if (shares[k] == 0)
                    continue;
                var share = -shares[k];
                var other = Column(scratch, k);
                for (var row = 0; row < count; row++)
                    column[row * Width] = Math.FusedMultiplyAdd(share, other[row * Width], column[row * Width]);
            }
        }
    }

    private static double* Column(IrlsScratch scratch, int column) => scratch.Panel(column / Width) + (column % Width);

    private static void Add(Span<double> coefficients, int column, double factor, double[] shares)
    {
        for (var k = 0; k < shares.Length; k++)
        {
            if (k != column)
                coefficients[k] += factor * shares[k];
        }
    }
}
