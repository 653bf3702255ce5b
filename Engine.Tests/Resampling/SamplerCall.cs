using Engine.Compute;
using Engine.Data;

namespace Engine.Tests.Resampling;

/// <summary>What <see cref="SamplerBattery"/> asks of a method; a method takes of it what it has.</summary>
public sealed record SamplerCall(SampleMatrix Samples, Labels Labels, ulong Seed, double TargetRatio, RowMask? Rows, ComputeOptions Compute);
