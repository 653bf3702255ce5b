using Engine.Numerics;

namespace Engine.Resampling;

/// <summary>Draws of base rows for oversamplers.</summary>
internal static class BaseDraws
{
    /// <summary>Draws positions 0 to <paramref name="baseCount"/> - 1.</summary>
    public static int[] Draw(RandomStream stream, int baseCount, int drawCount, BaseSelection selection)
    {
        var draws = new int[drawCount];
        if (selection == BaseSelection.Random)
        {
            stream.FillBelow(0, baseCount, draws);
            return draws;
        }

        // Whole rounds over all rows in order, then the remainder over the rows that a shuffle puts first.
        for (var i = 0; i < drawCount; i++)
            draws[i] = i % baseCount;
        var remainder = drawCount % baseCount;
        SmallestKeys(stream, baseCount, remainder).CopyTo(draws, drawCount - remainder);
        return draws;
    }

    /// <summary>Chooses <paramref name="chosenCount"/> of <paramref name="count"/> positions without replacement: those whose random keys are smallest.</summary>
    /// <returns>Ascending positions; whether one is chosen does not depend on the order in which keys are drawn.</returns>
    public static int[] SmallestKeys(RandomStream stream, int count, int chosenCount)
    {
        var keys = new ulong[count];
        var positions = new int[count];
        for (var i = 0; i < count; i++)
        {
            keys[i] = stream.UInt64((ulong)i);
            positions[i] = i;
        }

        Array.Sort(keys, positions);
        var chosen = positions[..chosenCount];
        Array.Sort(chosen);
        return chosen;
    }
}
