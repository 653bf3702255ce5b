using System.Globalization;
using Bench.Cohorts.Seer;
using CsvHelper;
using Engine.Numerics;

namespace Bench.Cohorts.Simulated.Seer;

/// <summary>The codes of a field, and which of them a record gets.</summary>
/// <remarks><b>Computes</b>: code k of n, in the order of severity or in one that tells nothing, has a share of (k + 1)^-skew; what the field shows of its finding is cut at the quantiles of these shares.</remarks>
internal sealed class SeerCodes
{
    private const ulong OrderStream = 0x5345_4552_0000_0000;

    private readonly SeerFinding _follows;
    private readonly double _correlation;
    private readonly string[] _codes;
    private readonly double[] _cuts;

    private SeerCodes(SeerField field, SeerFinding follows, double correlation, double skew, string[] codes)
    {
        (Field, _follows, _correlation, _codes) = (field, follows, correlation, codes);
        var shares = codes.Select((_, place) => PortableMath.Exp(-skew * PortableMath.Log(place + 1))).ToArray();
        var (total, sum) = (shares.Sum(), 0.0);
        _cuts = new double[codes.Length - 1];
        for (var place = 0; place < _cuts.Length; place++)
            _cuts[place] = PortableMath.NormalQuantile((sum += shares[place]) / total);
    }

    /// <summary>Gets the field.</summary>
    public SeerField Field { get; }

    /// <summary>Reads the table of codes.</summary>
    /// <param name="site">The cancer, whose codes are taken.</param>
    public static IReadOnlyList<SeerCodes> Load(SeerSite site)
    {
        using var reader = new StreamReader(typeof(SeerCodes).Assembly.GetManifestResourceStream("seer-simulated-codes.csv")!);
        // The first line names the source.
        reader.ReadLine();
        using var table = new CsvReader(reader, CultureInfo.InvariantCulture);
        table.Read();
        table.ReadHeader();
        var fields = new List<SeerCodes>();
        while (table.Read())
        {
            var field = SeerFields.Get(table.GetField("field")!);
            var codes = table.GetField(site == SeerSite.Breast ? "breast" : "lung")!.Split(' ').SelectMany(Expand).Select(code => code.PadLeft(field.Width, '0')).ToArray();
            if (table.GetField("order") == "mixed")
                Mix(codes, field.Start);
            fields.Add(new SeerCodes(
                field, Enum.Parse<SeerFinding>(table.GetField("follows")!, ignoreCase: true), table.GetField<double>("correlation"), table.GetField<double>("skew"), codes));
        }

        return fields;
    }

    /// <summary>Returns the code of a record.</summary>
    /// <param name="findings">What the cancer is like.</param>
    /// <param name="noise">A draw of the standard normal distribution.</param>
    public string Draw(in SeerFindings findings, double noise)
    {
        var place = Array.BinarySearch(_cuts, findings.Show(_follows, _correlation, noise));
        return _codes[place < 0 ? ~place : place];
    }

    /// <summary>Lists the codes from one to another, such as "C500-C506".</summary>
    private static IEnumerable<string> Expand(string text)
    {
        if (text.Split('-') is not [var first, var last])
            return [text];
        var letters = first.Length - first.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ").Length;
        var (from, to) = (Number(first), Number(last));
        return Enumerable.Range(from, to - from + 1).Select(code => first[..letters] + code.ToString(new string('0', first.Length - letters), CultureInfo.InvariantCulture));

        int Number(string code) => int.Parse(code.AsSpan(letters), CultureInfo.InvariantCulture);
    }

    private static void Mix(string[] codes, int stream)
    {
        var random = new RandomStream(0, OrderStream + (ulong)stream);
        for (var last = codes.Length - 1; last > 0; last--)
        {
            var other = (int)random.Below((ulong)last, (ulong)last + 1);
            (codes[last], codes[other]) = (codes[other], codes[last]);
        }
    }
}
