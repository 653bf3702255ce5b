using System.Globalization;
using Bench.Studies.Claims;

namespace Bench.Studies.Prioritized.Claims;

/// <summary>The wording of <see cref="PaperClaims"/>.</summary>
internal static class ClaimTexts
{
    private static readonly Dictionary<string, ClaimText> s_byId = new()
    {
        ["c1-missed"] = new(
            "Without sampling, C1 is missed far more often than C0: 36.6 times in the mortality task.",
            "abstract, figure 2",
            Text($"Over everyone, (1 - C1 recall) / (1 - C0 recall) of the original model is above {PaperClaims.FarTimes:0}; the range takes both recalls at their worst ends.")),
        ["accuracy-hides"] = new(
            "Accuracy and AUROC are high even where C1 recall is dismal.",
            "figure 2",
            Text($"Of the original model, accuracy is above {PaperClaims.HighAccuracy} while C1 recall is below {PaperClaims.LowRecall}; over everyone and in every served group.")),
        ["groups-differ"] = new(
            "Without sampling, C1 recall differs between races and ages.",
            "figure 2",
            Text($"C1 recall of the best group of a trait less that of the worst is above {PaperClaims.GroupGap}, for every trait but sex, where the paper sees none. The two are picked by their recalls, which favors the claim.")),
        ["sampling-raises-recall"] = new(
            "Other sampling methods raise C1 recall.",
            "figure 3",
            "In every served group, C1 recall of each of the paper's methods for everyone less that of the original is above 0; for more than half of the methods, and against it for none."),
        ["sampling-lowers-precision"] = new(
            "They drastically lower C1 precision, by 27.7 % to 78.1 %.",
            "figure 3",
            Text($"In every served group, the change of C1 precision of each of the paper's methods for everyone, divided by that of the original (taken as known), is below {PaperClaims.DrasticChange}; for more than half of the methods, and against it for none.")),
        ["distance-is-worst"] = new(
            "Undersampling by distance (NearMiss-1, NearMiss-3, Distant) is worse than the others in C1 AUC-PR.",
            "figure 3",
            "In every served group, the change of C1 AUC-PR from the original by each of the three is below the lowest change by any other of the paper's methods for everyone (taken as known)."),
        ["c0-unchanged"] = new(
            "Sampling does not substantially change C0: its AUC-PR stays comparable.",
            "figure 3",
            Text($"In every served group, C0 AUC-PR of each of the paper's methods for everyone is within {PaperClaims.SmallChange} of the original. No intervals are drawn for this area: the means decide.")),
        ["dp-raises-recall"] = new(
            "DP raises C1 recall of the group that it serves.",
            "figures 3, 5",
            "In every served group, C1 recall of DP less that of the original is above 0."),
        ["dp-precision-highest"] = new(
            "DP has a higher C1 precision than every other sampling method.",
            "figure 4",
            "In every served group, C1 precision of each of the paper's methods for everyone less that of DP is below 0."),
        ["dp-divergence-lowest"] = new(
            "DP has the lowest dual-class divergence: precision and recall are most alike.",
            "figure 4",
            "In every served group, dual-class divergence of each of the paper's methods for everyone less that of DP is above 0, and that of DP less the original below 0."),
        ["matching-model-best"] = new(
            "C1 recall and balanced accuracy are highest where the group that is judged is the one that the DP model serves.",
            "figure 6",
            "In every served group, C1 recall and balanced accuracy of its own DP model are above the best of the original and the DP models of the other groups of its trait (taken as known)."),
        ["group-alone-worse"] = new(
            "A model of the group's rows alone is worse than the original and than DP, on almost all metrics.",
            "supplementary discussion",
            "In every served group, C1 recall, balanced accuracy and C1 AUC-PR of the model of the group alone, less the original and less DP, are below 0; more than half of the six, and none against it."),
        ["not-one-to-one"] = new(
            "A class ratio of 1:1 is not necessarily best: DP chooses another.",
            "discussion, supplementary tables 2-5",
            Text($"In every served group, the share of C1 in the group's training rows at the chosen number of units is more than {PaperClaims.AwayFromHalf} from one half, in all repeats. Cannot be told where no number of units that was tried comes that near.")),
        ["recall-plateaus"] = new(
            "After a certain number of units, recall levels off while precision falls substantially.",
            "discussion",
            Text($"In every served group, on the rows that DP chooses on, from the middle number of units that was tried to the last, C1 recall rises by less than {PaperClaims.SmallChange} and C1 precision falls by more than {-PaperClaims.SubstantialFall * 100:0} % of its value. No intervals are drawn for these: the means decide.")),
        ["gains-where-few"] = new(
            "DP is highly effective for groups with few C1 cases.",
            "discussion",
            "The mean gain in C1 recall by DP over the half of the served groups with fewer training patients of C1, less that over the half with more, is above 0; groups are taken as independent."),
    };

    /// <summary>Returns the wording of a claim.</summary>
    /// <param name="id">The name of a claim of <see cref="PaperClaims.All"/>.</param>
    public static ClaimText Of(string id) => s_byId[id];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
