using System.Runtime.ExceptionServices;
using Bench.Cohorts.Channels;
using Engine.Data;

namespace Bench.Cohorts.Mimic3;

/// <summary>Reads the time series of all stays, each file once, whatever the number of its prefixes.</summary>
/// <remarks>
/// <para><b>Determinism</b>: files are read on all cores, but the rows of a stay have their place before the first file is opened;
/// and of several bad files, the first in list order is reported.</para>
/// <para><b>Cost</b>: 320 bytes an hour for the result (1.2 GB for the 3.6 million hours of the full decompensation data), and one stay for each core.</para>
/// </remarks>
internal sealed class StayReader
{
    private const int StaysPerReport = 64;
    private const double BytesPerHour = 320;

    private readonly string _folder;
    private readonly IReadOnlyList<ListedStay> _stays;
    private readonly double _lastTime;
    private readonly HourlyNormalizer _normalizer;
    private readonly IProgress<CohortProgress>? _progress;
    private readonly long[] _offsets;
    private readonly SampleMatrix _hours;
    private readonly Lock _lock = new();
    private int _done;
    private long _firstBadStay = long.MaxValue;
    private ExceptionDispatchInfo? _firstError;

    private StayReader(string folder, Mimic3Task task, IReadOnlyList<ListedStay> stays, IProgress<CohortProgress>? progress)
    {
        _folder = folder;
        _stays = stays;
        _lastTime = Mimic3Layout.LastTime(task);
        _normalizer = HourlyNormalizer.Published(task);
        _progress = progress;
        _offsets = new long[stays.Count + 1];
        for (var stay = 0; stay < stays.Count; stay++)
            _offsets[stay + 1] = _offsets[stay] + stays[stay].Hours;
        _hours = SampleMatrix.Create(_offsets[^1], BenchmarkChannels.ColumnCount);
    }

    /// <summary>Reads all stays.</summary>
    /// <param name="folder">The folder of the task.</param>
    /// <param name="task">The task, which decides the normalizer.</param>
    /// <param name="stays">The stays with the hours that are wanted of each.</param>
    /// <param name="progress">Told of the stays read so far.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The hours of every stay, normalized.</returns>
    /// <exception cref="CohortFormatException">A file is missing or bad.</exception>
    /// <exception cref="InsufficientMemoryException">The hours of all stays do not fit in memory.</exception>
    public static EpisodeStore Read(
        string folder, Mimic3Task task, IReadOnlyList<ListedStay> stays, IProgress<CohortProgress>? progress, CancellationToken cancellation)
    {
        // A list of a few lines can ask for any number of hours: its stays are there before memory is taken for them.
        foreach (var stay in stays)
            CsvTable.RequireExists(Mimic3Layout.StayFile(folder, stay));
        MemoryNeed.Require(stays.Sum(stay => BytesPerHour * stay.Hours), $"the hours of {stays.Count:N0} stays");
        var reader = new StayReader(folder, task, stays, progress);
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, stays.Count, options, static () => new HourlyDiscretizer(), reader.ReadOrBreak, static _ => { });
        reader._firstError?.Throw();
        return new EpisodeStore(reader._hours, reader._offsets);
    }

    // Break, unlike Stop or an exception, still runs every stay before this one; so the first error in list order is always found.
    private HourlyDiscretizer ReadOrBreak(int stay, ParallelLoopState loop, HourlyDiscretizer discretizer)
    {
        try
        {
            ReadStay(stay, discretizer);
        }
        catch (Exception error)
        {
            loop.Break();
            lock (_lock)
            {
                if (stay < _firstBadStay)
                    (_firstBadStay, _firstError) = (stay, ExceptionDispatchInfo.Capture(error));
            }
        }

        return discretizer;
    }

    private void ReadStay(int stay, HourlyDiscretizer discretizer)
    {
        var listed = _stays[stay];
        discretizer.Begin(listed.Hours);
        TimeSeriesFile.Read(Mimic3Layout.StayFile(_folder, listed), discretizer, _lastTime);
        discretizer.Write(_hours, _offsets[stay], _normalizer);

        // Within the lock, so that progress never runs backwards.
        lock (_lock)
        {
            _done++;
            if (_done % StaysPerReport == 0 || _done == _stays.Count)
                _progress?.Report(new CohortProgress("reading stays", _done, _stays.Count, "stays"));
        }
    }
}
