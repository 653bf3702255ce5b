using System.Globalization;
using Bench.Cohorts.Channels;

namespace Bench.Cohorts.PhysioNet2012;

/// <summary>Parses records, text in and measurements out; keeps its buffers from one record to the next.</summary>
internal sealed class PhysioNet2012RecordParser
{
    private const int MinutesOfRecord = 48 * 60;
    private const double Unknown = -1;
    private const string ExpectedHeader = "Time,Parameter,Value";

    // A row's key sorts by parameter, then minute, then line, so that equal times keep the order of the file.
    private const int ParameterShift = 48;
    private const int MinuteShift = 32;

    private readonly double[] _descriptors = new double[PhysioNet2012Parameters.Descriptors.Count];
    private readonly bool[] _hasDescriptor = new bool[PhysioNet2012Parameters.Descriptors.Count];
    private long[] _keys = new long[1024];
    /// <summary>The three bytes that some editors put before UTF-8 text, each as the character that it was read as.</summary>
    private const string ByteOrderMark = "\u00EF\u00BB\u00BF";

    private double[] _values = new double[1024];
    private int _count;
    private string _file = "";
    private int _line;

    /// <summary>Gets the number of rows skipped so far because their parameter has no name.</summary>
    public long NamelessRowCount { get; private set; }

    /// <summary>Parses one record.</summary>
    /// <param name="file">The file as it is named in errors.</param>
    /// <param name="expectedId">The number in the file's name.</param>
    /// <param name="text">The whole file.</param>
    /// <returns>The record.</returns>
    /// <exception cref="CohortFormatException">The text is not such a record.</exception>
    public PhysioNet2012Record Parse(string file, int expectedId, ReadOnlySpan<char> text)
    {
        (_file, _line, _count) = (file, 0, 0);
        Array.Clear(_hasDescriptor);
        text = text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;
        foreach (var range in text.Split('\n'))
        {
            var row = text[range].TrimEnd('\r');
            _line++;
            if (_line == 1)
                RequireHeader(row);
            else if (!row.IsEmpty)
                ParseRow(row);
        }

        RequireDescriptors(expectedId);
        return ToRecord();
    }

    private void RequireHeader(ReadOnlySpan<char> row)
    {
        if (!row.SequenceEqual(ExpectedHeader))
            throw Error("", row, $"the header must be '{ExpectedHeader}'.");
    }

    private void ParseRow(ReadOnlySpan<char> row)
    {
        Span<Range> cells = stackalloc Range[4];
        if (row.Split(cells, ',') != 3)
            throw Error("", row, $"three cells were expected, '{ExpectedHeader}'.");
        var name = row[cells[1]];
        if (name.IsEmpty)
        {
            NamelessRowCount++;
            return;
        }

        if (!PhysioNet2012Parameters.TryFind(name, out var index))
            throw Error("Parameter", name, $"unknown; the known ones are {string.Join(", ", PhysioNet2012Parameters.All)}.");
        var minute = ParseTime(row[cells[0]]);
        var number = ParseValue(row[cells[2]]);
        if (index == PhysioNet2012Parameters.ComaScale && number >= 0 && !(number is >= 3 and <= 15 && double.IsInteger(number)))
            throw Error("Value", row[cells[2]], "a total of the coma scale is a whole number from 3 to 15.");
        if (index >= PhysioNet2012Parameters.Names.Count)
            SetDescriptor(index - PhysioNet2012Parameters.Names.Count, minute, number);
        else if (index != PhysioNet2012Parameters.Weight || minute > 0 || number != Unknown)
            AddMeasurement(index, minute, number);
    }

    private int ParseTime(ReadOnlySpan<char> time)
    {
        if (time.Length == 5 && time[2] == ':' && TwoDigits(time, out var hours) && TwoDigits(time[3..], out var minutes) && minutes < 60)
        {
            var minute = (hours * 60) + minutes;
            if (minute <= MinutesOfRecord)
                return minute;
        }

        throw Error("Time", time, "a time from 00:00 to 48:00 was expected, HH:MM.");
    }

    private static bool TwoDigits(ReadOnlySpan<char> text, out int number)
    {
        var (tens, ones) = (text[0] - '0', text[1] - '0');
        number = (tens * 10) + ones;
        return (uint)tens < 10 && (uint)ones < 10;
    }

    private double ParseValue(ReadOnlySpan<char> value) =>
        NumberText.TryParse(value, out double number) && Math.Abs(number) <= HourlyDiscretizer.LargestValue
            ? number
            : throw Error("Value", value, $"a number was expected, at most {HourlyDiscretizer.LargestValue} in magnitude.");

    private void SetDescriptor(int descriptor, int minute, double value)
    {
        var name = PhysioNet2012Parameters.Descriptors[descriptor];
        if (minute != 0)
            throw Error("Parameter", name, "a descriptor must stand at 00:00.");
        if (_hasDescriptor[descriptor])
            throw Error("Parameter", name, "this descriptor occurs twice.");
        var isPossible = name switch
        {
            "Gender" => value is 0 or 1,
            "ICUType" => value is 1 or 2 or 3 or 4,
            _ => value >= 0,
        };
        if (!isPossible && value != Unknown)
            throw Error("Value", value.ToString(CultureInfo.InvariantCulture), $"impossible for {name}; -1 means unknown.");
        _hasDescriptor[descriptor] = true;
        _descriptors[descriptor] = isPossible ? value : double.NaN;
    }

    private void AddMeasurement(int parameter, int minute, double value)
    {
        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, 2 * _count);
            Array.Resize(ref _values, 2 * _count);
        }

        _keys[_count] = ((long)parameter << ParameterShift) | ((long)minute << MinuteShift) | (uint)_count;
        _values[_count++] = value;
    }

    private void RequireDescriptors(int expectedId)
    {
        _line = 0;
        var missing = Array.IndexOf(_hasDescriptor, false);
        if (missing >= 0)
            throw Error("Parameter", "", $"the record lacks its row '{PhysioNet2012Parameters.Descriptors[missing]}' at 00:00.");
        if (_descriptors[0] != expectedId)
            throw Error("Value", _descriptors[0].ToString(CultureInfo.InvariantCulture), $"the record's RecordID differs from its file name, {expectedId}.");
    }

    private PhysioNet2012Record ToRecord()
    {
        Array.Sort(_keys, _values, 0, _count);
        var offsets = new int[PhysioNet2012Parameters.Names.Count + 1];
        var minutes = new short[_count];
        for (var i = 0; i < _count; i++)
        {
            minutes[i] = (short)(_keys[i] >> MinuteShift);
            offsets[(_keys[i] >> ParameterShift) + 1]++;
        }

        for (var parameter = 1; parameter < offsets.Length; parameter++)
            offsets[parameter] += offsets[parameter - 1];
        return new PhysioNet2012Record(_descriptors, offsets, minutes, _values[.._count]);
    }

    private CohortFormatException Error(string column, ReadOnlySpan<char> value, string reason) => new(_file, _line, column, value.ToString(), reason);
}
