using System.CommandLine;
using Bench.Commands;

namespace Engine.Tests.Bench.Commands;

/// <summary>What <c>run</c> and <c>simulate</c> refuse before any work.</summary>
public sealed class RunCommandParseTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--simulate 1000 --seed 18446744073709551615")]
    [InlineData("--mimic3 DIR --task in-hospital-mortality --demographics DIR")]
    [InlineData("--simulate 1000 --features prefix-714")]
    [InlineData("--simulate 1000 --sample-interval 24")]
    [InlineData("--simulate-mortality 14681 --model lstm --features prefix-714")]
    [InlineData("--sample-interval 1")]
    [InlineData("--methods none,dp --units 1,2,3")]
    [InlineData("--methods none, smote dp --units 1, 2 3")]
    [InlineData("--physionet2012 DIR --test-set c")]
    [InlineData("--framingham FILE --label corrected-chd")]
    [InlineData("--table FILE --label died")]
    [InlineData("--table FILE --label died --positive yes --groups race,sex age --split part --patient id --ignore mrn,date --categorical site --missing unknown,-9 --group black")]
    [InlineData("--seer FILE --cases FILE --site lung")]
    [InlineData("--simulate-seer 1000 --site breast --model mlp")]
    [InlineData("--support2 FILE --methods none smote --units 1 2 20 --select-on test --threshold 0.25 --ridge 0 --neighbors 3 --group black --out DIR")]
    public void Parse_GoodArguments_HasNoErrors(string arguments) => Assert.Empty(Errors(new RunCommand(), arguments));

    [Theory]
    [InlineData("")]
    [InlineData("--physionet2012 DIR --serve 30s,90+ --repeats 2 --calibrate group --select-on test --methods paper,dp-smote --prefixes alone")]
    [InlineData("--table FILE --label died --groups race,sex --serve all --model logistic --methods all")]
    public void Parse_GoodArgumentsOfTheStudy_HasNoErrors(string arguments) => Assert.Empty(Errors(new PrioritizedCommand(), arguments));

    [Theory]
    [InlineData("--repeats 0", "--repeats is 0; it must be 1 or more")]
    [InlineData("--serve ,", "--serve names nothing")]
    [InlineData("--calibrate all", "--calibrate does not know 'all'")]
    [InlineData("--methods papers", "--methods does not know 'papers'")]
    [InlineData("--group black", "Unrecognized command or argument")]
    public void Parse_BadArgumentsOfTheStudy_SaysWhatIsWrong(string arguments, string error) => AssertError(new PrioritizedCommand(), arguments, error);

    [Theory]
    [InlineData("--simulate 10 --mimic3 DIR", "--simulate and --mimic3 name more than one cohort")]
    [InlineData("--simulate 10 --simulate-mortality 10", "--simulate and --simulate-mortality name more than one cohort")]
    [InlineData("--support2 FILE --framingham FILE", "--support2 and --framingham name more than one cohort")]
    [InlineData("--simulate 10 --physionet2012 DIR --support2 FILE", "--simulate and --physionet2012 and --support2 name more than one cohort")]
    [InlineData("--seer FILE --simulate-seer 10", "--seer and --simulate-seer name more than one cohort")]
    public void Parse_TwoSources_NamesBoth(string arguments, string error) => AssertError(new RunCommand(), arguments, error);

    [Theory]
    [InlineData("--task decompensation", "--task belongs to --mimic3, which is not given")]
    [InlineData("--simulate 10 --demographics DIR", "--demographics belongs to --mimic3, which is not given")]
    [InlineData("--mimic3 DIR --test-set b", "--test-set belongs to --physionet2012, which is not given")]
    [InlineData("--support2 FILE --sample-interval 12", "--sample-interval belongs to --simulate, and --support2 is given")]
    [InlineData("--support2 FILE --label cvd", "--label belongs to --framingham or --table, and neither is given")]
    [InlineData("--support2 FILE --groups race", "--groups belongs to --table, which is not given")]
    [InlineData("--framingham FILE --positive 1", "--positive belongs to --table, which is not given")]
    [InlineData("--table FILE --groups race", "--table needs --label, the column with the class")]
    [InlineData("--simulate-seer 10 --cases FILE", "--cases belongs to --seer, which is not given")]
    [InlineData("--support2 FILE --site lung", "--site belongs to --seer and --simulate-seer, neither of which is given")]
    public void Parse_DetailWithoutItsSource_NamesBoth(string arguments, string error) => AssertError(new RunCommand(), arguments, error);

    [Theory]
    [InlineData("--methods none no-such-method", "'no-such-method'")]
    [InlineData("--mimic3 DIR --task phenotyping", "'phenotyping'")]
    [InlineData("--physionet2012 DIR --test-set a", "'a'")]
    [InlineData("--framingham FILE --label death", "'death'")]
    [InlineData("--seer FILE --site colon", "'colon'")]
    [InlineData("--select-on train", "'train'")]
    [InlineData("--features first-hour", "'first-hour'")]
    [InlineData("--no-such-option", "'--no-such-option'")]
    public void Parse_UnknownName_NamesIt(string arguments, string error) => AssertError(new RunCommand(), arguments, error);

    [Theory]
    [InlineData("--units 0", "--units is 0; it must be different whole numbers from 1")]
    [InlineData("--units 1,2,1", "--units is 1,2,1; it must be different whole numbers from 1")]
    [InlineData("--units 1 2 1", "--units is 1 2 1; it must be different whole numbers from 1")]
    [InlineData("--units 3 -1", "--units is 3 -1; it must be different whole numbers from 1")]
    [InlineData("--threshold 0", "--threshold is 0; it must lie between 0 and 1")]
    [InlineData("--threshold 1", "--threshold is 1; it must lie between 0 and 1")]
    [InlineData("--threshold NaN", "--threshold is NaN; it must lie between 0 and 1")]
    [InlineData("--ridge -0.1", "--ridge is -0.1; it must be 0 or more")]
    [InlineData("--ridge NaN", "--ridge is NaN; it must be 0 or more")]
    [InlineData("--ridge Infinity", "--ridge is Infinity; it must be 0 or more")]
    [InlineData("--neighbors 0", "--neighbors is 0; it must be 1 or more")]
    [InlineData("--sample-interval 0", "--sample-interval is 0; it must be 1 to 24")]
    [InlineData("--sample-interval 25", "--sample-interval is 25; it must be 1 to 24")]
    [InlineData("--simulate-mortality 0", "--simulate-mortality is 0; it must be 1 to 10,000,000")]
    [InlineData("--simulate 0", "--simulate is 0; it must be 1 to 1,000,000,000")]
    [InlineData("--simulate 1000000001", "--simulate is 1000000001; it must be 1 to 1,000,000,000")]
    public void Parse_ValueOutOfRange_NamesValueAndRange(string arguments, string error) => AssertError(new RunCommand(), arguments, error);

    [Theory]
    [InlineData("--units x", "'x' for option '--units'")]
    [InlineData("--ridge 0,5", "'0,5' for option '--ridge' is not a number; decimals have a point")]
    [InlineData("--threshold 0,5", "'0,5' for option '--threshold' is not a number; decimals have a point")]
    [InlineData("--methods ,", "--methods names nothing")]
    [InlineData("--units 1.5", "'1.5' for option '--units'")]
    [InlineData("--threshold half", "'half' for option '--threshold'")]
    [InlineData("--ridge none", "'none' for option '--ridge'")]
    [InlineData("--neighbors five", "'five' for option '--neighbors'")]
    [InlineData("--seed -1", "'-1' for option '--seed'")]
    [InlineData("--simulate many", "'many' for option '--simulate'")]
    public void Parse_ValueOfOtherType_NamesValueAndOption(string arguments, string error) => AssertError(new RunCommand(), arguments, error);

    [Theory]
    [InlineData("--rows 10", "'--out' is required")]
    [InlineData("--out DIR --rows 0", "--rows is 0; it must be 1 to 1,000,000,000")]
    [InlineData("--out DIR --task phenotyping", "'phenotyping'")]
    [InlineData("--out DIR --seer breast --task decompensation", "--task is of stays, and --seer is given")]
    [InlineData("--out DIR --meds --seer breast", "--meds and --seer name more than one cohort; give one of them.")]
    [InlineData("--out DIR --meds --task decompensation", "--task is of stays, and --meds is given")]
    [InlineData("--out DIR --task in-hospital-mortality --rows 10000001", "--rows is 10000001; of in-hospital mortality it must be 1 to 10,000,000")]
    [InlineData("--out DIR --rows few", "'few' for option '--rows'")]
    public void Parse_BadArgumentsOfSimulate_SaysWhichAndWhy(string arguments, string error) => AssertError(new SimulateCommand(), arguments, error);

    private static void AssertError(Command command, string arguments, string error) =>
        Assert.Contains(Errors(command, arguments), message => message.Contains(error, StringComparison.Ordinal));

    private static string[] Errors(Command command, string arguments) =>
        [.. command.Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Errors.Select(error => error.Message)];
}
