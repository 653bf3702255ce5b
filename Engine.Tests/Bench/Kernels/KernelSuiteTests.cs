using Bench.Kernels;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Kernels;

public sealed class KernelSuiteTests
{
    [Fact]
    public void Find_EveryKernel_HasEqualForms()
    {
        Skip.WhereSumsAreSlow();
        var cases = new KernelSuites(1, "out", HasLibTorch: false).Find([]).SelectMany(info => info.BenchmarksCases).ToArray();
        // A setup throws where forms differ; one a suite and parameters.
        var suites = cases.Select(KernelColumn.SuiteOf).OfType<KernelSuite>().DistinctBy(suite => (suite.GetType(), suite.Work)).ToArray();
        Assert.Equal(12, suites.Length);
        Assert.All(suites, static suite =>
        {
            suite.SmallerBy = 32;
            suite.Prepare();
        });
    }

    [Fact]
    public void Find_EverySuite_IsValidToBenchmarkDotNet() => Assert.All(
        new KernelSuites(1, "out", HasLibTorch: true).Find([]),
        static info => Assert.DoesNotContain(
            info.Config.GetValidators().SelectMany(validator => validator.Validate(new ValidationParameters(info.BenchmarksCases, info.Config))), static error => error.IsCritical));

    [Fact]
    public void SuiteOf_Parameters_AreThoseOfTheRow()
    {
        var cases = BenchmarkConverter.TypeToBenchmarks(typeof(NearestRows)).BenchmarksCases;
        Assert.All(cases, one => Assert.Equal((Metric)one.Parameters[nameof(NearestRows.Metric)], Assert.IsType<NearestRows>(KernelColumn.SuiteOf(one)).Metric));
        Assert.Contains(cases, one => one.Parameters[nameof(NearestRows.Metric)] is Metric.L1);
    }
}
