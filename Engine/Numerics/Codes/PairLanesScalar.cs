namespace Engine.Numerics.Codes;

/// <summary>One lane in an ordinary register, where there are no vectors: their emulation would be slower.</summary>
internal readonly struct PairLanesScalar(int value) : ICodeLanes<PairLanesScalar, int>
{
    private readonly int _value = value;

    public static int Count => 1;

    public static PairLanesScalar Broadcast(int value) => new(value);

    public static unsafe PairLanesScalar Load(int* source) => new(*source);

    public static PairLanesScalar Add(PairLanesScalar left, PairLanesScalar right) => new(left._value + right._value);

    public static PairLanesScalar Term(PairLanesScalar left, PairLanesScalar right) =>
        new(((short)left._value * (short)right._value) + ((left._value >> 16) * (right._value >> 16)));

    public static PairLanesScalar GapTerm(PairLanesScalar value, PairLanesScalar low, PairLanesScalar high)
    {
        var first = Math.Max(0, Math.Max((short)low._value - (short)value._value, (short)value._value - (short)high._value));
        var second = Math.Max(0, Math.Max((low._value >> 16) - (value._value >> 16), (value._value >> 16) - (high._value >> 16)));
        return new((first * first) + (second * second));
    }

    public static uint Signs(PairLanesScalar value) => (uint)value._value >> 31;
}
