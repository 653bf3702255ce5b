using System.IO.Compression;
using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Equity;
using Bench.Cohorts.Equity.MimicEd;
using Bench.Cohorts.Equity.Simulated;
using Bench.Cohorts.Framingham;
using Bench.Cohorts.Meds;
using Bench.Cohorts.Mimic3;
using Bench.Cohorts.Parquet;
using Bench.Cohorts.PhysioNet2012;
using Bench.Cohorts.Seer;
using Bench.Cohorts.Simulated;
using Bench.Cohorts.Simulated.Seer;
using Bench.Cohorts.Support2;
using Bench.Cohorts.Table;
using Engine.Data;
using Engine.Logistic;
using Engine.Prognosis;
using Engine.Tests.Bench.Cohorts.Meds;
using Engine.Tests.Bench.Cohorts.PhysioNet2012;
using Engine.Tests.Bench.Cohorts.Table;

namespace Engine.Tests.Fuzz;

/// <summary>Every reader of files that a user may bring.</summary>
internal static class FuzzTargets
{
    private const string Framingham39 =
        "RANDID,SEX,AGE,educ,CURSMOKE,CIGPDAY,BPMEDS,PREVSTRK,PREVHYP,DIABETES,TOTCHOL,SYSBP,DIABP,BMI,HEARTRTE,GLUCOSE,PERIOD,PREVCHD,TIMECHD,ANYCHD,CVD,TIMECVD";

    private static readonly string[] s_support2Header =
    [
        "sno", "age", "sex", "race", "dzgroup", "ca", "hospdead", "num.co", "edu", "scoma", "avtisst", "meanbp", "wblc", "hrt", "resp", "temp",
        "pafi", "alb", "bili", "crea", "sod", "ph", "glucose", "bun", "urine", "diabetes", "dementia", "death", "d.time",
    ];

    private static readonly TableDescription s_ownTable = new("died") { Groups = ["sex,age,site"], Patient = "id", Categorical = ["site"] };

    private static readonly TableEquityDescription s_equityTable = new(["died,back"], "race") { Patient = "id", Categorical = ["site"] };

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        OfCohort("MIMIC-III decompensation", WriteDecompensation, folder => Mimic3Reader.Read(folder, Mimic3Task.Decompensation, folder)),
        OfCohort("MIMIC-III mortality", WriteMortality, folder => Mimic3Reader.Read(folder, Mimic3Task.InHospitalMortality, folder)),
        OfCohort("714 features", WriteDecompensation, folder => PrefixCohort.From(Mimic3Reader.Read(folder, Mimic3Task.Decompensation))),
        OfCohort("PhysioNet 2012, zip", folder => WriteChallenge(folder, isZip: true), folder => PhysioNet2012Reader.Read(folder)),
        OfCohort("PhysioNet 2012, folder", folder => WriteChallenge(folder, isZip: false), folder => PhysioNet2012Reader.Read(folder)),
        OfCohort("SUPPORT2", WriteSupport2, folder => Support2Reader.Read(Path.Combine(folder, "support2.csv"))),
        OfCohort("SUPPORT2, packed", WriteSupport2Packed, folder => Support2Reader.Read(Path.Combine(folder, "support2.csv"))),
        OfCohort("Framingham, 16 columns", WriteFramingham16, folder => FraminghamReader.Read(Path.Combine(folder, "framingham.csv"))),
        OfCohort("Framingham, 39 columns", WriteFramingham39, folder => FraminghamReader.Read(Path.Combine(folder, "framingham.csv"), FraminghamLabel.TenYearCvd)),
        OfCohort("SEER", folder => SeerSimulator.Write(folder, SeerSite.Breast, 9, 40), folder => SeerReader.Read(Path.Combine(folder, "BREAST.TXT"), Path.Combine(folder, "CASES.csv"), SeerSite.Breast)),
        OfCohort("own table", WriteOwnTable, folder => TableReader.Read(Path.Combine(folder, "own.csv"), s_ownTable)),
        OfCohort("own table, Parquet", WriteOwnParquet, folder => TableReader.Read(Path.Combine(folder, "own.parquet"), s_ownTable)),
        new("columns of Parquet", WriteOwnParquet, folder => ParquetSamples.Read(Path.Combine(folder, "own.parquet"), ["age", "lactate"]), typeof(CohortFormatException)),
        OfCohort("MEDS", folder => new MedsFiles(folder).Make(subjectCount: 2), folder => MedsReader.Read(Path.Combine(folder, "meds"), new MedsFiles(folder).Description)),
        new("MIMIC-IV-ED", folder => MimicEdSimulator.Write(folder, 9, 200), folder => MimicEdReader.Read(Path.Combine(folder, MimicEdSimulator.MasterFile)), typeof(CohortFormatException)),
        new("SUPPORT2, equity", WriteSupport2, folder => Support2Equity.Read(Path.Combine(folder, "support2.csv")), typeof(CohortFormatException)),
        new("Framingham, equity", WriteFramingham39, folder => FraminghamEquity.Read(Path.Combine(folder, "framingham.csv")), typeof(CohortFormatException)),
        new("own table, equity", WriteEquityTable, folder => TableEquity.Read(Path.Combine(folder, "own.csv"), s_equityTable), typeof(CohortFormatException)),
        new(".npy samples", WriteNpy, folder => NpyFile.ReadSamples(Path.Combine(folder, "x.npy")), typeof(InvalidDataException)),
        new(".npy values", WriteNpy, folder => NpyFile.Read<float>(Path.Combine(folder, "x.npy")), typeof(InvalidDataException)),
        new(".npy mapped", WriteNpy, Map, typeof(InvalidDataException)),
        new(".npz samples", folder => WriteNpz(folder, CompressionLevel.Optimal), folder => NpzFile.ReadSamples(Path.Combine(folder, "x.npz"), "x"), typeof(InvalidDataException)),
        new(".npz values", folder => WriteNpz(folder, CompressionLevel.NoCompression), folder => NpzFile.Read<float>(Path.Combine(folder, "x.npz"), "x"), typeof(InvalidDataException)),
        new(".npz mapped", folder => WriteNpz(folder, CompressionLevel.NoCompression), MapNpz, typeof(InvalidDataException)),
        new(".safetensors", WriteTensors, folder => SafetensorsFile.Read(Path.Combine(folder, "x.safetensors")), typeof(InvalidDataException)),
        new("saved network", WriteNetwork, folder => new Mlp().Load(Path.Combine(folder, "x.safetensors")), typeof(InvalidDataException)),
        new("saved network with its scaler", WriteScaledNetwork, folder => new ScaledAfterSampling(new Mlp()).Load(Path.Combine(folder, "x.zip")), typeof(InvalidDataException)),
        new("schema of a table", WriteSchema, folder => TableSchema.Load(Path.Combine(folder, "schema.json")), typeof(InvalidDataException)),
        new("saved fit", WriteFit, LoadFit, typeof(InvalidDataException)),
    ];

    private static void WriteSchema(string folder) => new TableSchema(
    [
        new() { Name = "age", Kind = ColumnKind.Integer, Unit = "years", Minimum = 18, Maximum = 97 },
        new() { Name = "ward", Kind = ColumnKind.Category, Levels = ["medical", "surgical"], MayBeMissing = true },
        new() { Name = "died", Kind = ColumnKind.Binary, IsOutcome = true },
    ]).Save(Path.Combine(folder, "schema.json"));

    private static FuzzTarget OfCohort(string name, Action<string> write, Func<string, Cohort> read) => new(name, write, folder => read(folder), typeof(CohortFormatException));

    private static void WriteDecompensation(string folder) => DecompensationSimulator.WriteBenchmarkLayout(9, 40, folder);

    private static void WriteMortality(string folder) => MortalitySimulator.WriteBenchmarkLayout(9, 6, folder);

    private static void WriteChallenge(string folder, bool isZip)
    {
        var set = Directory.CreateDirectory(Path.Combine(folder, "set-a")).FullName;
        for (var id = 1; id <= 6; id++)
            File.WriteAllLines(Path.Combine(set, $"{id}.txt"), ChallengeFolder.RecordOf(id, $"{40 + id}", "1", "00:07,HR,73", "01:10,GCS,15", "47:59,NIMAP,71.5", "48:00,Urine,200"));
        File.WriteAllLines(Path.Combine(folder, "Outcomes-a.txt"), [ChallengeFolder.OutcomeHeader, .. Enumerable.Range(1, 6).Select(id => $"{id},6,1,5,-1,{id % 2}")]);
        if (!isZip)
            return;
        ZipFile.CreateFromDirectory(set, set + ".zip");
        Directory.Delete(set, recursive: true);
    }

    private static void WriteSupport2(string folder) => File.WriteAllLines(
        Path.Combine(folder, "support2.csv"),
        [
            string.Join(',', s_support2Header),
            .. Enumerable.Range(0, 12).Select(row => $"{row},{50 + row}.5,male,white,CHF,no,{row % 2},{string.Join(',', Enumerable.Range(0, 20).Select(column => s_support2Header[column + 7] switch { "num.co" or "edu" or "scoma" => $"{row}", "ph" => "7.25", "sod" or "pafi" => "140", "temp" => "37.5", "diabetes" or "dementia" => "1", _ => $"{row}.25" }))},1,{200 + row}"),
        ]);

    private static void WriteSupport2Packed(string folder)
    {
        WriteSupport2(folder);
        var plain = Path.Combine(folder, "support2.csv");
        using (var packed = new GZipStream(File.Create(plain + ".gz"), CompressionLevel.Fastest))
            packed.Write(File.ReadAllBytes(plain));
        File.Delete(plain);
    }

    private static void WriteFramingham16(string folder) => File.WriteAllLines(
        Path.Combine(folder, "framingham.csv"),
        [$"{string.Join(',', FraminghamPredictors.Names)},TenYearCHD", .. Enumerable.Range(0, 12).Select(row => $"{row % 2},{40 + row},1,0,NA,0,0,0,0,{200 + row},120,80,25.5,60,80,{row % 2}")]);

    private static void WriteFramingham39(string folder) => File.WriteAllLines(
        Path.Combine(folder, "framingham.csv"),
        [Framingham39, .. Enumerable.Range(0, 12).Select(row => $"{row},{1 + (row % 2)},{40 + row},1,0,,0,0,0,0,{200 + row},120,80,25.5,60,80,1,0,{3000 + (100 * row)},1,{row % 2},3000")]);

    private static void WriteOwnTable(string folder) => File.WriteAllLines(
        Path.Combine(folder, "own.csv"),
        ["id;age;sex;site;lactate;note;died", .. Enumerable.Range(0, 24).Select(row => $"{row / 2};{40 + row};{(row % 3 == 0 ? "female" : "male")};{row % 4};{row}.25;\"ward {row % 5}; late\";{row % 2}")]);

    private static void WriteOwnParquet(string folder)
    {
        var rows = Enumerable.Range(0, 24);
        ParquetFile.Write(
            Path.Combine(folder, "own.parquet"),
            10,
            ("id", rows.Select(row => (long)row / 2).ToArray()),
            ("age", rows.Select(row => (double?)(40 + row)).ToArray()),
            ("sex", rows.Select(row => row % 3 == 0 ? "female" : "male").ToArray()),
            ("site", rows.Select(row => row % 4).ToArray()),
            ("lactate", rows.Select(row => row % 7 == 0 ? null : (float?)(row + .25f)).ToArray()),
            ("died", rows.Select(row => row % 2 == 1).ToArray()));
    }

    private static void WriteEquityTable(string folder) => File.WriteAllLines(
        Path.Combine(folder, "own.csv"),
        ["id;age;site;race;died;back", .. Enumerable.Range(0, 500).Select(row => $"{row / 2};{40 + (row % 30)};{row % 4};{(row % 2 == 0 ? "b" : "a")};{row % 3 % 2};{(row % 5 == 0 ? "yes" : "no")}")]);

    private static void WriteNpy(string folder) => NpyFile.Write(Path.Combine(folder, "x.npy"), [.. Enumerable.Range(0, 48).Select(value => value / 3f)], 12, 4);

    private static void WriteNpz(string folder, CompressionLevel level)
    {
        WriteNpy(folder);
        using (var archive = ZipFile.Open(Path.Combine(folder, "x.npz"), ZipArchiveMode.Create))
            archive.CreateEntryFromFile(Path.Combine(folder, "x.npy"), "x.npy", level);
        File.Delete(Path.Combine(folder, "x.npy"));
    }

    private static void WriteTensors(string folder) => new SafetensorsFile(
        [new("first", [3, 4], new float[12]), new("second", [2], [1.0, 2.0]), new("none", [0, 5], ReadOnlySpan<float>.Empty)],
        new Dictionary<string, string> { ["model"] = "test" }).Write(Path.Combine(folder, "x.safetensors"));

    private static void WriteNetwork(string folder) => FitNetwork(static model => model).Save(Path.Combine(folder, "x.safetensors"));

    private static void WriteScaledNetwork(string folder) => FitNetwork(static model => new ScaledAfterSampling(model)).Save(Path.Combine(folder, "x.zip"));

    private static IFittedModel FitNetwork(Func<Mlp, IPrognosisModel> over)
    {
        var samples = SampleMatrix.Wrap(Enumerable.Range(0, 60).Select(row => (float)(row * 7 % 11)).ToArray(), 30, 2);
        var labels = Labels.From(Enumerable.Range(0, 30).Select(row => row * 5 % 3 == 0 ? 1 : 0).ToArray());
        var model = new Mlp { Architecture = new() { HiddenUnits = [3, 2] }, Training = new() { Epochs = 2 } };
        return over(model).Fit(new TrainingTask(new LabeledSamples(labels, samples)));
    }

    private static void Map(string folder) => ReadMapped(SampleMatrix.Map(Path.Combine(folder, "x.npy")));

    private static void MapNpz(string folder) => ReadMapped(SampleMatrix.Map(Path.Combine(folder, "x.npz"), "x"));

    private static void ReadMapped(SampleMatrix mapped)
    {
        using var samples = mapped;
        var row = new float[samples.FeatureCount];
        for (var i = 0; i < Math.Min(samples.RowCount, 100); i++)
            samples.CopyRow(i, row);
    }

    private static void WriteFit(string folder)
    {
        var samples = SampleMatrix.Wrap(Enumerable.Range(0, 60).Select(row => (float)(row * 7 % 11)).ToArray(), 30, 2);
        var fit = LogisticRegression.Fit(samples, Labels.From(Enumerable.Range(0, 30).Select(row => row * 5 % 3 == 0 ? 1 : 0).ToArray()));
        using var file = File.Create(Path.Combine(folder, "fit.json"));
        fit.Save(file);
    }

    private static void LoadFit(string folder)
    {
        using var file = File.OpenRead(Path.Combine(folder, "fit.json"));
        LogisticFit.Load(file);
    }
}
