using Engine.Data;
using Engine.Networks;
using Engine.Numerics;

namespace Engine.Tests.Networks;

public sealed class EpochChooserTests
{
    [Fact]
    public void Choose_BestOfRange_LooksBetweenTheThreeMostAccurate()
    {
        // Epochs 2, 4 and 6 are the most accurate: of epochs 2 to 6 the fifth has the largest area, and the first is outside.
        double[] accuracies = [0.5, 0.8, 0.6, 0.9, 0.55, 0.7, 0.65], areas = [0.9, 0.3, 0.4, 0.2, 0.6, 0.6, 0.8];
        var epochs = accuracies.Zip(areas).Select((pair, i) => new EpochReport(i + 1, 1) { BalancedAccuracy = pair.First, TrapezoidPrC1 = pair.Second }).ToArray();
        Assert.Equal(5, EpochChooser.Choose(EpochChoice.BestOfRange, epochs));
        Assert.Equal(1, EpochChooser.Choose(EpochChoice.BestOfRange, epochs[..1]));
        // Of equal accuracies the earlier are among the three.
        EpochReport[] equal = [.. areas.Select((area, i) => new EpochReport(i + 1, 1) { BalancedAccuracy = 0.5, TrapezoidPrC1 = area })];
        Assert.Equal(1, EpochChooser.Choose(EpochChoice.BestOfRange, equal));
    }

    [Fact]
    public void Choose_BestOfGroup_IsThePublishedChoiceOfUnits()
    {
        // The first columns of the published table of units, by the same rule: the choice is the third.
        double[] accuracies = [0.660, 0.617, 0.681, 0.681, 0.681, 0.674, 0.677, 0.681, 0.650, 0.684, 0.677, 0.611, 0.687, 0.644, 0.637];
        double[] areas = [0.390, 0.414, 0.393, 0.374, 0.380, 0.316, 0.373, 0.323, 0.404, 0.374, 0.382, 0.347, 0.358, 0.369, 0.340];
        var epochs = accuracies.Zip(areas).Select((pair, i) => new EpochReport(i + 1, 1) { GroupBalancedAccuracy = pair.First, GroupTrapezoidPrC1 = pair.Second }).ToArray();
        Assert.Equal(3, EpochChooser.Choose(EpochChoice.BestOfGroup, epochs));
    }

    [Fact]
    public void Choose_LossOrLast_IsWhatTheirNamesSay()
    {
        double[] losses = [0.5, 0.3, 0.3, 0.4];
        EpochReport[] epochs = [.. losses.Select((loss, i) => new EpochReport(i + 1, 1) { ValidationLoss = loss })];
        Assert.Equal(2, EpochChooser.Choose(EpochChoice.LowestValidationLoss, epochs));
        Assert.Equal(4, EpochChooser.Choose(EpochChoice.Last, epochs));
    }

    [Theory]
    [InlineData(EpochChoice.BestOfRange)]
    [InlineData(EpochChoice.BestOfGroup)]
    [InlineData(EpochChoice.LowestValidationLoss)]
    [InlineData(EpochChoice.Last)]
    public void MayBeChosen_AnyHistory_HoldsForWhateverIsChosenLater(EpochChoice choice)
    {
        var draws = new RandomStream(3, 3);
        for (var history = 0; history < 200; history++)
        {
            // Few values, so that there are ties.
            EpochReport[] epochs = [.. Enumerable.Range(0, 12).Select(i => new EpochReport(i + 1, 1)
            {
                ValidationLoss = Draw(i, 0),
                BalancedAccuracy = Draw(i, 1),
                TrapezoidPrC1 = Draw(i, 2),
                GroupBalancedAccuracy = Draw(i, 3),
                GroupTrapezoidPrC1 = Draw(i, 4),
            })];
            var kept = new HashSet<int>();
            for (var count = 1; count <= epochs.Length; count++)
            {
                kept.Add(count);
                kept.RemoveWhere(epoch => !EpochChooser.MayBeChosen(choice, epochs[..count], epoch));
                Assert.Contains(EpochChooser.Choose(choice, epochs[..count]), kept);
            }

            double Draw(int epoch, int metric) => draws.Below((ulong)((((history * 12) + epoch) * 5) + metric), 6) / 6.0;
        }
    }

    [Fact]
    public void EnsureClasses_WhatLacksAClass_Throws()
    {
        Labels both = Labels.From([0, 1, 0]), one = Labels.From([0, 0, 0]);
        EpochChooser.EnsureClasses(EpochChoice.BestOfRange, both, null);
        EpochChooser.EnsureClasses(EpochChoice.LowestValidationLoss, one, null);
        EpochChooser.EnsureClasses(EpochChoice.BestOfGroup, both, RowMask.From(3, row => row < 2));
        Assert.Throws<ArgumentException>(() => EpochChooser.EnsureClasses(EpochChoice.BestOfRange, one, null));
        Assert.Throws<ArgumentException>(() => EpochChooser.EnsureClasses(EpochChoice.BestOfGroup, both, null));
        var error = Assert.Throws<ArgumentException>(() => EpochChooser.EnsureClasses(EpochChoice.BestOfGroup, both, RowMask.From(3, row => row != 1)));
        Assert.Contains("of the 2 validation samples of the group 0 are of class 1", error.Message, StringComparison.Ordinal);
    }
}
