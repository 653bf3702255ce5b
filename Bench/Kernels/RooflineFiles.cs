using System.Globalization;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Report;
using Bench.Report.Html;
using Bench.Report.Results;
using Engine.Numerics;

namespace Bench.Kernels;

/// <summary>The files of a roofline: a page with the picture, and every number as csv and json.</summary>
internal static class RooflineFiles
{
    private static readonly string[] s_kernelHeaders = ["number", "kernel", "peak", "rows", "ns_per_row", "calls", "operations_per_byte", "gop_per_second", "gb_per_second", "share_of_roof"];
    private static readonly string[] s_roofHeaders = ["roof", "threads", "rate", "unit"];

    /// <summary>Writes them.</summary>
    /// <param name="folder">A folder, created where it is missing; other files in it stay.</param>
    /// <param name="roofline">What was measured.</param>
    public static void Write(string folder, Roofline roofline)
    {
        Directory.CreateDirectory(folder);
        ResultsFile.Write(Path.Combine(folder, "roofline.json"), new
        {
            Processor = Processor.ModelName,
            SimdLevel = $"{Simd.Level}",
            LoadAverage = LoadAverage.Read(),
            roofline.Roofs,
            roofline.Kernels,
        });
        TableFiles.WriteTable(Path.Combine(folder, "kernels.csv"), s_kernelHeaders, roofline.Kernels.Select((kernel, index) => new object?[]
        {
            index + 1, kernel.Name, kernel.Peak, kernel.Rows, NanosecondsPerRow(kernel), kernel.Calls, kernel.Intensity, kernel.Operations, kernel.Bytes, kernel.ShareOfRoof,
        }));
        TableFiles.WriteTable(Path.Combine(folder, "roofs.csv"), s_roofHeaders, roofline.Roofs.Select(static roof => new object?[] { roof.Name, roof.Threads, roof.Rate, roof.Unit }));
        File.WriteAllText(Path.Combine(folder, "roofline.html"), Render(roofline));
    }

    /// <summary>Renders the page.</summary>
    public static string Render(Roofline roofline) => ReportPage.Wrap("Roofline", HtmlFragment.Of($"""
        <h1>Kernels below the roofs of this machine</h1>
        <p class="lead">{Processor.ModelName}, {Simd.Level}; the mean number of running tasks of the last minute was {(LoadAverage.Read() is { } load ? load.ToString("0.#", CultureInfo.InvariantCulture) : "not told")}.</p>
        <figure>
        <p class="caption">Every number is a kernel of the table, on one thread. Lines are what one thread does at most: memory (a triad) on the slope, arithmetic where it is flat. A search counts all pairs, also those that it avoids, and may pass its roof.</p>
        <div class="panels wide">{RooflinePlot.Draw(roofline)}</div>
        {HtmlTable.Of(["", "kernel", "operation", "ns/row", "operations a byte", "Gop/s", "GB/s", "share of its roof"], 3, roofline.Kernels.Select(Cells))}
        </figure>
        <section>
        <h2>Roofs by threads</h2>
        {HtmlTable.Of(["roof", "threads", "rate", "unit"], 1, roofline.Roofs.Select(static roof => new[] { RooflinePlot.NameOf(roof.Name), $"{roof.Threads}", KernelColumn.Number(roof.Rate), roof.Unit }))}
        </section>
        """));

    private static string[] Cells(KernelPlace kernel, int index) =>
    [
        $"{index + 1}", kernel.Name, RooflinePlot.NameOf(kernel.Peak), KernelColumn.Number(NanosecondsPerRow(kernel)), KernelColumn.Number(kernel.Intensity), KernelColumn.Number(kernel.Operations), KernelColumn.Number(kernel.Bytes),
        kernel.ShareOfRoof?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "-",
    ];

    private static double NanosecondsPerRow(KernelPlace kernel) => kernel.Seconds * 1e9 / kernel.Rows;
}
