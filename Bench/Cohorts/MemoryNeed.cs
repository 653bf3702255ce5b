using System.Globalization;

namespace Bench.Cohorts;

/// <summary>Compares what work needs with the memory that is there, before it begins: the system would end the process in the middle.</summary>
internal static class MemoryNeed
{
    private const double BytesPerGigabyte = 1e9;

    /// <summary>Throws when memory for something is not there at all.</summary>
    /// <param name="bytes">What is needed at least.</param>
    /// <param name="purpose">For what, such as "the hours of 9,000 stays".</param>
    /// <exception cref="InsufficientMemoryException">More is needed than this process may have.</exception>
    public static void Require(double bytes, string purpose)
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (available > 0 && bytes > available)
            throw new InsufficientMemoryException($"{purpose} need {Gigabytes(bytes)} of memory, and {Gigabytes(available)} are there; take fewer rows, or a machine with more.");
    }

    /// <summary>Says in one line what a failure to get memory means.</summary>
    public static string Describe(OutOfMemoryException error) => error is InsufficientMemoryException
        ? error.Message
        : $"there is not enough memory: {Gigabytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} are there for this process, and the work needs more; take fewer rows, or a machine with more.";

    private static string Gigabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / BytesPerGigabyte:0.0##} GB");
}
