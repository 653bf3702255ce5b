using Bench.Cohorts.Channels;
using Engine.Numerics;

namespace Bench.Cohorts.Simulated;

/// <summary>The Glasgow coma scale as one of MIMIC's two charting systems words it.</summary>
/// <remarks>
/// <para>Three parts and a total hang together: the total is their sum, and who has a tube in the throat cannot speak (verbal 1, whatever the mind).
/// A table of whole findings, best first, keeps that; a latent number, made of neurological severity and ventilation, picks the finding by its quantile.</para>
/// <para>The shares come from the published level shares of eye, motor, verbal and total by iterative proportional fitting, from a prior that likes equal
/// ranks, after taking
/// off the hours before the first observation, which show the normal level. They are quantiles of a normal number; as the dying make the latent one's tail
/// heavier,
/// they were then bent until fourteen million simulated hours showed the published shares.</para>
/// </remarks>
internal sealed class ComaScale
{
    private const double NeurologicalWeight = 0.75;

    // Far from death the latent number has mean 0 and variance 1; these are of all hours.
    private const double LatentMean = 0.05;
    private const double LatentSpread = 1.02;

    private static readonly double s_ventilationWeight = Math.Sqrt(1 - (NeurologicalWeight * NeurologicalWeight));
    private static readonly int s_eye = BenchmarkChannels.Find("Glascow coma scale eye opening").Index;
    private static readonly int s_motor = BenchmarkChannels.Find("Glascow coma scale motor response").Index;
    private static readonly int s_total = BenchmarkChannels.Find("Glascow coma scale total").Index;
    private static readonly int s_verbal = BenchmarkChannels.Find("Glascow coma scale verbal response").Index;

    private readonly Finding[] _findings;
    private readonly double[] _upTo;

    private ComaScale(string[] eye, string[] motor, string[] verbal, params (int Eye, int Motor, int Verbal, int Share)[] table)
    {
        var all = (double)table.Sum(row => row.Share);
        var below = 0;
        _findings = new Finding[table.Length];
        _upTo = new double[table.Length];
        for (var i = 0; i < table.Length; i++)
        {
            var (eyeScore, motorScore, verbalScore, share) = table[i];
            below += share;
            _upTo[i] = LatentMean + (LatentSpread * PortableMath.NormalQuantile(below / all));
            _findings[i] = new Finding(
                LevelOf(s_eye, eye[eyeScore - 1]),
                LevelOf(s_motor, motor[motorScore - 1]),
                LevelOf(s_verbal, verbal[verbalScore]),
                LevelOf(s_total, $"{eyeScore + motorScore + Math.Max(verbalScore, 1)}"));
        }
    }

    // Eye, motor, verbal (0 for a tube) and the share in 100,000.

    /// <summary>Gets the scale as CareVue words it, with the scores in the texts.</summary>
    public static ComaScale CareVue { get; } = new(
        ["1 No Response", "2 To pain", "3 To speech", "4 Spontaneously"],
        ["1 No Response", "2 Abnorm extensn", "3 Abnorm flexion", "4 Flex-withdraws", "5 Localizes Pain", "6 Obeys Commands"],
        ["1.0 ET/Trach", "1 No Response", "2 Incomp sounds", "3 Inapprop words", "4 Confused", "5 Oriented"],
        (4, 6, 5, 43271), (4, 6, 4, 5624), (3, 6, 5, 1027), (4, 5, 5, 1021), (4, 6, 3, 186), (3, 6, 4, 1246),
        (4, 5, 4, 679), (3, 5, 5, 169), (4, 6, 2, 42), (3, 6, 3, 236), (4, 5, 3, 70), (3, 5, 4, 642),
        (4, 6, 0, 11389), (3, 6, 0, 6733), (4, 5, 0, 3492), (2, 6, 0, 947), (3, 5, 0, 4380), (4, 4, 0, 386),
        (1, 6, 0, 420), (2, 5, 0, 2337), (3, 4, 0, 1813), (1, 4, 2, 105), (1, 5, 0, 1943), (2, 4, 0, 1864),
        (3, 3, 0, 158), (1, 3, 2, 110), (2, 2, 2, 221), (1, 4, 0, 2308), (2, 3, 0, 237), (3, 2, 0, 194),
        (2, 1, 2, 488), (3, 1, 0, 224), (1, 1, 2, 684), (2, 1, 0, 192), (1, 1, 1, 1939), (1, 1, 0, 3223));

    /// <summary>Gets the scale as MetaVision words it.</summary>
    public static ComaScale MetaVision { get; } = new(
        ["None", "To Pain", "To Speech", "Spontaneously"],
        ["No response", "Abnormal extension", "Abnormal Flexion", "Flex-withdraws", "Localizes Pain", "Obeys Commands"],
        ["No Response-ETT", "No Response", "Incomprehensible sounds", "Inappropriate Words", "Confused", "Oriented"],
        (4, 6, 5, 41225), (4, 6, 4, 4278), (3, 6, 5, 4740), (4, 5, 5, 3003), (3, 6, 4, 2239), (4, 5, 4, 764),
        (3, 5, 5, 1149), (4, 4, 5, 124), (2, 6, 4, 113), (3, 5, 4, 1368), (3, 4, 5, 169), (3, 5, 3, 185),
        (2, 5, 4, 225), (3, 4, 4, 465), (4, 6, 0, 15444), (2, 4, 4, 255), (3, 6, 0, 4921), (4, 5, 0, 1627),
        (2, 4, 3, 377), (2, 6, 0, 1102), (3, 5, 0, 1743), (4, 4, 0, 204), (2, 4, 2, 516), (1, 6, 0, 100),
        (2, 5, 0, 1275), (3, 4, 0, 702), (1, 4, 2, 311), (1, 5, 0, 389), (2, 4, 0, 1749), (1, 4, 1, 100),
        (1, 3, 2, 158), (1, 4, 0, 1772), (2, 3, 0, 111), (1, 3, 1, 128), (1, 3, 0, 374), (1, 2, 1, 213),
        (1, 1, 2, 762), (1, 2, 0, 202), (1, 1, 1, 3476), (1, 1, 0, 1943));

    /// <summary>Returns what a nurse would find.</summary>
    /// <param name="neurological">The neurological severity.</param>
    /// <param name="ventilation">How much the patient needs a ventilator, standard normal.</param>
    /// <returns>The levels of the four channels.</returns>
    public Finding Examine(double neurological, double ventilation)
    {
        var latent = (NeurologicalWeight * neurological) + (s_ventilationWeight * ventilation);
        var i = 0;
        while (latent >= _upTo[i])
            i++;
        return _findings[i];
    }

    private static int LevelOf(int channel, string text) => BenchmarkChannels.All[channel].LevelOf(text);

    /// <summary>The levels of the four channels, as indices of <see cref="Channel.Levels"/>.</summary>
    internal readonly record struct Finding(int Eye, int Motor, int Verbal, int Total)
    {
        /// <summary>Returns the level of a channel of the coma scale.</summary>
        public int LevelOf(int channel) => channel == s_eye ? Eye : channel == s_motor ? Motor : channel == s_verbal ? Verbal : Total;
    }
}
