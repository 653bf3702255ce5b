using Engine.Data;

namespace Engine.Metrics;

/// <summary>The rows of one slot by what is predicted and what is so.</summary>
/// <remarks>A replicate is the sum over its slots: it costs as many steps as there are slots, however many rows they hold.</remarks>
internal struct SlotConfusion
{
    private int _truePositives, _falsePositives, _falseNegatives, _trueNegatives;

    /// <summary>Counts the rows of every slot.</summary>
    /// <param name="scores">The score of each row.</param>
    /// <param name="entries">2 x slot + label of each row.</param>
    /// <param name="slotCount">The number of slots.</param>
    /// <param name="threshold">The score from which on class 1 is predicted.</param>
    public static SlotConfusion[] Count(ReadOnlySpan<double> scores, ReadOnlySpan<uint> entries, int slotCount, double threshold)
    {
        var slots = new SlotConfusion[slotCount];
        for (var i = 0; i < entries.Length; i++)
            slots[entries[i] >> 1].Add(scores[i] >= threshold, isPositive: (entries[i] & 1) != 0);
        return slots;
    }

    /// <summary>Counts the rows of a group in every slot.</summary>
    /// <param name="ranking">n ranked rows.</param>
    /// <param name="mask">The group.</param>
    /// <param name="slotOfRow">n entries: the slot of each row of the group.</param>
    /// <param name="slotCount">The number of slots.</param>
    /// <param name="threshold">The score from which on class 1 is predicted.</param>
    public static SlotConfusion[] Count(ScoreRanking ranking, RowMask mask, ReadOnlySpan<int> slotOfRow, int slotCount, double threshold)
    {
        var slots = new SlotConfusion[slotCount];
        for (var rank = 0; rank < ranking.Rows.Length; rank++)
        {
            var row = ranking.Rows[rank];
            if (mask[row])
                slots[slotOfRow[row]].Add(ranking.Scores[rank] >= threshold, ranking.Labels[rank] == 1);
        }

        return slots;
    }

    /// <summary>Adds up slots, each as often as it was drawn.</summary>
    public static ConfusionMass Sum(ReadOnlySpan<SlotConfusion> slots, ReadOnlySpan<byte> counts)
    {
        counts = counts[..slots.Length];
        long truePositives = 0, falsePositives = 0, falseNegatives = 0, trueNegatives = 0;
        for (var i = 0; i < slots.Length; i++)
        {
            long count = counts[i];
            truePositives += count * slots[i]._truePositives;
            falsePositives += count * slots[i]._falsePositives;
            falseNegatives += count * slots[i]._falseNegatives;
            trueNegatives += count * slots[i]._trueNegatives;
        }

        return new ConfusionMass(truePositives, falsePositives, falseNegatives, trueNegatives);
    }

    private void Add(bool isPredicted, bool isPositive)
    {
        if (isPredicted)
        {
            _truePositives += isPositive ? 1 : 0;
            _falsePositives += isPositive ? 0 : 1;
        }
        else
        {
            _falseNegatives += isPositive ? 1 : 0;
            _trueNegatives += isPositive ? 0 : 1;
        }
    }
}
