using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.IR;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>The operations of <see cref="Rounded"/> in PTX: what is marked .rn is not fused.</summary>
internal static class RoundedOnCuda
{
    public static void Add(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit("add", generator, value);

    public static void Subtract(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit("sub", generator, value);

    public static void Multiply(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit("mul", generator, value);

    public static void MultiplyAdd(PTXBackend backend, PTXCodeGenerator generator, Value value) => Emit("fma", generator, value);

    // Not CudaAsm.Emit, whose result lies in local memory.
    private static void Emit(string operation, PTXCodeGenerator generator, Value value)
    {
        var operands = Enumerable.Range(0, value.Count).Select(i => generator.LoadPrimitive(value[i])).ToArray();
        var target = generator.AllocateHardware(value);
        using var command = generator.BeginCommand($"{operation}.rn.{(value.BasicValueType == BasicValueType.Float64 ? "f64" : "f32")}");
        command.AppendArgument(target);
        foreach (var operand in operands)
            command.AppendArgument(operand);
    }
}
