namespace Engine.Tests.Metrics;

/// <summary>Random scores on a coarse grid, so that ties are many, with labels that the score half explains.</summary>
internal sealed record ScoredRows(float[] Scores, byte[] Labels, float[] Weights)
{
    public static ScoredRows Random(int count, int distinctScores, int seed)
    {
        var random = new Random(seed);
        var scores = new float[count];
        var labels = new byte[count];
        var weights = new float[count];
        for (var row = 0; row < count; row++)
        {
            // Grid points of 1/64: exact in float, and so is 1 - score.
            scores[row] = random.Next(distinctScores) / 64f;
            labels[row] = random.NextDouble() < 0.1 + (0.5 * scores[row]) ? (byte)1 : (byte)0;
            weights[row] = random.Next(0, 9) / 4f;
        }

        labels[0] = 1;
        labels[1] = 0;
        weights[0] = weights[1] = 1;
        return new ScoredRows(scores, labels, weights);
    }

    public ScoredRows Permute(int seed)
    {
        var order = Enumerable.Range(0, Scores.Length).ToArray();
        new Random(seed).Shuffle(order);
        return new ScoredRows([.. order.Select(row => Scores[row])], [.. order.Select(row => Labels[row])], [.. order.Select(row => Weights[row])]);
    }
}
