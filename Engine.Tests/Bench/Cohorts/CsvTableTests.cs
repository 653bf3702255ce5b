using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Bench.Cohorts;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts;

public sealed class CsvTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("age;sex;died", "semicolons")]
    [InlineData("age\tsex\tdied", "tabs")]
    [InlineData("age|sex|died", "vertical bars")]
    public void Open_OtherSeparator_IsNamed(string header, string separator)
    {
        var error = Refused(header + "\n");
        Assert.Equal(1, error.Line);
        Assert.Contains($"separated by {separator}; commas are expected", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("39\0")]
    [InlineData("\u001b[1A\u001b[2Kok:")]
    public void Number_ControlCharacters_AreRefusedAndShown(string cell)
    {
        using var table = Open($"age,sex\n{cell},1\n");
        Assert.True(table.Next());
        foreach (var read in new Action[] { () => table.Number(0), () => table.Integer(0), () => table.NumberOrMissing(0), () => table.Text(0) }.Take(cell.Contains('\0', StringComparison.Ordinal) ? 4 : 3))
        {
            var error = Assert.Throws<CohortFormatException>(read);
            Assert.Equal((2, "age", cell), (error.Line, error.Column, error.Value));
            Assert.DoesNotContain(error.Message, char.IsControl);
            Assert.Contains(@"\", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_ManyCells_IsRefusedAtOnceAndInOneShortLine()
    {
        var error = Refused(new string(',', 10_000_000));
        Assert.Contains("more than 65,536 cells", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", 3)]
    [InlineData("a,b\n1,\"", 2)]
    [InlineData("", 1)]
    public void Next_LongCell_IsRefusedByItsLine(string before, long line)
    {
        var error = Refused(before + new string('x', 5_000_000));
        Assert.Equal(line, error.Line);
        Assert.Contains("longer than 1,048,576 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_RowsAtTheLimits_AreRead()
    {
        var cells = string.Join(',', Enumerable.Range(0, BoundedReader.MostCells).Select(cell => cell % 10));
        using var table = Open($"{cells}\n{cells}\n\"{new string(',', 70_000)}\n{new string('x', 800_000)}\"{cells[1..]}\n");
        Assert.True(table.Next());
        Assert.True(table.Next());
        Assert.Equal(870_001, table[0].Length);
        Assert.False(table.Next());
    }

    [Fact]
    public void RequireColumn_LongHeader_IsNotPrintedWhole()
    {
        using var table = Open(string.Join(',', Enumerable.Range(0, 50_000).Select(column => $"column{column}")));
        Assert.InRange(Assert.Throws<CohortFormatException>(() => table.RequireColumn("age")).Message.Length, 100, 1000);
        Assert.InRange(Assert.Throws<CohortFormatException>(() => table.RequireHeader("age")).Message.Length, 50, 1000);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public void Open_Device_IsRefused(string device)
    {
        Skip.Unless(OperatingSystem.IsLinux(), "other systems do not say what a file is");
        Assert.Contains("no file but", Assert.Throws<CohortFormatException>(() => CsvTable.Open(device)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NamedPipe_IsRefusedWithoutWaiting()
    {
        Skip.Unless(OperatingSystem.IsLinux(), "other systems do not say what a file is");
        Process.Start("mkfifo", [_folder.File("pipe")]).WaitForExit();
        Assert.Contains("a pipe", Assert.Throws<CohortFormatException>(() => CsvTable.Open(_folder.File("pipe"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BrokenLink_IsRefusedAsWhatIsNoFile()
    {
        Skip.When(OperatingSystem.IsWindows(), "links need a privilege there");
        File.CreateSymbolicLink(_folder.File("link.csv"), _folder.File("nowhere.csv"));
        Assert.Contains("leads nowhere", Assert.Throws<CohortFormatException>(() => CsvTable.Open(_folder.File("link.csv"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CompressedWithoutItsExtension_IsDecompressed()
    {
        var file = _folder.File("table.csv");
        using (var stream = new GZipStream(File.Create(file), CompressionLevel.Fastest))
            stream.Write("a,b\n1,2\n"u8);
        using var table = CsvTable.Open(file);
        Assert.True(table.Next());
        Assert.Equal("2", table[1]);
    }

    private CsvTable Open(string text)
    {
        File.WriteAllText(_folder.File("table.csv"), text, Encoding.UTF8);
        return CsvTable.Open(_folder.File("table.csv"));
    }

    private CohortFormatException Refused(string text) => Assert.Throws<CohortFormatException>(() =>
    {
        using var table = Open(text);
        while (table.Next())
        {
        }
    });
}
