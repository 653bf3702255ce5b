using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Engine.Diagnostics;

/// <summary>Every exception of the engine, one method an error, so that kernels stay small enough to inline.</summary>
/// <remarks>A message names the value, the allowed range and the way out.</remarks>
[StackTraceHidden]
internal static class Throw
{
    private const int LongestFileMessage = 1000;

    [DoesNotReturn]
    public static void Argument_LengthsDiffer(string name, long length, string otherName, long otherLength) =>
        throw new ArgumentException($"{name} has {length:N0} entries where {otherName} has {otherLength:N0}; pass one entry a row.", name);

    [DoesNotReturn]
    public static void Argument_DestinationTooShort(string name, long length, long needed) =>
        throw new ArgumentException($"{name} has room for {length:N0} values and {needed:N0} are needed; pass a longer destination.", name);

    [DoesNotReturn]
    public static void Argument_TooShort(string name, long length, long needed) =>
        throw new ArgumentException($"{name} has {length:N0} values and {needed:N0} are needed; pass more values, or lower the counts.", name);

    [DoesNotReturn]
    public static void Argument_FeatureCountsDiffer(string name, int featureCount, string otherName, int otherFeatureCount) =>
        throw new ArgumentException($"{name} has {featureCount:N0} features where {otherName} has {otherFeatureCount:N0}; both must describe the same columns.", name);

    [DoesNotReturn]
    public static void Argument_NotFinite(string name, long row, int column, float value) =>
        throw new ArgumentException($"{name} holds {value} at row {row:N0}, column {column:N0}; impute or drop missing values first, every value must be finite.", name);

    [DoesNotReturn]
    public static void Argument_ValueNotFinite(string name, long row, double value) =>
        throw new ArgumentException($"{name} holds {value} at row {row:N0}; every value must be finite.", name);

    [DoesNotReturn]
    public static void Argument_ScoreNaN(string name, long row) =>
        throw new ArgumentException($"{name} holds NaN at row {row:N0}; a score that is not a number has no rank, drop the row or repair the model that made it.", name);

    [DoesNotReturn]
    public static void Argument_WeightInvalid(string name, long row, float value) =>
        throw new ArgumentException($"{name} holds {value} at row {row:N0}; a weight is finite and 0 or more, 0 leaves the row out.", name);

    [DoesNotReturn]
    public static void Argument_LabelNotBinary(string name, long row, long value) =>
        throw new ArgumentException($"the label of row {row:N0} is {value}; labels are 0 (class C0) or 1 (class C1). Of several classes, take one against the rest: 1 in its rows, 0 in all others.", name);

    [DoesNotReturn]
    public static void Argument_Overlap(string name, string otherName) =>
        throw new ArgumentException($"{name} overlaps {otherName}; pass separate memory.", name);

    [DoesNotReturn]
    public static void Argument_ClassTooSmall(string name, int label, int rowCount, int neighborCount) =>
        throw new ArgumentException($"class {label} has {rowCount:N0} rows; k = {neighborCount} needs at least {neighborCount + 1:N0}; lower NeighborCount or leave the class as it is.", name);

    [DoesNotReturn]
    public static void Argument_ClassTooSmallInGroup(string name, int label, int rowCount, int neighborCount) =>
        throw new ArgumentException($"class {label} has {rowCount:N0} rows in {name}; k = {neighborCount} needs at least {neighborCount + 1:N0}; lower NeighborCount or choose a larger group.", name);

    [DoesNotReturn]
    public static void Argument_ClassTooSmall(string name, int label, int rowCount, string optionName, int neighborCount) =>
        throw new ArgumentException($"class {label} has {rowCount:N0} rows; {optionName} = {neighborCount} needs at least {neighborCount:N0}; lower {optionName} or leave the class as it is.", name);

    [DoesNotReturn]
    public static void Argument_Invalid(string name, string message) => throw new ArgumentException(message, name);

    [DoesNotReturn]
    public static void ArgumentOutOfRange(string name, object value, string allowed) =>
        throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; allowed is {allowed}.");

    [DoesNotReturn]
    public static void Index_RowOutOfRange(long row, long rowCount) =>
        throw new ArgumentOutOfRangeException(nameof(row), row, $"row {row:N0} is outside 0 to {rowCount - 1:N0}.");

    [DoesNotReturn]
    public static void KeyNotFound_Subgroup(string name, IEnumerable<string> known) =>
        throw new KeyNotFoundException($"there is no subgroup '{name}'; the subgroups are {string.Join(", ", known)}.");

    [DoesNotReturn]
    public static void InvalidOperation_MetricUndefined(object metric, long rowCount, long positiveCount) =>
        throw new InvalidOperationException($"{metric} is undefined over {rowCount:N0} rows of which {positiveCount:N0} are of class 1; read the nullable property, or choose rows that hold the class.");

    [DoesNotReturn]
    public static void InvalidOperation(string message) => throw new InvalidOperationException(message);

    [DoesNotReturn]
    public static void InvalidOperation_RowOfAnotherRank(long row, int owner, int rank) =>
        throw new InvalidOperationException(
            $"row {row:N0} lies with rank {owner} and this is rank {rank}: the operation reads rows one process at a time and does not run over ranks. docs/more-than-one-machine.md lists what does; SelectRows sends chosen rows to every rank.");

    [DoesNotReturn]
    public static void InsufficientMemory(string purpose, long bytes, long limit, string wayOut) =>
        throw new InsufficientMemoryException($"{purpose} need {bytes:N0} bytes of memory, and the limit is {limit:N0}; {wayOut}.");

    [DoesNotReturn]
    public static void ObjectDisposed(string name) =>
        throw new ObjectDisposedException(name, $"{name} has been disposed; make it anew, or dispose it after its last use.");

    [DoesNotReturn]
    public static void InvalidData_File(string path, string message) => throw new InvalidDataException($"{path}: {Printable(message)}");

    [DoesNotReturn]
    public static void InvalidData(string message) => throw new InvalidDataException(Printable(message));

    // A file may hold anything: no control character of it reaches a terminal, and no message is as long as the file.
    private static string Printable(string message) =>
        string.Concat(message.Take(LongestFileMessage).Select(character => char.IsControl(character) ? '\uFFFD' : character));
}
