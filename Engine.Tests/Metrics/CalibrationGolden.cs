using System.Text.Json.Nodes;
using Engine.Metrics;
using Engine.Tests.Support;

namespace Engine.Tests.Metrics;

/// <summary>One case of Golden/calibration.json, made with scikit-learn 1.2.1.</summary>
internal sealed class CalibrationGolden
{
    /// <summary>The golden file's own tolerance.</summary>
    public const double Tolerance = 1e-12;

    private readonly JsonNode _case;

    private CalibrationGolden(JsonNode node)
    {
        _case = node;
        Scores = [.. node["score"].Doubles().Select(score => (float)score)];
        Labels = [.. node["y"].Ints().Select(label => (byte)label)];
        Weights = node["weight"] is { } weights ? [.. weights.Doubles().Select(weight => (float)weight)] : [];
    }

    public static IEnumerable<CalibrationGolden> Cases => Golden.Load("calibration.json")["cases"]!.AsArray().Select(node => new CalibrationGolden(node!));

    public float[] Scores { get; }

    public byte[] Labels { get; }

    public float[] Weights { get; }

    public double[] Rates => _case["calibration_curve_uniform_10"]!["rate"].Doubles();

    public double[] MeanScores => _case["calibration_curve_uniform_10"]!["mean_score"].Doubles();

    public double ExpectedCalibrationError => (double)_case["expected_calibration_error"]!;

    public double[] Isotonic => _case["isotonic"].Doubles();

    public RankingCurve ToCurve(bool weighted) => RankingCurve.From(Scores, Labels, weighted ? Weights : []);
}
