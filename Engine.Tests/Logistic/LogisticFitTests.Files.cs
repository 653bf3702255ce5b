using System.Text;
using System.Text.Json.Nodes;
using Engine.Data;
using Engine.Logistic;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed partial class LogisticFitTests
{
    /// <summary>Fields, what a file says in their place (null: nothing), and a part of the message.</summary>
    public static TheoryData<string, string?, string> Faults => new()
    {
        { "Version", null, "Version is missing" },
        { "Version", "3", "Version is 3" },
        { "Version", "0", "Version is 0" },
        { "Status", null, "Status is missing" },
        { "Status", "null", "Status is missing" },
        { "Status", "99", "Status is 99" },
        { "Status", "-1", "Status is -1" },
        { "Status", "\"Converged\"", "$.Status" },
        { "Status", "0,\"Status\":3", "'Status'" },
        { "HasIntercept", null, "HasIntercept is missing" },
        { "HasOffsets", null, "HasOffsets is missing" },
        { "HasAddedRows", null, "HasAddedRows is missing" },
        { "Coefficients", null, "Coefficients is missing" },
        { "Coefficients", "[]", "Coefficients has 0 entries" },
        { "Coefficients", "[1]", "Coefficients has 1 entries" },
        { "Coefficients", "[1,1e999]", "entry 1 of Coefficients" },
        { "Coefficients", "[1,2,3]", "Covariance has 4 entries" },
        { "Coefficients", "[1,null]", "$.Coefficients[1]" },
        { "Covariance", null, "Covariance is missing" },
        { "Covariance", "[]", "Covariance has 0 entries" },
        { "Covariance", "[1,0,0,1,0]", "Covariance has 5 entries" },
        { "Covariance", "[1,0,0,-1e999]", "entry 3 of Covariance" },
        { "Covariance", "[1,0,0,-1]", "variance of coefficient 1" },
        { "Covariance", "[1,0.5,0.25,1]", "symmetric" },
        { "LeftOutCoefficients", null, "LeftOutCoefficients is missing" },
        { "LeftOutCoefficients", "[2]", "entry 0 of LeftOutCoefficients is 2" },
        { "LeftOutCoefficients", "[-1]", "entry 0 of LeftOutCoefficients is -1" },
        { "SeparatingCoefficients", null, "SeparatingCoefficients is missing" },
        { "SeparatingCoefficients", "[0,0]", "entry 1 of SeparatingCoefficients is 0" },
        { "LogLikelihood", null, "LogLikelihood is missing" },
        { "LogLikelihood", "-1e999", "LogLikelihood is -" },
        { "NullDeviance", null, "NullDeviance is missing" },
        { "NullDeviance", "-1", "NullDeviance is -1" },
        { "TotalWeight", null, "TotalWeight is missing" },
        { "TotalWeight", "1e999", "TotalWeight is" },
        { "TotalWeight", "-8", "TotalWeight is -8" },
        { "Iterations", null, "Iterations is missing" },
        { "Iterations", "-1", "Iterations is -1" },
        { "Iterations", "2147483648", "$.Iterations" },
    };

    [Fact]
    public void Save_ThenLoad_SameFit()
    {
        var samples = Tables.Normal(400, 3, 31);
        var labels = Labels.From([.. Enumerable.Range(0, 400).Select(row => samples.Row(row)[0] > Math.Sin(row))]);
        using var folder = new TemporaryFolder();
        foreach (var hasIntercept in new[] { true, false })
        {
            var fit = LogisticRegression.Fit(samples, labels, new() { HasIntercept = hasIntercept });
            fit.Save(folder.File("fit.json"));
            foreach (var read in new[] { SaveAndLoad(fit), LogisticFit.Load(folder.File("fit.json")) })
            {
                Assert.Equal(fit.Coefficients, read.Coefficients);
                for (var i = 0; i < fit.Coefficients.Length; i++)
                {
                    for (var j = 0; j < fit.Coefficients.Length; j++)
                        Assert.Equal(fit.CovarianceOf(i, j), read.CovarianceOf(i, j));
                }

                Assert.Equal(
                    (fit.Status, fit.HasIntercept, fit.Deviance, fit.NullDeviance, fit.TotalWeight, fit.Iterations),
                    (read.Status, read.HasIntercept, read.Deviance, read.NullDeviance, read.TotalWeight, read.Iterations));
            }
        }

        Assert.Equal(["fit.json"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Load_FieldThatNoFitHas_NamesIt(string field, string? value, string message)
    {
        var text = TextOf(SlopeOfLogThree());
        _ = text.Remove(field);
        if (value is not null)
            text.Add(field, JsonValue.Create("#"));
        var broken = text.ToJsonString().Replace("\"#\"", value, StringComparison.Ordinal);
        var error = Assert.Throws<InvalidDataException>(() => LogisticFit.Load(new MemoryStream(Encoding.UTF8.GetBytes(broken))));
        Assert.StartsWith("this is no saved fit: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_FewRowsOrMany_HoldsNoneOfThem()
    {
        var few = NumbersOf(70, 3);
        Assert.Equal(few, NumbersOf(7000, 4));

        // A plan that makes rows makes them of patients.
        Assert.Equal(few, NumbersOf(70, 3, ResamplingPlan.Extend(70, [new SyntheticRow(0, 4, 0.5f), new SyntheticRow(3, 9, 0.25f)], 1)));

        static int NumbersOf(int rowCount, ulong seed, ResamplingPlan? plan = null)
        {
            var (samples, labels) = SmallFits.Problem(rowCount, 3, seed);
            var fit = LogisticRegression.Fit(samples, labels, new() { Plan = plan });
            using var text = new MemoryStream();
            fit.Save(text);
            var numbers = new List<double>();
            var reader = new System.Text.Json.Utf8JsonReader(text.ToArray());
            while (reader.Read())
            {
                if (reader.TokenType == System.Text.Json.JsonTokenType.Number)
                    numbers.Add(reader.GetDouble());
            }

            for (var row = 0; row < rowCount; row++)
                Assert.DoesNotContain(samples.Row(row).ToArray(), value => numbers.Contains(value));
            return numbers.Count;
        }
    }

    [Fact]
    public void Load_EmptyFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("fit.json"), "");
        Assert.StartsWith($"{folder.File("fit.json")}: the file is empty", Assert.Throws<InvalidDataException>(() => LogisticFit.Load(folder.File("fit.json"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"Version\":2")]
    [InlineData("{\"Version\":2,\"Version\":2}")]
    [InlineData("\u0000")]
    public void Load_NoFit_SaysSo(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("fit.json"), text);
        var error = Assert.Throws<InvalidDataException>(() => LogisticFit.Load(folder.File("fit.json")));
        Assert.StartsWith($"{folder.File("fit.json")}: this is no saved fit: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FirstVersion_HasItsFeaturesAsCoefficients()
    {
        var read = LogisticFit.Load(new MemoryStream("""
            {"Version":1,"Status":3,"HasIntercept":true,"Coefficients":[-1.5,0.25,0],"Covariance":[4,0.5,0,0.5000000000000001,1,0,0,0,0],
            "LeftOutFeatures":[1],"SeparatingFeatures":[],"LogLikelihood":-3.5,"NullDeviance":8,"TotalWeight":10,"Iterations":4}
            """u8.ToArray()));
        Assert.Equal([2], read.LeftOutCoefficients);
        Assert.Equal([1], read.LeftOutFeatures);
        Assert.Empty(read.SeparatingCoefficients);
        Assert.Equal((FitStatus.Singular, false, false, 7.0), (read.Status, read.HasOffsets, read.HasAddedRows, read.Deviance));
        Assert.Equal((2.0, 1.0), (read.StandardErrorOf(0), read.StandardErrorOf(read.CoefficientOf(0))));
        Assert.Equal(read.CovarianceOf(0, 1), read.CovarianceOf(1, 0));
    }

    [Fact]
    public void Save_NumberThatIsNotFinite_NamesItAndWritesNothing()
    {
        var fit = LogisticFit.Load(new MemoryStream(Encoding.UTF8.GetBytes(TextOf(SlopeOfLogThree()).ToJsonString())));
        var overflowed = new LogisticFit(FitStatus.Separated, hasIntercept: true, [0, 800], static () => [1, 0, 0, double.PositiveInfinity])
        {
            HasOffsets = false,
            HasAddedRows = false,
            LeftOutCoefficients = [],
            SeparatingCoefficients = [1],
            LogLikelihood = fit.LogLikelihood,
            NullDeviance = fit.NullDeviance,
            TotalWeight = fit.TotalWeight,
            Iterations = 40,
        };
        using var folder = new TemporaryFolder();
        fit.Save(folder.File("fit.json"));
        var before = File.ReadAllBytes(folder.File("fit.json"));
        var error = Assert.Throws<InvalidOperationException>(() => overflowed.Save(folder.File("fit.json")));
        Assert.Contains("ended as Separated", error.Message, StringComparison.Ordinal);
        Assert.Contains("entry 3 of Covariance", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder.File("fit.json")));
        Assert.Equal(["fit.json"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));

        using var stream = new MemoryStream();
        Assert.Throws<InvalidOperationException>(() => overflowed.Save(stream));
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void Save_OverAFolder_LeavesNothingBesideIt()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("fit.json"));
        Assert.ThrowsAny<Exception>(() => SlopeOfLogThree().Save(folder.File("fit.json")));
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    private static JsonObject TextOf(LogisticFit fit)
    {
        using var text = new MemoryStream();
        fit.Save(text);
        return JsonNode.Parse(text.ToArray())!.AsObject();
    }
}
