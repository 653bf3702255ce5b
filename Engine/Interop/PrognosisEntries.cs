using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Logistic;
using Engine.Prognosis;

namespace Engine.Interop;

/// <summary>Rows with their classes, and those of them that are in a group.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeSamples
{
    /// <summary>n x p.</summary>
    public NativeMatrix* Rows;

    /// <summary>n bytes, 0 or 1.</summary>
    public byte* Labels;

    /// <summary>n bytes.</summary>
    public byte* Group;

    /// <summary>Returns the samples.</summary>
    /// <param name="groupName">What to call the group.</param>
    public readonly LabeledSamples Wrap(string groupName)
    {
        var groups = new Subgroups((int)Rows->RowCount);
        groups.Add(groupName, NativeArrays.MaskOf(Group, Rows->RowCount));
        return new LabeledSamples(NativeArrays.LabelsOf(Labels, Rows->RowCount), Rows->Wrap(), groups: groups);
    }
}

/// <summary>Entry points of double prioritized sampling.</summary>
internal static unsafe class PrognosisEntries
{
    private const string Group = "group";

    /// <summary>Fits a logistic regression for each number of units, and chooses one.</summary>
    /// <param name="call">What the call brings.</param>
    /// <param name="training">The samples to fit on.</param>
    /// <param name="selection">The samples to choose on.</param>
    /// <param name="units">The numbers of units.</param>
    /// <param name="unitCount">How many.</param>
    /// <param name="ridgePenalty">The penalty.</param>
    /// <param name="threshold">The probability from which a sample counts as class 1.</param>
    /// <param name="scores">Receives units x (balanced accuracy, area under the precision-recall curve of class 1).</param>
    /// <param name="statuses">Receives a <see cref="FitStatus"/> for each.</param>
    /// <param name="chosenUnits">Receives the number that is chosen.</param>
    /// <param name="coefficients">Receives the coefficients of the chosen fit.</param>
    /// <param name="covariance">Receives their covariance.</param>
    /// <param name="leftOut">Receives which were left out.</param>
    /// <param name="result">Receives how the chosen fit ended.</param>
    /// <returns>A <see cref="NativeStatus"/>.</returns>
    [UnmanagedCallersOnly]
    public static int SearchUnits(
        NativeCall* call,
        NativeSamples* training,
        NativeSamples* selection,
        int* units,
        int unitCount,
        double ridgePenalty,
        double threshold,
        double* scores,
        int* statuses,
        int* chosenUnits,
        double* coefficients,
        double* covariance,
        byte* leftOut,
        NativeFit* result) =>
        NativeCall.Run(call, compute =>
        {
            var search = DoublePrioritized.Search(
                new LogisticPrognosis { RidgePenalty = ridgePenalty },
                new TrainingTask(training->Wrap(Group)) { Compute = compute },
                selection->Wrap(Group),
                Group,
                new() { Units = NativeArrays.CopyOf(units, unitCount), Threshold = threshold });
            foreach (var (i, score) in search.Scores.Index())
            {
                (scores[2 * i], scores[(2 * i) + 1]) = (score.BalancedAccuracy, score.TrapezoidPrC1);
                statuses[i] = (int)score.Status!;
            }

            *chosenUnits = search.ChosenUnits;
            *result = NativeFit.Write(((LogisticPrognosis.Fitted)search.Chosen).Fit, coefficients, covariance, leftOut);
        });
}
