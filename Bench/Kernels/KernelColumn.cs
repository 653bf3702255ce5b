using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Engine.Numerics;

namespace Bench.Kernels;

/// <summary>What a table says of a kernel beside its time.</summary>
internal sealed class KernelColumn : IColumn
{
    private const string Unknown = "-";

    private readonly Func<KernelWork, double, string> _text;

    private KernelColumn(string name, string legend, Func<KernelWork, double, string> text) => (ColumnName, Legend, _text) = (name, legend, text);

    /// <summary>Gets all of them.</summary>
    public static IColumn[] All { get; } =
    [
        new KernelColumn("SIMD", "Widest vectors of the process", static (_, _) => $"{Simd.Level}"),
        new KernelColumn("ns/row", "Median nanoseconds a row, query or score", static (work, seconds) => Number(seconds * 1e9 / work.Rows)),
        new KernelColumn("GB/s", "Bytes that must be read and written once, a second", static (work, seconds) => Number(work.Bytes / seconds / 1e9)),
        new KernelColumn(
            "Roof",
            "Share of what one thread could do at most, by memory bandwidth or arithmetic peak of this run, whichever is lower for this kernel; above 100 % where work is avoided",
            static (work, seconds) => work.ShareOfRoof(seconds, MachineRoofs.Bandwidth, MachineRoofs.PeakOf(work.Peak)) is { } share
                ? share.ToString("0.0 %", CultureInfo.InvariantCulture)
                : Unknown),
    ];

    /// <inheritdoc/>
    public string Id => $"{nameof(KernelColumn)}.{ColumnName}";

    /// <inheritdoc/>
    public string ColumnName { get; }

    /// <inheritdoc/>
    public string Legend { get; }

    /// <inheritdoc/>
    public bool AlwaysShow => true;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => Array.IndexOf(All, this);

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <summary>Makes a suite as a row of a table names it.</summary>
    /// <returns>Null where it times no kernel.</returns>
    public static KernelSuite? SuiteOf(BenchmarkCase benchmark)
    {
        if (!benchmark.Descriptor.Type.IsAssignableTo(typeof(KernelSuite)))
            return null;
        var suite = (KernelSuite)Activator.CreateInstance(benchmark.Descriptor.Type)!;
        foreach (var parameter in benchmark.Parameters.Items)
            benchmark.Descriptor.Type.GetProperty(parameter.Name)!.SetValue(suite, parameter.Value);
        return suite;
    }

    /// <summary>Writes a rate with four digits, without an exponent where it is large.</summary>
    public static string Number(double value) => value.ToString(value >= 1000 ? "0" : "G4", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        summary[benchmarkCase]?.ResultStatistics is { } statistics && SuiteOf(benchmarkCase) is { } suite ? _text(suite.Work, statistics.Median / 1e9) : Unknown;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => benchmark.Descriptor.Type.IsAssignableTo(typeof(KernelSuite)));
}
