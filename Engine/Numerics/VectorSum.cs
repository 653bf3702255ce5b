namespace Engine.Numerics;

/// <summary>Sums that are added value by value, such as one a column.</summary>
/// <param name="length">How many.</param>
internal sealed class VectorSum(int length) : ISums<VectorSum>
{
    /// <summary>Gets the sums.</summary>
    public double[] Values { get; } = new double[length];

    public int SentLength => Values.Length;

    public void Clear() => Array.Clear(Values);

    public void Add(VectorSum later)
    {
        for (var i = 0; i < Values.Length; i++)
            Values[i] += later.Values[i];
    }

    public void Write(Span<double> sent) => Values.CopyTo(sent);

    public void Read(ReadOnlySpan<double> sent) => sent.CopyTo(Values);
}
