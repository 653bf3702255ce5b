using ILGPU.Backends.OpenCL;
using ILGPU.IR;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>The operations of <see cref="Rounded"/> in OpenCL C, where only products can be fused with what follows, and the function fma is rounded once whatever follows.</summary>
/// <remarks>A product is fma(x, y, -0): adding -0 changes no number, not even 0.</remarks>
internal static class RoundedOnOpenCL
{
    public static void Add(CLBackend backend, CLCodeGenerator generator, Value value) => Combine('+', generator, value);

    public static void Subtract(CLBackend backend, CLCodeGenerator generator, Value value) => Combine('-', generator, value);

    public static void Multiply(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        using var statement = BeginFused(generator, value);
        statement.AppendArgument();
        statement.AppendCast(value.BasicValueType);
        statement.AppendCommand("-0.0");
        statement.EndArguments();
    }

    public static void MultiplyAdd(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        using var statement = BeginFused(generator, value);
        statement.AppendArgument(generator.Load(value[2]));
        statement.EndArguments();
    }

    private static void Combine(char operation, CLCodeGenerator generator, Value value)
    {
        using var statement = generator.BeginStatement(generator.Allocate(value));
        statement.Append(generator.Load(value[0]));
        statement.AppendCommand(operation);
        statement.Append(generator.Load(value[1]));
    }

    private static CLCodeGenerator.StatementEmitter BeginFused(CLCodeGenerator generator, Value value)
    {
        var statement = generator.BeginStatement(generator.Allocate(value));
        statement.AppendCommand("fma");
        statement.BeginArguments();
        statement.AppendArgument(generator.Load(value[0]));
        statement.AppendArgument(generator.Load(value[1]));
        return statement;
    }
}
