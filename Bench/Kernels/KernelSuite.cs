using BenchmarkDotNet.Attributes;
using Engine.Compute;

namespace Bench.Kernels;

/// <summary>One kernel of the engine beside scalar C#, and beside TensorPrimitives where it has the same operation: one thread each, the same rows, results that were equal first.</summary>
/// <remarks>The other forms are optimized from their first call: of a few long ones the runtime would compile none once more, and the engine's many short ones all.</remarks>
public abstract class KernelSuite
{
    /// <summary>The columns of the rows: the hours of the main job have as many.</summary>
    private protected const int Columns = 76;

    /// <summary>Gets how the engine may use the machine: one thread, as the other forms have.</summary>
    private protected static ComputeOptions OneThread { get; } = new() { MaxDegreeOfParallelism = 1 };

    /// <summary>Gets or sets how many times fewer rows there are: tests need few.</summary>
    internal int SmallerBy { get; set; } = 1;

    /// <summary>Gets what one call does at the least.</summary>
    internal abstract KernelWork Work { get; }

    /// <summary>Gets how far results may lie apart, relative to those above 1: sums in another order round otherwise.</summary>
    private protected abstract double Tolerance { get; }

    /// <summary>Calls the kernel of the engine once.</summary>
    internal abstract void RunEngine();

    /// <summary>Makes the rows, and throws unless all forms give the same result: what is not equal is not timed.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        Create();
        SameResults.Require(GetType().Name, Tolerance, Compute());
    }

    /// <summary>Makes the rows.</summary>
    private protected abstract void Create();

    /// <summary>Computes the result of every form, scalar C# first.</summary>
    private protected abstract IEnumerable<(string Form, double[] Result)> Compute();
}
