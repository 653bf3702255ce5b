namespace Engine.Numerics;

/// <summary>Adds doubles in the order given and keeps what rounding loses.</summary>
/// <remarks>
/// <para><b>Computes</b>: Knuth's two-sum, branch free: the rounding error of every addition is itself a double, and their sum is added once at the end.</para>
/// <para><b>Error</b>: |result - exact| ≤ 2^-53 |exact| + n² 2^-106 Σ|x| for n terms; a million terms lose nothing visible, where a plain sum may lose six digits.</para>
/// <para><b>Source</b>: Ogita, Rump, Oishi, Accurate sum and dot product, SIAM J. Sci. Comput. 26 (2005), algorithm 4.4 (Sum2).</para>
/// </remarks>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    /// <summary>Gets the sum so far, rounded once.</summary>
    public readonly double Value => _sum + _lost;

    /// <summary>Adds one finite term.</summary>
    public void Add(double term)
    {
        var sum = _sum + term;
        var kept = sum - _sum;
        _lost += (_sum - (sum - kept)) + (term - kept);
        _sum = sum;
    }
}
