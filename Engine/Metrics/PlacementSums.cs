namespace Engine.Metrics;

/// <summary>Sums over the rows of one class of two models' placements and of their products, exact.</summary>
/// <remarks>
/// <para>A <b>placement</b> is twice the number of rows of the other class that a row wins against, ties half: a whole number of at most 2^32.</para>
/// <para><b>Error</b>: none. Products lie below 2^64, their sums below 2^95, and the covariance is divided out only at the end; the order of rows changes no bit.</para>
/// </remarks>
internal struct PlacementSums
{
    private UInt128 _first;
    private UInt128 _second;
    private UInt128 _firstSquares;
    private UInt128 _secondSquares;
    private UInt128 _products;

    /// <summary>Gets the number of rows.</summary>
    public ulong Count { get; private set; }

    /// <summary>Gets the sum of the first model's placements: twice the pairs that it wins.</summary>
    public readonly double First => (double)_first;

    /// <summary>Gets the sum of the second model's placements.</summary>
    public readonly double Second => (double)_second;

    /// <summary>Gets the variance of the first model's placements over the rows, with divisor <see cref="Count"/> - 1, times <see cref="Count"/>.</summary>
    public readonly double FirstVariance => Covariance(_first, _first, _firstSquares);

    /// <summary>Gets the same of the second model.</summary>
    public readonly double SecondVariance => Covariance(_second, _second, _secondSquares);

    /// <summary>Gets the variance of the difference of the two placements, with divisor <see cref="Count"/> - 1, times <see cref="Count"/>.</summary>
    public readonly double DifferenceVariance
    {
        get
        {
            // From whole numbers: the difference of nearly equal variances would lose its digits in double.
            var sum = (Int128)_first - (Int128)_second;
            var squares = (Int128)_firstSquares + (Int128)_secondSquares - (2 * (Int128)_products);
            return (double)(((Int128)Count * squares) - (sum * sum)) / (Count - 1.0);
        }
    }

    /// <summary>Adds rows that share their placements.</summary>
    public void Add(ulong first, ulong second, ulong count)
    {
        Count += count;
        _first += (UInt128)first * count;
        _second += (UInt128)second * count;
        _firstSquares += (UInt128)(first * first) * count;
        _secondSquares += (UInt128)(second * second) * count;
        _products += (UInt128)(first * second) * count;
    }

    /// <summary>Adds one row; the same as a count of 1, without five long products.</summary>
    public void Add(ulong first, ulong second)
    {
        Count++;
        _first += first;
        _second += second;
        _firstSquares += first * first;
        _secondSquares += second * second;
        _products += first * second;
    }

    private readonly double Covariance(UInt128 first, UInt128 second, UInt128 products) => (double)((Count * products) - (first * second)) / (Count - 1.0);
}
