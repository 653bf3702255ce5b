using Bench.Cohorts.Mimic3;
using Engine.Numerics;

namespace Bench.Cohorts.Simulated;

/// <summary>The Glasgow coma scale as one of MIMIC's two charting systems words it.</summary>
/// <remarks>
/// <para>Three parts and a total hang together: the total is their sum, and who has a tube in the throat cannot speak (verbal 1, whatever the mind).
/// A table of whole findings, best first, keeps that; a latent number, made of neurological severity and ventilation, picks the finding by its quantile.</para>
/// <para>The shares were fitted to the published level shares of eye, motor, verbal and total by iterative proportional fitting, starting from a prior that likes equal ranks,
/// after taking off the hours before the first observation, which show the normal level.</para>
/// </remarks>
internal sealed class ComaScale
{
    // The latent number has variance 1 far from death, and is a little worse in all who die.
    private const double NeurologicalWeight = 0.75;
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
        (4, 6, 5, 40814), (4, 6, 4, 5676), (3, 6, 5, 994), (4, 5, 5, 942), (4, 6, 3, 186), (3, 6, 4, 1271),
        (4, 5, 4, 661), (3, 5, 5, 156), (4, 6, 2, 53), (3, 6, 3, 238), (4, 5, 3, 68), (3, 5, 4, 625),
        (4, 6, 0, 11433), (3, 6, 0, 6944), (4, 5, 0, 3468), (2, 6, 0, 876), (3, 5, 0, 4767), (4, 4, 0, 306),
        (2, 4, 2, 58), (1, 6, 0, 328), (2, 5, 0, 2578), (3, 4, 0, 1804), (1, 4, 2, 91), (1, 5, 0, 2016),
        (2, 4, 0, 2036), (3, 3, 0, 155), (1, 3, 2, 103), (2, 2, 2, 141), (3, 1, 2, 35), (1, 4, 0, 2563),
        (2, 3, 0, 282), (3, 2, 0, 136), (1, 2, 2, 155), (2, 1, 2, 407), (3, 1, 0, 202), (1, 1, 2, 708),
        (2, 1, 0, 252), (1, 1, 1, 2117), (1, 1, 0, 4355));

    /// <summary>Gets the scale as MetaVision words it.</summary>
    public static ComaScale MetaVision { get; } = new(
        ["None", "To Pain", "To Speech", "Spontaneously"],
        ["No response", "Abnormal extension", "Abnormal Flexion", "Flex-withdraws", "Localizes Pain", "Obeys Commands"],
        ["No Response-ETT", "No Response", "Incomprehensible sounds", "Inappropriate Words", "Confused", "Oriented"],
        (4, 6, 5, 39839), (4, 6, 4, 4222), (3, 6, 5, 4688), (4, 5, 5, 2962), (3, 6, 4, 2227), (4, 5, 4, 772),
        (3, 5, 5, 1157), (4, 4, 5, 126), (2, 6, 4, 112), (3, 5, 4, 1352), (3, 4, 5, 163), (3, 5, 3, 183),
        (2, 5, 4, 226), (3, 4, 4, 469), (4, 6, 0, 15558), (2, 4, 4, 260), (3, 6, 0, 4976), (4, 5, 0, 1658),
        (2, 4, 3, 387), (2, 6, 0, 1121), (3, 5, 0, 1760), (4, 4, 0, 207), (2, 4, 2, 530), (1, 6, 0, 102),
        (2, 5, 0, 1317), (3, 4, 0, 731), (1, 4, 2, 321), (1, 5, 0, 396), (2, 4, 0, 1814), (1, 4, 1, 104),
        (1, 3, 2, 166), (1, 4, 0, 1813), (2, 3, 0, 115), (1, 3, 1, 132), (1, 3, 0, 381), (1, 2, 1, 220),
        (1, 1, 2, 792), (1, 2, 0, 215), (1, 1, 1, 3822), (1, 1, 0, 2606));

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
