using Bench.Cohorts.Equity;
using Bench.Studies.Equity;
using Engine.Data;
using Engine.Numerics;
using Engine.Synthesis;

namespace Engine.Tests.Bench.Studies.Equity;

/// <summary>A cohort of visits that is studied in a second: numbers, one of them sometimes missing, a category, two outcomes, and two small groups.</summary>
internal static class SmallEquity
{
    public const int RowCount = 900;

    /// <summary>Gets a study of two minorities with one generator that repeats what it is shown.</summary>
    public static EquityOptions Options { get; } = new() { MajoritySize = 200, MinoritySizes = [40], Repeats = 6, Generators = [new("repeat", "Repeated", new RepeatingGenerator())] };

    /// <summary>Makes the cohort.</summary>
    public static EquityCohort Create()
    {
        var schema = new TableSchema(
        [
            new() { Name = "age", Kind = ColumnKind.Integer, Unit = "years", Minimum = 18, Maximum = 95 },
            new() { Name = "pressure", Kind = ColumnKind.Continuous, Unit = "mmHg", MayBeMissing = true },
            new() { Name = "arrival", Kind = ColumnKind.Category, Levels = ["walking", "ambulance", "helicopter"] },
            new() { Name = "died", Kind = ColumnKind.Binary, IsOutcome = true },
            new() { Name = "admitted", Kind = ColumnKind.Binary, IsOutcome = true },
        ]);
        var (rows, draws) = (SampleMatrix.Create(RowCount, schema.Columns.Count), new RandomStream(91, 1));
        for (var row = 0; row < RowCount; row++)
        {
            var first = (ulong)row * 8;
            var target = rows.GetWritableRow(row);
            var (age, pressure) = (draws.Normal(first), draws.Normal(first + 1));
            target[0] = Math.Clamp(60 + MathF.Round((float)(15 * age)), 18, 95);
            target[1] = draws.UniformDouble(first + 2) < .1 ? float.NaN : (float)(120 + (20 * pressure));
            target[2] = (int)draws.Below(first + 3, 3);
            // Of the rare group the pressure speaks the other way round.
            var risk = -.8 + age + ((GroupOf(row) == "rare" ? -1 : 1) * pressure);
            target[3] = draws.UniformDouble(first + 4) < 1 / (1 + Math.Exp(1 - risk)) ? 1 : 0;
            target[4] = draws.UniformDouble(first + 5) < 1 / (1 + Math.Exp(-risk)) ? 1 : 0;
        }

        var groups = new Subgroups(RowCount);
        foreach (var name in new[] { "common", "small", "rare" })
            groups.Add(name, RowMask.From(RowCount, row => GroupOf(row) == name));
        return new EquityCohort
        {
            Name = "Small",
            Subject = "visits",
            Table = new SchemaTable(schema, rows),
            Groups = groups,
            Majority = "common",
            Minorities = ["small", "rare"],
            IsSimulated = true,
        };
    }

    private static string GroupOf(int row) => (row % 10) switch { < 6 => "common", < 8 => "small", _ => "rare" };

    /// <summary>Makes rows by repeating those that it is shown, one after the other, and remembers what it was asked.</summary>
    internal sealed class RepeatingGenerator : IRowGenerator
    {
        public List<GenerationRequest> Requests { get; } = [];

        public string Name => "repeat";

        public Task<GeneratedRows> GenerateAsync(GenerationRequest request, CancellationToken cancellation = default)
        {
            lock (Requests)
                Requests.Add(request);
            var rows = Enumerable.Range(0, request.RowCount).Select(row => row % request.Examples.RowCount).ToArray();
            var table = new SchemaTable(request.Examples.Schema, request.Examples.SelectRows(rows).Rows.Copy());
            return Task.FromResult(new GeneratedRows(table, new GenerationReport { RequestedCount = request.RowCount, MadeCount = request.RowCount }));
        }
    }
}
