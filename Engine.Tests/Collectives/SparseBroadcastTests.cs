using Engine.Collectives;
using Engine.Numerics;

namespace Engine.Tests.Collectives;

public sealed class SparseBroadcastTests
{
    private const int Length = (1 << 16) + 77;

    [Theory]
    // Of 32 values so many are not 0: as they are from 31 on, for then bits and values are no fewer bytes.
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(32)]
    public void BroadcastRows_AnyShareOfZeros_ArrivesToTheBitInTheFewestBytes(int perWord)
    {
        var values = Values(Length, perWord);
        RankThreads.Run(3, inner =>
        {
            var collective = new MeasuredCollective(inner);
            var received = inner.Rank == 1 ? [.. values] : Enumerable.Repeat(5f, Length).ToArray();
            collective.BroadcastRows(received, root: 1);
            Assert.Equal(Array.ConvertAll(values, BitConverter.SingleToInt32Bits), Array.ConvertAll(received, BitConverter.SingleToInt32Bits));
            var (masks, kept) = ((Length + 31) / 32, values.Count(value => BitConverter.SingleToInt32Bits(value) != 0));
            Assert.Equal(inner.Rank == 1 ? 0 : sizeof(int) * (1 + Math.Min(Length, masks + kept)), collective.BytesReceived);
        });
    }

    [Fact]
    public void BroadcastRows_FewValues_AreSentAsTheyAre() => RankThreads.Run(2, inner =>
    {
        var collective = new MeasuredCollective(inner);
        var received = inner.Rank == 0 ? Values(1000, 1) : new float[1000];
        collective.BroadcastRows(received, root: 0);
        Assert.Equal(Values(1000, 1), received);
        Assert.Equal((inner.Rank * 4000L, 1), (collective.BytesReceived, collective.Calls));
    });

    private static float[] Values(int length, int perWord)
    {
        var draws = new RandomStream(1, 2);
        var values = new float[length];
        for (var i = 0; i < length; i++)
            values[i] = (i * 7) % 32 < perWord ? (float)draws.Normal((ulong)i) : 0;
        // What is not 0 but may look so, or compares with nothing.
        if (perWord > 0)
            (values[0], values[32], values[^1]) = (-0f, float.NaN, float.Epsilon);
        return values;
    }
}
