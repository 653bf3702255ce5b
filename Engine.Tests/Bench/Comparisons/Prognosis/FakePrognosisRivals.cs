using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis.Rivals;
using Bench.Comparisons.Prognosis.Work;
using Bench.Comparisons.Rivals;

namespace Engine.Tests.Bench.Comparisons.Prognosis;

/// <summary>A library that takes some time and finds a function of what the engine found.</summary>
internal sealed class FakePrognosisRivals(double seconds, Func<double[], double[]> find) : IPrognosisRivals
{
    public (RivalMeasurement Measured, double[] Found) Measure(string name, PreparedWork work, string folder, MeasureOptions options, CancellationToken cancellation)
    {
        Assert.NotEmpty(Directory.EnumerateFiles(folder));
        return (new RivalMeasurement(name, RivalStatus.Measured, null) { Repetitions = [seconds] }, find(work.Expected));
    }
}
