using Engine.Data;
using Engine.Numerics;

namespace Engine.Synthesis;

/// <summary>A column as questions to latent variables, each asked only where the earlier ones leave the value open: is it missing? then its number, or: is it the first level? the second? ...</summary>
/// <remarks>
/// <para><b>Computes</b>: a question with the answers yes and no is a latent variable of two classes, yes above its bound, which is the normal quantile of the share of no. Levels are
/// asked for from the most frequent down, equally frequent ones in their order; the last needs no question. Whether a value is missing, and which level it is, is so related to other
/// columns each in its own way, and every share is that of the rows.</para>
/// <para>A number has one variable of as many classes as distinct values. Of a variable z it is the line through its knots: the k-th smallest of n values stands at the normal quantile
/// of (k - 1/2) / n. Equal values make a level stretch, so what is frequent stays so; whole numbers are rounded; nothing lies beyond the smallest and largest value.</para>
/// </remarks>
internal sealed class CopulaColumn
{
    /// <summary>Knots beyond this number are thinned out to about one in so many ranks, but for ends and for values that are that frequent.</summary>
    private const int KnotLimit = 4096;

    private readonly ColumnDescription _description;
    private readonly List<LatentVariable> _variables = [];

    /// <summary>What yes to each question means, and what no to all of them does; of a number, only NaN where it may be missing.</summary>
    private float[] _answers = [];

    private double[] _bounds = [];
    private double[] _knotPlaces = [];
    private float[] _knotValues = [];

    private CopulaColumn(ColumnDescription description) => _description = description;

    /// <summary>Gets the latent variables of the column, in the order of its questions.</summary>
    public IReadOnlyList<LatentVariable> Variables => _variables;

    /// <summary>Describes a column.</summary>
    /// <param name="description">What its values are.</param>
    /// <param name="values">The legal value of every row, one row at least.</param>
    public static CopulaColumn Of(ColumnDescription description, float[] values)
    {
        var column = new CopulaColumn(description);
        if (description.IsNominal)
            column.AskForLevels(values);
        else
            column.AskForNumber(values);
        column._bounds = [.. column._variables.Take(column._answers.Length - (description.IsNominal ? 1 : 0)).Select(static variable => variable.Bounds[0])];
        return column;
    }

    /// <summary>Writes the column's values for rows of latent variables.</summary>
    /// <param name="latents">The variables of this column, each for <paramref name="rowCount"/> rows.</param>
    /// <param name="stride">The distance between two variables.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="values">One value a row.</param>
    public void Write(ReadOnlySpan<double> latents, int stride, int rowCount, Span<float> values)
    {
        for (var row = 0; row < rowCount; row++)
        {
            var question = 0;
            while (question < _bounds.Length && latents[(question * stride) + row] <= _bounds[question])
                question++;
            values[row] = question < _answers.Length
                ? _answers[question]
                : _knotPlaces.Length == 0 ? _knotValues[0] : Interpolate(latents[(question * stride) + row]);
        }
    }

    private void AskForLevels(float[] values)
    {
        var missing = _description.LevelCount;
        var levels = Array.ConvertAll(values, value => float.IsNaN(value) ? missing : (int)value);
        var counts = new int[missing + 1];
        foreach (var level in levels)
            counts[level]++;
        // Missing first; of a binary column 1, so that its variable rises with it.
        var order = Enumerable.Range(0, missing + 1)
            .Where(level => counts[level] > 0)
            .OrderByDescending(level => level == missing)
            .ThenByDescending(level => _description.Kind == ColumnKind.Binary ? level : counts[level])
            .ToArray();
        _answers = Array.ConvertAll(order, level => level == missing ? float.NaN : level);
        var ranks = new int[missing + 1];
        foreach (var (rank, level) in order.Index())
            ranks[level] = rank;
        for (var question = 0; question < order.Length - 1; question++)
            Ask(Array.ConvertAll(levels, level => ranks[level] == question ? 1 : ranks[level] > question ? 0 : -1), counts[order[question]]);
    }

    private void AskForNumber(float[] values)
    {
        var missingCount = values.Count(float.IsNaN);
        if (missingCount == values.Length)
        {
            _answers = [float.NaN];
            return;
        }

        if (missingCount > 0)
        {
            _answers = [float.NaN];
            Ask(Array.ConvertAll(values, static value => float.IsNaN(value) ? 1 : 0), missingCount);
        }

        var shown = new int[values.Length - missingCount];
        var next = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (!float.IsNaN(values[row]))
                shown[next++] = row;
        }

        var (order, sorted) = (new int[shown.Length], new double[shown.Length]);
        ScoreSort.Ascending(missingCount == 0 ? values : Array.ConvertAll(shown, row => values[row]), order, sorted);
        var classes = new int[values.Length];
        if (missingCount > 0)
            Array.Fill(classes, -1);
        var counts = new List<int>();
        for (var rank = 0; rank < sorted.Length; rank++)
        {
            if (rank == 0 || sorted[rank] != sorted[rank - 1])
                counts.Add(0);
            counts[^1]++;
            classes[shown[order[rank]]] = counts.Count - 1;
        }

        if (counts.Count == 1)
        {
            _knotValues = [(float)sorted[0]];
            return;
        }

        _variables.Add(new LatentVariable(classes, counts));
        PlaceKnots(sorted, counts);
    }

    private void Ask(int[] classes, int yesCount) => _variables.Add(new LatentVariable(classes, [classes.Count(static answer => answer == 0), yesCount]));

    private void PlaceKnots(double[] sorted, List<int> counts)
    {
        var (places, values) = (new List<double>(), new List<float>());
        var (first, frequent, lastStretch) = (0, Math.Max(2, sorted.Length / KnotLimit), -1L);
        foreach (var count in counts)
        {
            var last = first + count - 1;
            var stretch = (long)first * KnotLimit / sorted.Length;
            if (sorted.Length <= KnotLimit || first == 0 || last == sorted.Length - 1 || count >= frequent || stretch > lastStretch)
            {
                Add(first);
                if (count > 1)
                    Add(last);
                lastStretch = stretch;
            }

            first += count;
        }

        (_knotPlaces, _knotValues) = ([.. places], [.. values]);

        void Add(int rank)
        {
            places.Add(PortableMath.NormalQuantile((rank + 0.5) / sorted.Length));
            values.Add((float)sorted[rank]);
        }
    }

    private float Interpolate(double latent)
    {
        var found = Array.BinarySearch(_knotPlaces, latent);
        if (found >= 0)
            return _knotValues[found];
        var above = ~found;
        if (above == 0)
            return _knotValues[0];
        if (above == _knotPlaces.Length)
            return _knotValues[^1];
        var (lower, upper) = ((double)_knotValues[above - 1], (double)_knotValues[above]);
        var share = (latent - _knotPlaces[above - 1]) / (_knotPlaces[above] - _knotPlaces[above - 1]);
        var number = Math.Clamp(lower + (share * (upper - lower)), lower, upper);
        return (float)(_description.Kind == ColumnKind.Integer ? Math.Round(number, MidpointRounding.ToEven) : number);
    }
}
