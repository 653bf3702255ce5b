using System.Runtime.InteropServices;
using Engine.Compute;
using Engine.Data;
using Engine.Synthesis;

namespace Engine.Tests.Synthesis;

/// <summary>What every generator that draws rows by number must do.</summary>
/// <param name="create">Creates the generator.</param>
public abstract class RowGeneratorBattery(Func<ComputeOptions, IRowGenerator> create)
{
    public static TheoryData<string> Names => [.. HostileTables.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Generate_HostileTable_MakesLegalRows(string name)
    {
        var examples = HostileTables.All[name]();
        var made = await Generate(examples, 500, 7);
        Assert.Equal(500, made.Table.RowCount);
        Assert.Equal((500, 500), (made.Report.RequestedCount, made.Report.MadeCount));
        Assert.Same(examples.Schema, made.Table.Schema);
        made.Table.EnsureLegal("made", TestContext.Current.CancellationToken);
        AssertNothingUnseen(examples, made.Table);
    }

    [Fact]
    public async Task Generate_AnyNumberOfThreads_SameBits()
    {
        var examples = HostileTables.Random(HostileTables.EveryKind(mayBeMissing: true), 700, 4);
        var expected = Bits((await Generate(examples, 1_000, 3)).Table);
        foreach (var threads in new[] { 1, 2, 7 })
            Assert.Equal(expected, Bits((await Generate(examples, 1_000, 3, new() { MaxDegreeOfParallelism = threads })).Table));
    }

    [Fact]
    public async Task Generate_MoreRows_FirstRowsUnchanged()
    {
        var examples = HostileTables.All["every kind"]();
        var many = Bits((await Generate(examples, 1_000, 3)).Table);
        Assert.Equal(Bits((await Generate(examples, 100, 3)).Table), many[..(100 * 5)]);
        Assert.NotEqual(many, Bits((await Generate(examples, 1_000, 4)).Table));
    }

    [Fact]
    public async Task Generate_WrongRequest_SaysWhy()
    {
        var examples = HostileTables.All["every kind"]();
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Generate(examples, 0, 1));
        Assert.Contains("RowCount is 0; allowed is 1 or more", error.Message, StringComparison.Ordinal);
        var bad = examples.Rows.Copy();
        bad.GetWritableRow(41)[1] = 18;
        var illegal = await Assert.ThrowsAsync<ArgumentException>(() => Generate(new SchemaTable(examples.Schema, bad), 1, 1));
        Assert.Contains("row 41, column 1, 'age', which holds 18", illegal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentNullException>(() => create(ComputeOptions.Default).GenerateAsync(null!, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Generate_Stopped_ThrowsThat()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var request = new GenerationRequest { Examples = HostileTables.All["every kind"](), RowCount = 10, Seed = 1 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => create(ComputeOptions.Default).GenerateAsync(request, stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => create(new() { CancellationToken = stop.Token }).GenerateAsync(request, TestContext.Current.CancellationToken));
    }

    protected Task<GeneratedRows> Generate(SchemaTable examples, int rowCount, ulong seed, ComputeOptions? compute = null) =>
        create(compute ?? ComputeOptions.Default).GenerateAsync(new() { Examples = examples, RowCount = rowCount, Seed = seed }, TestContext.Current.CancellationToken);

    protected static int[] Bits(SchemaTable table) => [.. MemoryMarshal.Cast<float, int>(Values(table))];

    protected static float[] Values(SchemaTable table)
    {
        var values = new float[table.RowCount * table.Schema.Columns.Count];
        table.Rows.CopyRows(0, (int)table.RowCount, values);
        return values;
    }

    protected static float[] Column(SchemaTable table, int column) => [.. Values(table).Where((_, i) => i % table.Schema.Columns.Count == column)];

    /// <summary>Checks that nothing is missing where nothing was, no level is new, and no number is beyond those seen.</summary>
    private static void AssertNothingUnseen(SchemaTable examples, SchemaTable made)
    {
        foreach (var (place, column) in examples.Schema.Columns.Index())
        {
            var (seen, drawn) = (Column(examples, place), Column(made, place));
            if (column.IsNominal)
            {
                Assert.Empty(drawn.Distinct().Except(seen));
                continue;
            }

            Assert.True(!drawn.Any(float.IsNaN) || seen.Any(float.IsNaN), column.Name);
            var numbers = seen.Where(value => !float.IsNaN(value)).ToArray();
            Assert.All(drawn.Where(value => !float.IsNaN(value)), value => Assert.InRange(value, numbers.Min(), numbers.Max()));
        }
    }
}
