using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

public sealed class CholeskyTests
{
    // L = [2 0 0; 1 3 0; -1 2 4]: every step of it is exact in double arithmetic.
    private static readonly double[] s_exact = [4, 2, -2, 2, 10, 5, -2, 5, 21];

    [Fact]
    public void Solve_IntegerFactor_IsExact()
    {
        var factor = new Cholesky(s_exact, 3, 3);
        Assert.Empty(factor.LeftOut);
        Assert.Equal([1, -2, 3], factor.Solve([-6, -3, 51]));
    }

    [Fact]
    public void Solve_UpperTriangleAndPadding_AreNeverRead()
    {
        var strided = new double[3 * 16];
        Array.Fill(strided, double.NaN);
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j <= i; j++)
                strided[(i * 16) + j] = s_exact[(i * 3) + j];
        }

        Assert.Equal([1, -2, 3], new Cholesky(strided, 3, 16).Solve([-6, -3, 51]));
    }

    [Fact]
    public void Solve_OneColumn_Divides() => Assert.Equal([2.5], new Cholesky([4], 1, 1).Solve([10]));

    [Fact]
    public void LeftOut_SumOfEarlierColumns_IsLeftOut()
    {
        // Columns a, b and a + b.
        var factor = new Cholesky([1, 0, 1, 0, 1, 1, 1, 1, 2], 3, 3);
        Assert.Equal([2], factor.LeftOut);
        Assert.Equal([3, 4, 0], factor.Solve([3, 4, 7]));
    }

    [Fact]
    public void LeftOut_ColumnInTheMiddle_LeavesLaterColumnsRight()
    {
        // Columns a, 2a and 3a + 4b: the third depends on the one that is left out, and must not notice.
        var factor = new Cholesky([1, 2, 3, 2, 4, 6, 3, 6, 25], 3, 3);
        Assert.Equal([1], factor.LeftOut);
        Assert.Equal([1, 0, 2], factor.Solve([7, 14, 53]));
    }

    [Fact]
    public void LeftOut_SeveralColumns_AreAscending()
    {
        double[] matrix =
        [
            0, 0, 0, 0,
            0, 4, 4, 0,
            0, 4, 4, 0,
            0, 0, 0, 9,
        ];
        var factor = new Cholesky(matrix, 4, 4);
        Assert.Equal([0, 2], factor.LeftOut);
        Assert.Equal([0, 2, 0, 3], factor.Solve([0, 8, 8, 27]));
    }

    [Fact]
    public void LeftOut_ZeroMatrix_IsEveryColumn()
    {
        var factor = new Cholesky(new double[4], 2, 2);
        Assert.Equal([0, 1], factor.LeftOut);
        Assert.Equal([0, 0], factor.Solve([1, 1]));
        Assert.Equal([0, 0, 0, 0], factor.Inverse());
    }

    [Theory]
    [InlineData(1e-9, false)]
    [InlineData(1e-11, true)]
    public void LeftOut_NearlyTheSameColumn_IsDecidedByTheShareOfItsPivot(double pivotShare, bool isLeftOut)
    {
        // The scale of the columns must not matter.
        foreach (var scale in new[] { 1e-12, 1.0, 1e12 })
            Assert.Equal(isLeftOut ? [1] : [], new Cholesky([scale, scale, scale, scale * (1 + pivotShare)], 2, 2).LeftOut);
    }

    [Fact]
    public void Inverse_ColumnLeftOut_HasZerosThere() =>
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, .25], new Cholesky([1, 2, 0, 2, 4, 0, 0, 0, 4], 3, 3).Inverse());

    [Fact]
    public void Inverse_RandomMatrix_TimesItIsTheIdentity()
    {
        const int Size = 40;
        var matrix = WellConditioned(Size);
        var inverse = new Cholesky(matrix, Size, Size).Inverse();
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
            {
                var product = Enumerable.Range(0, Size).Sum(k => matrix[(i * Size) + k] * inverse[(k * Size) + j]);
                Assert.Equal(i == j ? 1 : 0, product, Tolerance.InverseTimesMatrix);
            }
        }
    }

    // M M' / size + I: eigenvalues between 1 and about 5.
    private static double[] WellConditioned(int size)
    {
        var factor = Tables.Normal(size, size, 61);
        var rows = Enumerable.Range(0, size).Select(row => factor.Row(row)).ToArray();
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                matrix[(i * size) + j] = (Enumerable.Range(0, size).Sum(k => (double)rows[i][k] * rows[j][k]) / size) + (i == j ? 1 : 0);
        }

        return matrix;
    }

    [Fact]
    public void Factorize_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new Cholesky([1, 0, 0, 1], 2, 2, cancellation: cancellation.Token));
    }

    [Fact]
    public void LeftOut_DiagonalThatIsRounding_IsJudgedByTheScaleGiven()
    {
        Assert.Empty(new Cholesky([1, 0, 0, 1e-13], 2, 2).LeftOut);
        Assert.Equal([1], new Cholesky([1, 0, 0, 1e-13], 2, 2, scales: [1, 1]).LeftOut);
        Assert.Equal([0], new Cholesky([1, 0, 0, 1], 2, 2, leftOut: [0]).LeftOut);
    }

    [Fact]
    public void SharesOf_ColumnLeftOut_IsTheCombination()
    {
        // The third column is twice the first less the second.
        var factor = new Cholesky([2, 0, 0, 1, 3, 0, 3, -1, 7], 3, 3);
        Assert.Equal([2], factor.LeftOut);
        Assert.Equal([2, -1, 0], factor.SharesOf(2).Select(share => Math.Round(share, 12)));
    }
}
