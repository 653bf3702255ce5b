using System.Globalization;
using ParquetSharp;

namespace Bench.Cohorts.Parquet;

/// <summary>The values of a column of one row group, some rows at a time.</summary>
internal abstract class ParquetValues : IDisposable
{
    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Gets whether every value is a floating-point number of 32 or 64 bits, a whole number of as many, or missing.</summary>
    public abstract bool HoldsNumbers { get; }

    /// <summary>Begins to read a column.</summary>
    /// <param name="reader">The column of a row group.</param>
    /// <param name="rowCount">The most rows to hold at once.</param>
    public static ParquetValues Open(ColumnReader reader, int rowCount) => reader.LogicalReader(rowCount).Apply(new Opening(rowCount));

    /// <summary>Reads the next rows.</summary>
    /// <returns>How many; 0 at the end of the row group.</returns>
    public abstract int Read();

    /// <summary>Returns a value as text: empty where it is missing; dates as 2026-11-30 12:00:00.</summary>
    /// <param name="row">The row, from 0, of those read last.</param>
    /// <returns>The text; null where the type is none that a cell of a table has, such as lists and bytes.</returns>
    public abstract string? Text(int row);

    /// <summary>Returns a value as a number, truth values as 0 and 1: NaN where it is missing.</summary>
    /// <param name="row">The row, from 0, of those read last.</param>
    /// <returns>The number; null where the type is none.</returns>
    public abstract double? Number(int row);

    /// <summary>Converts values that follow each other, as <see cref="Number"/> does, rounded to float32.</summary>
    /// <param name="first">The first row, from 0, of those read last.</param>
    /// <param name="count">How many.</param>
    /// <param name="destination">Receives one every <paramref name="stride"/> values.</param>
    /// <param name="stride">Their distance.</param>
    /// <returns>The first that is no number, from 0; null where all are.</returns>
    public abstract int? Numbers(int first, int count, Span<float> destination, int stride);

    /// <summary>Returns a value as a whole number, times in microseconds since 1970.</summary>
    /// <param name="row">The row, from 0, of those read last.</param>
    /// <returns>The number; null where it is missing, or the type is none of whole numbers or times.</returns>
    public abstract long? Whole(int row);

    /// <inheritdoc/>
    public abstract void Dispose();

    private sealed class Opening(int rowCount) : ILogicalColumnReaderVisitor<ParquetValues>
    {
        public ParquetValues OnLogicalColumnReader<TValue>(LogicalColumnReader<TValue> columnReader) => new Typed<TValue>(columnReader, rowCount);
    }

    // Whether a value is of a type is known when the code of each type is compiled, so that none is boxed.
    private sealed class Typed<T>(LogicalColumnReader<T> reader, int rowCount) : ParquetValues
    {
        private readonly T[] _values = new T[rowCount];

        public override bool HoldsNumbers => typeof(T) == typeof(float) || typeof(T) == typeof(float?) || typeof(T) == typeof(double) || typeof(T) == typeof(double?)
            || typeof(T) == typeof(int) || typeof(T) == typeof(int?) || typeof(T) == typeof(long) || typeof(T) == typeof(long?);

        public override int Read() => reader.HasNext ? reader.ReadBatch(_values.AsSpan()) : 0;

        public override string? Text(int row) => _values[row] switch
        {
            null => "",
            string text => text,
            bool truth => truth ? "True" : "False",
            float number => number.ToString(CultureInfo.InvariantCulture),
            double number => number.ToString(CultureInfo.InvariantCulture),
            long number => number.ToString(CultureInfo.InvariantCulture),
            int number => number.ToString(CultureInfo.InvariantCulture),
            DateTime time => TextOf(time),
            DateTimeNanos time => TextOf(time.DateTime),
            Date date => TextOf(date.DateTime),
            sbyte or short or byte or ushort or uint or ulong or Half or decimal or TimeSpan or Guid => ((IFormattable)_values[row]!).ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };

        public override double? Number(int row) => _values[row] switch
        {
            null => IsNumber ? double.NaN : null,
            float number => number,
            double number => number,
            long number => number,
            int number => number,
            bool truth => truth ? 1 : 0,
            sbyte number => number,
            short number => number,
            byte number => number,
            ushort number => number,
            uint number => number,
            ulong number => number,
            Half number => (double)number,
            decimal number => (double)number,
            _ => null,
        };

        public override int? Numbers(int first, int count, Span<float> destination, int stride)
        {
            for (var i = 0; i < count; i++)
            {
                if (Number(first + i) is not { } number)
                    return i;
                destination[i * stride] = (float)number;
            }

            return null;
        }

        public override long? Whole(int row) => _values[row] switch
        {
            long number => number,
            int number => number,
            short number => number,
            sbyte number => number,
            byte number => number,
            ushort number => number,
            uint number => number,
            DateTime time => (time - s_epoch).Ticks / TimeSpan.TicksPerMicrosecond,
            DateTimeNanos time => (long)Math.Floor(time.Ticks / 1000.0),
            _ => null,
        };

        public override void Dispose() => reader.Dispose();

        private static bool IsNumber { get; } = (Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)) is { IsPrimitive: true } or { Name: nameof(Half) or nameof(Decimal) };

        private static string TextOf(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
