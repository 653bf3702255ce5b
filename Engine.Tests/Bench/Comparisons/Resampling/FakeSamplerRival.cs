using Bench.Comparisons.Measurement;
using Bench.Comparisons.Resampling.Cases;
using Bench.Comparisons.Resampling.Rivals;
using Bench.Comparisons.Rivals;
using Engine.Data;

namespace Engine.Tests.Bench.Comparisons.Resampling;

/// <summary>A rival that is a function of the test.</summary>
internal sealed class FakeSamplerRival(Func<LabeledSamples, RivalMeasurement> measure) : ISamplerRival
{
    public RivalMeasurement Measure(SamplerCase planned, LabeledSamples rows, string folder, MeasureOptions options, CancellationToken cancellation)
    {
        File.WriteAllText(Path.Combine(folder, "left behind"), "");
        return measure(rows);
    }
}
