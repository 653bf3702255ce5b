namespace Engine.Resampling;

/// <summary>How an oversampler chooses the rows that it repeats or starts from.</summary>
public enum BaseSelection
{
    /// <summary>Every row equally often, give or take one; a random choice of rows gets one more.</summary>
    Even,

    /// <summary>Drawn with replacement, as imbalanced-learn does: some rows are never drawn.</summary>
    Random,
}
