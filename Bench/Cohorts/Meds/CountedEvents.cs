namespace Bench.Cohorts.Meds;

/// <summary>Counts the events that were read, and tells of every hundred thousand.</summary>
internal sealed class CountedEvents(string step, IProgress<CohortProgress>? progress)
{
    private const int EventsBetweenReports = 100_000;

    private long _count;

    /// <summary>Counts one more.</summary>
    public void Add()
    {
        if (++_count % EventsBetweenReports == 0)
            progress?.Report(new(step, _count, 0, "events"));
    }
}
