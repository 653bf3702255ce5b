namespace Engine.Numerics;

/// <summary>Sums over rows that can be added to sums over earlier rows, and sent to another process.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface ISums<TSelf>
    where TSelf : ISums<TSelf>
{
    /// <summary>Gets how many values are sent.</summary>
    int SentLength { get; }

    /// <summary>Sets every sum to zero.</summary>
    void Clear();

    /// <summary>Adds the sums of later rows.</summary>
    void Add(TSelf later);

    /// <summary>Writes what is sent: the bits of every sum.</summary>
    void Write(Span<double> sent);

    /// <summary>Becomes what was sent.</summary>
    void Read(ReadOnlySpan<double> sent);
}
