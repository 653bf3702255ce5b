using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Networks;

/// <summary>Chooses an epoch by its validation metrics, and says which may still be chosen later.</summary>
/// <remarks><b>Ties</b>: the earlier epoch, as Python's nlargest has it.</remarks>
internal static class EpochChooser
{
    private const int TopCount = 3;

    /// <summary>Chooses among epochs.</summary>
    /// <param name="choice">The rule; its metrics are in every report.</param>
    /// <param name="epochs">One report or more, in order.</param>
    /// <returns>The epoch, from 1.</returns>
    public static int Choose(EpochChoice choice, IReadOnlyList<EpochReport> epochs)
    {
        switch (choice)
        {
            case EpochChoice.BestOfRange:
                var range = RangeOf(epochs);
                return epochs.Where(report => report.Epoch >= range.First && report.Epoch <= range.Last).MaxBy(static report => report.TrapezoidPrC1)!.Epoch;
            case EpochChoice.BestOfGroup:
                return TopOfGroup(epochs).MaxBy(static report => report.GroupTrapezoidPrC1)!.Epoch;
            case EpochChoice.LowestValidationLoss:
                return epochs.MinBy(static report => report.ValidationLoss)!.Epoch;
            default:
                return epochs[^1].Epoch;
        }
    }

    /// <summary>Returns whether an epoch may be chosen now or after further epochs, so that its parameters must be kept.</summary>
    /// <remarks><b>Cost</b>: of <see cref="EpochChoice.BestOfRange"/> every epoch since the first of the present three, whose range may still close around it; of the others one to three.</remarks>
    public static bool MayBeChosen(EpochChoice choice, IReadOnlyList<EpochReport> epochs, int epoch) => choice switch
    {
        // An epoch that left the three does not come back, so the range never begins earlier than it does now.
        EpochChoice.BestOfRange => epoch >= RangeOf(epochs).First,
        EpochChoice.BestOfGroup => TopOfGroup(epochs).Any(report => report.Epoch == epoch),
        _ => Choose(choice, epochs) == epoch,
    };

    /// <summary>Throws where validation samples lack a class that a rule needs.</summary>
    /// <param name="choice">The rule.</param>
    /// <param name="labels">The classes of the validation samples.</param>
    /// <param name="group">Their group; null without one.</param>
    /// <exception cref="ArgumentException">The samples, or the group, lack a class, or there is no group where the rule needs one.</exception>
    public static void EnsureClasses(EpochChoice choice, Labels labels, RowMask? group)
    {
        if (choice == EpochChoice.BestOfRange && (labels.PositiveCount == 0 || labels.PositiveCount == labels.Count))
            Throw.Argument_Invalid("validation", $"all {labels.Count:N0} validation samples are of class {labels[0]}, and {choice} needs both classes; add samples, or choose {EpochChoice.LowestValidationLoss} or {EpochChoice.Last}.");
        if (choice != EpochChoice.BestOfGroup)
            return;
        if (group is null)
            Throw.Argument_Invalid("validation", $"{choice} needs a group of the validation samples; name one, or choose {EpochChoice.BestOfRange}.");
        var positives = group.ToRows().Count(row => labels[(int)row] == 1);
        if (positives == 0 || positives == group.Count)
            Throw.Argument_Invalid("validation", $"of the {group.Count:N0} validation samples of the group {positives:N0} are of class 1, and {choice} needs both classes; choose a larger group, or {EpochChoice.BestOfRange}.");
    }

    private static (int First, int Last) RangeOf(IReadOnlyList<EpochReport> epochs)
    {
        // The order of LINQ is stable: among equals the earlier is first.
        var top = epochs.OrderByDescending(static report => report.BalancedAccuracy).Take(TopCount).Select(static report => report.Epoch).ToArray();
        return (top.Min(), top.Max());
    }

    private static IEnumerable<EpochReport> TopOfGroup(IReadOnlyList<EpochReport> epochs) => epochs.OrderByDescending(static report => report.GroupBalancedAccuracy).Take(TopCount);
}
