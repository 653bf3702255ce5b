namespace Engine.Numerics.Codes;

/// <summary>One lane in an ordinary register, where there are no vectors: their emulation would be slower.</summary>
internal readonly struct ByteLanesScalar(long value) : ICodeLanes<ByteLanesScalar, long>
{
    private readonly long _value = value;

    public static int Count => 1;

    public static ByteLanesScalar Broadcast(long value) => new(value);

    public static unsafe ByteLanesScalar Load(long* source) => new(*source);

    public static ByteLanesScalar Add(ByteLanesScalar left, ByteLanesScalar right) => new(left._value + right._value);

    public static ByteLanesScalar Term(ByteLanesScalar left, ByteLanesScalar right)
    {
        long sum = 0;
        for (var shift = 0; shift < 64; shift += 8)
            sum += Math.Abs((byte)(left._value >> shift) - (byte)(right._value >> shift));
        return new(sum);
    }

    public static ByteLanesScalar GapTerm(ByteLanesScalar value, ByteLanesScalar low, ByteLanesScalar high)
    {
        long sum = 0;
        for (var shift = 0; shift < 64; shift += 8)
        {
            int code = (byte)(value._value >> shift);
            sum += Math.Max(0, Math.Max((byte)(low._value >> shift) - code, code - (byte)(high._value >> shift)));
        }

        return new(sum);
    }

    public static uint Signs(ByteLanesScalar value) => (uint)(value._value >> 63) & 1;
}
