using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies.Reference;

/// <summary>What another program needs to train a network of a <see cref="ReferenceStudy"/> on the same draws: samples, first weights, plans and orders, in one file.</summary>
/// <remarks>Counts and rows are written as float32 numbers, which hold them exactly.</remarks>
internal static class ReferenceInputs
{
    /// <summary>Gathers the tensors.</summary>
    /// <param name="study">The study of a network.</param>
    public static SafetensorsFile Of(ReferenceStudy study)
    {
        var tensors = new List<SafetensorsTensor>();
        foreach (var (name, part) in new[] { ("train", study.Cohort.Train), ("validation", study.Cohort.Validation), ("test", study.Cohort.Test) })
        {
            Add($"{name}.values", ValuesOf(part), [part.Count, .. ShapeOf(part)]);
            Add($"{name}.labels", Enumerable.Range(0, part.Count).Select(row => (float)part.Labels[row]));
            foreach (var group in part.Groups.Names)
                Add($"{name}.group.{group}", Enumerable.Range(0, part.Count).Select(row => part.Groups[group][row] ? 1f : 0));
        }

        var (layers, start) = study.Start();
        foreach (var layer in layers)
            Add($"start.{layer.Name}", start[layer.Offset..(layer.Offset + layer.Length)], [.. layer.Shape]);
        foreach (var method in ReferenceStudy.Methods)
            AddPlan(method);
        var (rows, neighbors) = study.NeighborsToMakeFrom();
        Add("smote.minority", rows.Select(row => (float)row));
        Add("smote.neighbors", neighbors.Select(row => (float)row), rows.Length, neighbors.Length / rows.Length);
        return new SafetensorsFile(tensors);

        void AddPlan(string method)
        {
            var plan = study.PlanOf(method);
            Add($"{method}.multiplicities", plan.ToMultiplicities().Select(times => (float)times));
            var order = study.OrderOf((int)plan.TotalRowCount);
            Add($"{method}.order", order.SelectMany(epoch => epoch), order.Length, (int)plan.TotalRowCount);
            var made = plan.Synthetic.ToArray();
            if (made.Length == 0)
                return;
            Add($"{method}.base", made.Select(row => (float)row.Row));
            Add($"{method}.neighbor", made.Select(row => (float)row.Neighbor));
            Add($"{method}.factor", made.Select(row => row.Factor));
            var values = plan.SyntheticRows(study.SamplesToPlanOn().Rows);
            Add($"{method}.rows", Enumerable.Range(0, made.Length).SelectMany(row => values.Row(row)), made.Length, values.FeatureCount);
        }

        void Add(string name, IEnumerable<float> values, params int[] shape)
        {
            var all = values.ToArray();
            tensors.Add(new SafetensorsTensor(name, shape.Length == 0 ? [all.Length] : shape, all));
        }
    }

    private static int[] ShapeOf(LabeledSamples samples) => samples.HaveSequences ? [ReferenceCohort.HourCount, samples.Sequences.FeatureCount] : [samples.Rows.FeatureCount];

    private static IEnumerable<float> ValuesOf(LabeledSamples samples)
    {
        var rows = samples.HaveSequences ? samples.Sequences.Flatten(ReferenceCohort.HourCount) : samples.Rows;
        return Enumerable.Range(0, samples.Count).SelectMany(row => rows.Row(row));
    }
}
