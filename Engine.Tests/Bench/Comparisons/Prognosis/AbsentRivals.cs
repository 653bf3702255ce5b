using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis.Rivals;
using Bench.Comparisons.Prognosis.Work;
using Bench.Comparisons.Rivals;

namespace Engine.Tests.Bench.Comparisons.Prognosis;

/// <summary>No library is installed.</summary>
internal sealed class AbsentRivals : IPrognosisRivals
{
    public (RivalMeasurement Measured, double[] Found) Measure(string name, PreparedWork work, string folder, MeasureOptions options, CancellationToken cancellation) =>
        (new RivalMeasurement(name, RivalStatus.Absent, $"No module named '{name}'"), []);
}
